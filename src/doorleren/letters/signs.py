"""Signs that no typeface of a letter has: which of a letter's signs that can be, and what stands in their place in its PDF. Pure.

A sign is a letter with the marks upon it. Every Latin letter is set as it is, with all its marks, as the civil registration writes
names; this is for other scripts and for emoji. The content that is kept, and the HTML, have the signs themselves.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import groupby

from doorleren.core.texts import Texts, in_language
from doorleren.letters.filled import Content, Piece

COMMON = re.compile("[ -~\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac]*")
"""A text of signs that every letter is set with: Latin letters (Unicode's Basic, -1, Extended-A and -B, Additional), punctuation, the euro."""
JOINER = "\N{ZERO WIDTH JOINER}"
MARKS, HIDDEN = ("Mn", "Mc", "Me"), ("Cc", "Cf")
NOTE: Texts = {
    "nl": "In deze brief staan codes tussen rechte haken. Daar hoort een teken te staan dat wij niet kunnen afdrukken. "
    "Wilt u weten welk teken dat is? Vraag het ons.",
    "en": "There are codes between square brackets in this letter. A sign belongs there that we cannot print. "
    "Do you want to know which one? Ask us.",
}


def uncommon(content: Content) -> tuple[str, ...]:
    """Give the signs of a letter that a typeface may lack, each once, in the order of the letter."""
    texts = [text for text in _texts(content) if not COMMON.fullmatch(text)]  # of nearly every letter there is none
    return tuple(dict.fromkeys(one for text in texts for one in signs(text) if not COMMON.fullmatch(one)))


def signs(text: str) -> Iterator[str]:
    """Divide a text into its signs."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (_is_mark(text[end]) or text[end - 1] == JOINER):
            yield text[start:end]
            start = end


def is_seen(sign: str) -> bool:
    """Say whether a reader would miss a sign: not one for control or format alone."""
    return any(unicodedata.category(one) not in HIDDEN for one in sign)


def without(content: Content, left_out: Collection[str]) -> Content:
    """Give a letter with a code in the place of each of these signs, and a note that tells so; as it was where there are none."""
    if not left_out:
        return content
    made = _mapped(content, lambda text: _coded(text, left_out))
    if not any(map(is_seen, left_out)):
        return made
    note, pieces = Piece("text", in_language(NOTE, content.language)), made.pieces
    end = next((place for place, one in enumerate(pieces) if one.kind == "attachment"), len(pieces))
    return replace(made, pieces=(*pieces[:end], note, *pieces[end:]))


def _coded(text: str, left_out: Collection[str]) -> str:
    """Write signs that follow each other as one code; a control sign becomes a space, one for format goes."""
    runs = groupby(signs(text), key=lambda one: (one in left_out, is_seen(one)))
    return "".join(_place(list(run), seen=seen) if coded else "".join(run) for (coded, seen), run in runs)


def _place(run: list[str], *, seen: bool) -> str:
    if seen:
        return f"[{' '.join(f'U+{ord(one):04X}' for sign in run for one in sign)}]"
    return " " if any(unicodedata.category(one) == "Cc" for sign in run for one in sign) else ""


def _is_mark(one: str) -> bool:
    """Say whether it stands upon or changes what is before it: a mark, a joiner, the colour of an emoji's skin."""
    return unicodedata.category(one) in MARKS or one == JOINER or "\U0001f3fb" <= one <= "\U0001f3ff"


def _texts(content: Content) -> Iterator[str]:
    yield from (content.subject, content.body, content.recipient, *content.address, content.reference)
    for piece in content.pieces:
        yield from (piece.text, *piece.lines, *piece.heads, *(cell for row in piece.rows for cell in row))


def _mapped(content: Content, change: Callable[[str], str]) -> Content:
    """Give a letter with each of those texts changed."""

    def all_of(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(change, texts))

    pieces = tuple(
        replace(
            one,
            text=change(one.text),
            lines=all_of(one.lines),
            heads=all_of(one.heads),
            rows=tuple(map(all_of, one.rows)),
        )
        for one in content.pieces
    )
    return replace(
        content, subject=change(content.subject), body=change(content.body), recipient=change(content.recipient),
        address=all_of(content.address), reference=change(content.reference), pieces=pieces,
    )  # fmt: skip
