"""Backups: database, uploads and keys as one encrypted file; and back again, into an empty installation."""
