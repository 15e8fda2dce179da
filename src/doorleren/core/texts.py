"""A text per language, and which of them a reader gets; how a source is cited in each, and words become sentences."""

import re
from collections.abc import Mapping

from doorleren.core.assumptions import in_dutch, sources_in_dutch

Texts = Mapping[str, str]
"""A text per language: nl always, en when it was written."""


def in_language(texts: Texts, language: str) -> str:
    """Give the text in a language, in Dutch if there is no other; empty if there is none."""
    return texts.get(language) or texts.get("nl", "")


ASSUMED = "assumption: "
"""With what an assumption begins in the files of the law, where it is the source or a part of it."""
_MARKED = re.compile(rf"(^|; ){ASSUMED}")


def cited(source: str, language: str) -> str:
    """Say a source in a language. An assumption that has no Dutch is said in English, and that it is.

    Example: "assumption: paid after delivery" is "aanname: betaald na levering" in Dutch.
    """
    found = None if language == "en" else _MARKED.search(source)
    if found is None:
        return source if language == "en" else sources_in_dutch().get(source, source)
    before, said = source[: found.end(1)], source[found.end() :]
    dutch = in_dutch().get(said)
    return f"{before}aanname (in het Engels): {said}" if dutch is None else f"{before}aanname: {dutch}"


def only_english(source: str) -> bool:
    """Say whether a source is an assumption that has no Dutch."""
    found = _MARKED.search(source)
    return found is not None and source[found.end() :] not in in_dutch()


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
