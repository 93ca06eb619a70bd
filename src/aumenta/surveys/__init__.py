"""Questionnaires: what is asked in versions, invitations with one reply each, replies of nobody, what they say."""
