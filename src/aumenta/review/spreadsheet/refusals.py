"""Why a file of sheets was not read, or not written."""


class SpreadsheetError(Exception):
    """The file can't be read at all; nothing was looked at further. The message is for the person."""
