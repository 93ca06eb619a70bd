"""Questionnaires: what is asked and when, how an answer is read, what all answers say together."""
