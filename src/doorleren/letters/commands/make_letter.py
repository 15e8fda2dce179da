"""Making a letter: filled, set, hashed, sealed and kept. Nothing is sent here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.letters.choosing import chosen_ways, way_of_recipient
from doorleren.letters.filled import Content, fill
from doorleren.letters.models import CONTENT, PDF, Channel, Letter
from doorleren.letters.pdf import as_pdf
from doorleren.letters.templates import Template
from doorleren.people.file_keys import Destroyed, keys_of, sealed


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter that is filled, and neither set nor kept yet: whom it is about and for, and what it says.

    `channel`: the way of the body, which the recipient may have chosen otherwise (letters/choosing.py); not where it is `fixed`.
    """

    about: Party
    recipient: Party
    channel: Channel
    content: Content
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class SetLetter:
    """A letter that is set, and not kept yet."""

    filled: FilledLetter
    pdf: bytes


def make_letter(
    template: Template, values: Mapping[str, Any], *, about: Party, recipient: Party, language: str,
    channel: Channel, on: date, at: datetime, fixed: bool = False,
) -> Letter:  # fmt: skip
    """Keep a letter about a file, dated on a day, and give it; `values` are those of letters/variables.py.

    Raises NotFilled for what lacks, NotSet (letters/pdf.py), Destroyed when the file's content is gone. Recorded by the act that it tells of.
    """
    made = FilledLetter(about, recipient, channel, fill(template, values, on=on, language=language), fixed)
    return keep_letter(set_letter(made), at=at)


def set_letter(filled: FilledLetter) -> SetLetter:
    """Set a letter, which takes milliseconds and no lock; nothing is kept. Raises NotSet."""
    return SetLetter(filled, as_pdf(filled.content))


def keep_letter(made: SetLetter, *, at: datetime) -> Letter:
    """Seal and keep a letter that was set. Raises Destroyed when the file's content is gone."""
    return keep_letters((made,), at=at)[0]


def keep_letters(made: Sequence[SetLetter], *, at: datetime) -> list[Letter]:
    """Seal and keep letters that were set, in a few statements; give them in that order. Raises Destroyed for any of them."""
    keys = keys_of([one.filled.about for one in made], at=at)
    chosen = chosen_ways(one.filled.recipient for one in made if not one.filled.fixed)
    rows = [_row(one, keys[one.filled.about], chosen, at) for one in made]
    return Letter.objects.bulk_create(rows)


def _row(made: SetLetter, key: bytes | Destroyed, chosen: Mapping[Party, tuple[str, bool]], at: datetime) -> Letter:
    if isinstance(key, Destroyed):
        raise key
    about, content, by_body = made.filled.about, made.filled.content, made.filled.channel
    way = by_body if made.filled.fixed else way_of_recipient(by_body, *chosen.get(made.filled.recipient, ()))
    plain = json.dumps(content.plain(), ensure_ascii=False, sort_keys=True).encode()
    return Letter(
        about_kind=about.kind, about_id=about.id, recipient_kind=made.filled.recipient.kind,
        recipient_id=made.filled.recipient.id, template=content.template, language=content.language,
        channel=way, made_at=at, digest=hashlib.sha256(made.pdf).hexdigest(),
        content=sealed(plain, key, about, CONTENT), pdf=sealed(made.pdf, key, about, PDF),
    )  # fmt: skip
