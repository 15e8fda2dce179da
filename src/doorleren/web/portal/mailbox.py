"""The mails of a demo as its page shows them: read from the files to which Django writes them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

_END = b"\n" + b"-" * 79 + b"\n"
"""What Django's file backend writes after each mail."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: to whom, when (None if it does not say), in which language, about what, and its text."""

    to: str
    date: datetime | None
    language: str
    subject: str
    text: str


def mails(folder: Path, most: int) -> list[Mail]:
    """Give the last mails in a folder, the newest first; none while there is no folder."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    found: list[Mail] = []
    for path in files:
        found += [_read(raw) for raw in reversed(path.read_bytes().split(_END)) if raw.strip()]
        if len(found) >= most:
            break
    return found[:most]


def _read(raw: bytes) -> Mail:
    told = message_from_bytes(raw, _class=EmailMessage, policy=default)
    date = told["Date"]
    sent = date.datetime if date is not None else None
    return Mail(
        str(told["To"]),
        sent.replace(tzinfo=sent.tzinfo or UTC) if sent else None,
        str(told["Content-Language"]),
        str(told["Subject"]),
        str(told.get_content()),
    )
