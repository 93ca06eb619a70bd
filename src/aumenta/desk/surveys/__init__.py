"""Questionnaires at the desk: their questions, invitations, replies from paper, results."""
