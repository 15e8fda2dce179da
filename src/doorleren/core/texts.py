"""A text per language, and which of them a reader gets; how a source is cited in each."""

import re
from collections.abc import Mapping

Texts = Mapping[str, str]
"""A text per language: nl always, en when it was written."""


def in_language(texts: Texts, language: str) -> str:
    """Give the text in a language, in Dutch if there is no other; empty if there is none."""
    return texts.get(language) or texts.get("nl", "")


ASSUMED = "assumption: "
"""With what an assumption begins in the files of the law, where it is the source or a part of it."""
_MARKED = re.compile(rf"(^|; ){ASSUMED}")


def cited(source: str, language: str) -> str:
    """Say a source in a language: of an assumption the word for it; the text stays as the file has it.

    Example: "assumption: as in 2022" is "aanname: as in 2022" in Dutch.
    """
    return source if language == "en" else _MARKED.sub(r"\1aanname: ", source)
