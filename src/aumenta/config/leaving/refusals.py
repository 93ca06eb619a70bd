"""Why an export or an import did nothing."""


class LeavingError(Exception):
    """A sentence, in the language of the console, that says what is wrong and what to do; nothing was half written."""
