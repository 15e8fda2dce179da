"""The objects of a JSON file one by one: a single one, a list, a paged list, one per line, or a zip of such files.

A list is read a piece at a time, so a long one needs little memory. Where the text of a list goes wrong nobody can
say where the next object begins: that place is one fault, and the rest of that file is not read.
"""

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from doorleren.core.texts import Texts
from doorleren.register.intake.archives import members
from doorleren.register.intake.content import Content, opened, text_of

LONGEST_OBJECT = 16_000_000
"""Characters of one object in a list, of one line, or of a whole file that is one object."""
PIECE = 1 << 16
_SPACES = " \t\r\n\ufeff"

AN_OBJECT: Texts = {"nl": "een object in JSON", "en": "an object in JSON"}
SMALLER: Texts = {
    "nl": f"een object van ten hoogste {LONGEST_OBJECT} tekens", "en": f"an object of at most {LONGEST_OBJECT} characters",
}  # fmt: skip


class Document(NamedTuple):
    """One object with the member of an archive that it stands in; `wrong` says what is allowed where it is none."""

    value: dict[str, Any] | None
    given: str = ""
    wrong: Texts | None = None
    member: str = ""


def documents(path: Path, content: Content) -> Iterator[Document]:
    """Give the objects of a file; raises Unreadable only for an archive that is not to be trusted."""
    if content.shape != "zip":
        with opened(path, content) as stream:
            yield from _objects(stream)
        return
    for member in members(path):
        if member.wrong is not None:
            yield Document(None, member.name, member.wrong, member.name)
            continue
        try:
            stream = io.StringIO(text_of(member.content))
        except UnicodeDecodeError:
            wrong = {"nl": "tekst in UTF-8", "en": "text in UTF-8"}
            yield Document(None, member.name, wrong, member.name)
            continue
        for one in _objects(stream):
            yield one._replace(member=member.name)


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refused)


def _objects(stream: TextIO) -> Iterator[Document]:
    text = _Text(stream)
    sign = text.next_sign()
    if sign == "[":
        text.place += 1
        yield from _listed(text)
        return
    while sign:
        found = _decoded(text, whole=True)
        if found.value is None and found.wrong is not None:
            yield found
            if not text.to_next_line():
                return
        else:
            yield from _of_page(found)
        sign = text.next_sign()


def _of_page(found: Document) -> Iterator[Document]:
    """Give the items of a page, or the object itself if it is none."""
    items = found.value.get("items") if found.value else None
    if not isinstance(items, list):
        yield found
        return
    for one in items:
        yield _as_object(one)


def _listed(text: "_Text") -> Iterator[Document]:
    """Give the objects of a list whose bracket has been read."""
    sign = text.next_sign()
    while sign and sign != "]":
        found = _decoded(text, whole=False)
        yield found
        if found.wrong is not None and found.wrong is not AN_OBJECT:
            return
        sign = text.next_sign()
        if sign == ",":
            text.place += 1
            sign = text.next_sign()
        elif sign != "]":
            yield Document(None, text.around(), {"nl": "een komma of een ]", "en": "a comma or a ]"})
            return


def _decoded(text: "_Text", *, whole: bool) -> Document:
    """Read one value, with more of the file as long as it is not complete."""
    while True:
        try:
            value, text.place = _DECODER.raw_decode(text.held, text.place)
        except RecursionError:
            return Document(
                None, text.around(), {"nl": "een object met minder lagen", "en": "an object of fewer layers"}
            )
        except ValueError as error:
            if _could_go_on(error, text) and text.more():
                continue
            wrong = SMALLER if text.is_full else {"nl": f"JSON ({error})", "en": f"JSON ({error})"}
            return Document(None, text.around(), wrong)
        if isinstance(value, int | float | Decimal) and text.place == len(text.held) and text.more() and not whole:
            continue
        return _as_object(value)


def _could_go_on(error: ValueError, text: "_Text") -> bool:
    """Whether more text could mend it: the fault is at the end of what is held, or in a string that is still open."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos >= len(text.held) - 16 or error.msg.startswith("Unterminated string")


def _as_object(value: object) -> Document:
    return Document(value) if isinstance(value, dict) else Document(None, str(value)[:200], AN_OBJECT)


class _Text:
    """The text of a file of which a part is held, from a place on; more is read in growing pieces."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.held = ""
        self.place = 0
        self.piece = PIECE
        self.is_full = False

    def more(self) -> bool:
        """Read on, and forget what lies behind; false at the end, or where an object is too long."""
        rest = self.held[self.place :]
        if len(rest) > LONGEST_OBJECT:
            self.is_full = True
            return False
        read = self.stream.read(max(self.piece, len(rest)))
        self.held, self.place = rest + read, 0
        return bool(read)

    def next_sign(self) -> str:
        """Go to the next sign that is no space and give it; empty at the end."""
        while True:
            while self.place < len(self.held):
                if self.held[self.place] not in _SPACES:
                    return self.held[self.place]
                self.place += 1
            if not self.more():
                return ""

    def to_next_line(self) -> bool:
        """Go behind the next line end; false if there is none."""
        while True:
            found = self.held.find("\n", self.place)
            if found >= 0:
                self.place = found + 1
                return True
            self.place = len(self.held)
            if not self.more():
                return False

    def around(self) -> str:
        """Give what stands here, short."""
        return self.held[self.place : self.place + 200]
