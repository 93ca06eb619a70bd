"""Questionnaires: replying without an account, and what they brought."""
