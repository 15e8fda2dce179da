"""Making a letter: filled, set, hashed, sealed and kept. Nothing is sent here."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.letters.filled import fill
from doorleren.letters.models import CONTENT, PDF, Channel, Letter
from doorleren.letters.pdf import as_pdf
from doorleren.letters.templates import Template
from doorleren.people.file_keys import key_of, sealed


def make_letter(
    template: Template, values: Mapping[str, Any], *, about: Party, recipient: Party, language: str,
    channel: Channel, on: date, at: datetime,
) -> Letter:  # fmt: skip
    """Keep a letter about a file, dated on a day, and give it; `values` are those of letters/variables.py.

    Raises NotFilled for what lacks, Destroyed when the file's content is gone. Recorded by the act that it tells of.
    """
    content = fill(template, values, on=on, language=language)
    pdf = as_pdf(content)
    key = key_of(about, at=at)
    plain = json.dumps(content.plain(), ensure_ascii=False, sort_keys=True).encode()
    return Letter.objects.create(
        about_kind=about.kind, about_id=about.id, recipient_kind=recipient.kind, recipient_id=recipient.id,
        template=template.id, language=language, channel=channel, made_at=at, digest=hashlib.sha256(pdf).hexdigest(),
        content=sealed(plain, key, about, CONTENT), pdf=sealed(pdf, key, about, PDF),
    )  # fmt: skip
