"""Setting a letter as a tagged PDF (PDF/UA-1) with typst. The same content gives the same bytes, on every machine.

No font of the machine is used, and the moment in the file is the day of the letter. A sign that no font has does not hold up a
letter: a code stands in its place, and the letter says so (letters/signs.py).
"""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from doorleren.letters.filled import Content
from doorleren.letters.signs import is_seen, uncommon, without

LAYOUT = Path(__file__).with_name("letter.typ")
_one_at_a_time = Lock()


class NotSet(ValueError):
    """A letter cannot be set as the standard asks; the message says why."""


def as_pdf(content: Content) -> bytes:
    """Set a letter, with a code for each sign that no font has. Raises NotSet when it cannot be set as the standard asks."""
    return _set(content)[1]


def left_out(content: Content) -> tuple[str, ...]:
    """Give the signs of a letter for which its PDF has a code, in their order; none for nearly every letter. Raises NotSet."""
    return tuple(filter(is_seen, _set(content)[0])) if uncommon(content) else ()


def _set(content: Content) -> tuple[tuple[str, ...], bytes]:
    """Set a letter; give the signs that were left out as well.

    Marks of several scripts in a row can be refused though each was set alone: then all that is not Latin is left out.
    """
    rare = uncommon(content)
    lacking = tuple(one for one in rare if not has(one))
    if lacking != rare:
        with suppress(NotSet):
            return lacking, _compiled(without(content, lacking))
    return rare, _compiled(without(content, rare))


@lru_cache(maxsize=20_000)
def has(sign: str) -> bool:
    """Say whether a sign can be set, by setting a letter with that sign between two others (milliseconds, once in a process)."""
    text, words = f"a{sign}a", {"date": "", "reference": "", "page": ""}
    try:
        _compiled(Content("", "nl", text, text, text, (), "", "2000-01-01", "", words, ()))
    except NotSet:
        return False
    return True


def _compiled(content: Content) -> bytes:
    """Set a letter as it is. Raises NotSet."""
    made = date.fromisoformat(content.made_on)
    at = int(datetime(made.year, made.month, made.day, 12, tzinfo=UTC).timestamp())
    letter = json.dumps(content.plain(), ensure_ascii=False)
    with _one_at_a_time:
        try:
            made_pdf: Any = _compiler().compile(
                format="pdf", sys_inputs={"letter": letter}, pdf_standards="ua-1", timestamp=at
            )
        except typst.TypstError as fault:
            raise NotSet(str(fault)) from fault
    return bytes(made_pdf)


@cache
def _compiler() -> typst.Compiler:
    """Give the compiler, with the layout read once: a letter takes milliseconds then."""
    return typst.Compiler(input=str(LAYOUT), root=str(LAYOUT.parent), ignore_system_fonts=True)
