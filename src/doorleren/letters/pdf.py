"""Setting a letter as a tagged PDF (PDF/UA-1) with typst. The same content gives the same bytes, on every machine.

No font of the machine is used, and the moment in the file is the day of the letter.
"""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from doorleren.letters.filled import Content

LAYOUT = Path(__file__).with_name("letter.typ")
_one_at_a_time = Lock()


class NotSet(ValueError):
    """A letter cannot be set as the standard asks; the message says why."""


def as_pdf(content: Content) -> bytes:
    """Set a letter. Raises NotSet when it cannot be set as the standard asks."""
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
