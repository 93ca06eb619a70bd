"""Small operations on texts that several subjects share."""

from aumenta.core.text.plain import name_key, plain_text, slug

__all__ = ["name_key", "plain_text", "slug"]
