"""Text of others made fit to keep: no markup, no control characters, no cell of ten megabytes, and formulas marked.

A value that begins with = + - @ or a tab is kept as it was written: "+31 20 ..." and "-20 %" are honest text. Who
writes a spreadsheet guards it with `guarded`; nothing is altered on the way in.
"""

import html
import re
import unicodedata

from doorleren.register.intake.faults import Misread

LONGEST_TEXT = 100_000
"""Characters in one value; a longer one is a fault."""

LONGEST_VALUE = 2_000
"""Characters in a value that is no text: a number, a day, a word, an address."""

DAMAGED = {"nl": "tekst in UTF-8 zonder beschadigde tekens", "en": "text in UTF-8 without damaged letters"}
"""What is allowed instead of U+FFFD in a file with wrong bytes: nobody knows which letter stood there."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_CALCULATES = re.compile(r"[=@]|[+-]\S*[|!(]")
UNTOLD_TEXT = frozenset({"", "-", "--", "null", "nan", "n/a", "#n/a", "\\n", '""'})
"""What says "nothing here" in a text; "none" and "geen" are words that a text may mean."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")
_LONE = re.compile(r"[\ud800-\udfff]")
_BREAKS = re.compile(r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|table|section|article|blockquote)\b[^<>]*|br\s*/?)>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r" ?\n\s*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_PARTS = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))


def clean(raw: str, most: int = LONGEST_TEXT) -> str:
    """Give the text without markup and control characters, at most `most` characters; raises Misread.

    A NUL or half a character is a fault, never repaired by guessing: what stood there is unknown.
    """
    if len(raw) > LONGEST_TEXT:
        raise too_long(LONGEST_TEXT)
    if not raw.isprintable():
        if "\x00" in raw or _LONE.search(raw):
            raise Misread(
                {"nl": "tekst zonder NUL-tekens en zonder beschadigde tekens",
                 "en": "text without NUL and without damaged characters"}, refuses=True,
            )  # fmt: skip
        raw = _CONTROL.sub(" ", raw)
    text = raw.strip()
    if "<" in text:
        text = without_markup(text)
    if "&" in text:
        text = _CONTROL.sub(" ", html.unescape(text)).strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1 and text.count('"') == 2:
        text = text[1:-1].strip()
    if len(text) > most:
        raise too_long(most)
    return text


def too_long(most: int) -> Misread:
    """Say that a value is longer than it may be."""
    return Misread({"nl": f"een tekst van ten hoogste {most} tekens", "en": f"a text of at most {most} characters"})


def without_markup(text: str) -> str:
    """Give HTML as plain text: scripts and comments away, blocks on lines of their own. Linear in the length.

    "jonger < 18" is no markup and stays.
    """
    for opening, closing in _PARTS:
        text = _without_part(text, opening, closing)
    text = _TAG.sub("", _BREAKS.sub("\n", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _without_part(text: str, opening: str, closing: str) -> str:
    lower, kept, place = text.lower(), [], 0
    if len(lower) != len(text) or opening not in lower:
        return text
    while (start := lower.find(opening, place)) >= 0:
        kept.append(text[place:start])
        end = lower.find(closing, start)
        place = (lower.find(">", end) + 1 or len(text)) if end >= 0 else len(text)
    return " ".join([*kept, text[place:]])


def is_untold(text: str) -> bool:
    """Whether a text says that there is nothing to tell."""
    return len(text) < 5 and text.lower() in UNTOLD_TEXT


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return text.startswith(FORMULA_SIGNS)


def calculates(text: str) -> bool:
    """Whether a text is a formula rather than a list with dashes or a telephone number: worth a remark to who sent it."""
    return _CALCULATES.match(text) is not None


def guarded(text: str) -> str:
    """Give a text as it may stand in a spreadsheet or CSV: a quote before what would be a formula."""
    return "'" + text if is_formula(text) else text


def slug(text: str, most: int = 80) -> str:
    """Give a code of small letters, digits and hyphens: "ROC Midden, Zeist" gives "roc-midden-zeist"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")[:most].strip("-")
