"""A text per language, and which of them a reader gets."""

from collections.abc import Mapping

Texts = Mapping[str, str]
"""A text per language: nl always, en when it was written."""


def in_language(texts: Texts, language: str) -> str:
    """Give the text in a language, in Dutch if there is no other; empty if there is none."""
    return texts.get(language) or texts.get("nl", "")
