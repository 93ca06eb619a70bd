"""Accounts, organisations and roles: who somebody is and what she may touch."""
