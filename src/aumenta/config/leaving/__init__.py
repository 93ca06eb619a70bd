"""Leaving with everything: a whole installation as a folder of open files, and such a folder as an installation.

One file of JSON Lines for each table, the uploads as they are, a Data Package that says what every column is; what is
personal only where somebody asks for it. The format is described in docs/how-to/leave-with-everything.md.
"""
