"""Making a letter: filled, set, hashed, sealed and kept. Nothing is sent here."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.letters.filled import Content, fill
from doorleren.letters.models import CONTENT, PDF, Channel, Letter
from doorleren.letters.pdf import as_pdf
from doorleren.letters.templates import Template
from doorleren.people.file_keys import key_of, sealed


@dataclass(frozen=True, slots=True)
class SetLetter:
    """A letter that is filled and set, and not kept yet: whom it is about and for, what it says, and its PDF."""

    about: Party
    recipient: Party
    channel: Channel
    content: Content
    pdf: bytes


def make_letter(
    template: Template, values: Mapping[str, Any], *, about: Party, recipient: Party, language: str,
    channel: Channel, on: date, at: datetime,
) -> Letter:  # fmt: skip
    """Keep a letter about a file, dated on a day, and give it; `values` are those of letters/variables.py.

    Raises NotFilled for what lacks, Destroyed when the file's content is gone. Recorded by the act that it tells of.
    """
    made = as_set(template, values, about=about, recipient=recipient, language=language, channel=channel, on=on)
    return keep_letter(made, at=at)


def as_set(
    template: Template, values: Mapping[str, Any], *, about: Party, recipient: Party, language: str,
    channel: Channel, on: date,
) -> SetLetter:  # fmt: skip
    """Fill and set a letter, which takes milliseconds and no lock; nothing is kept. Raises NotFilled for what lacks."""
    content = fill(template, values, on=on, language=language)
    return SetLetter(about, recipient, channel, content, as_pdf(content))


def keep_letter(made: SetLetter, *, at: datetime) -> Letter:
    """Seal and keep a letter that was set. Raises Destroyed when the file's content is gone."""
    about, content, key = made.about, made.content, key_of(made.about, at=at)
    plain = json.dumps(content.plain(), ensure_ascii=False, sort_keys=True).encode()
    return Letter.objects.create(
        about_kind=about.kind, about_id=about.id, recipient_kind=made.recipient.kind, recipient_id=made.recipient.id,
        template=content.template, language=content.language, channel=made.channel, made_at=at,
        digest=hashlib.sha256(made.pdf).hexdigest(), content=sealed(plain, key, about, CONTENT),
        pdf=sealed(made.pdf, key, about, PDF),
    )  # fmt: skip
