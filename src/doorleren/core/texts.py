"""A text per language, and which of them a reader gets; how a source is cited in each, and words become sentences."""

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


_JOINED = ((re.compile(r" and (?=\d)"), " en "), (re.compile(r" to (?=\d)"), " tot en met "))
"""What joins the numbers of articles, and how that is in Dutch."""


def law_said(source: str, language: str) -> str:
    """Say where in the law something stands, in a language: the files join articles in English.

    Example: "Awb, art. 4:7 and 4:8" is "Awb, art. 4:7 en 4:8" in Dutch.
    """
    found = cited(source, language)
    for pattern, dutch in _JOINED if language == "nl" else ():
        found = pattern.sub(dutch, found)
    return found


_ENDS = (".", "!", "?", ":", "…")


def sentences(*parts: str) -> str:
    """Join words that people typed as sentences: each begins with a capital and has one end; what is there twice stands once.

    Example: "u vroeg ons daarom", "u vroeg om uitstel.." is "U vroeg ons daarom. U vroeg om uitstel."
    """
    told = dict.fromkeys(one for part in parts if (one := _sentence(part)))
    return " ".join(told)


def _sentence(words: str) -> str:
    said = re.sub(r"(?<!\.)\.\.$", ".", words.strip())
    if not said:
        return ""
    whole = said if said.endswith(_ENDS) else f"{said}."
    return whole[0].upper() + whole[1:]
