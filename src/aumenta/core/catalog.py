"""Marks for the catalog of translations: core knows no Django; its sentences are translated by whoever shows them."""


def gettext_noop(message: str) -> str:
    """The message itself, marked for the catalog of translations."""
    return message
