"""Reading the messages of a case, for the party's own file and for the page of officials. Who may, the caller asks first."""

from dataclasses import dataclass
from datetime import datetime

from doorleren.audit.acts import Party
from doorleren.cases.models import Message
from doorleren.cases.models.message import FILE, TEXT
from doorleren.people.file_keys import key_of, opened


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it was written. `kind`: of `MessageKind`; `file_kind`: what its document is, empty for none.

    `answers`: the number of the message that it answers. `by`: who wrote it, as the act names them.
    """

    number: int
    kind: str
    at: datetime
    by: Party
    text: str
    file_kind: str = ""
    answers: int | None = None


def messages_of(case: int) -> list[Written]:
    """Give the messages of a case, in order. Raises Destroyed, DoesNotOpen."""
    rows = Message.objects.filter(case=case).select_related("act", "answers").defer("file").order_by("number")
    return [
        Written(
            one.number, one.kind, one.act.at, Party(one.act.by_kind, one.act.by_id), _opened(one, bytes(one.text), TEXT).decode(),
            one.file_kind, one.answers.number if one.answers else None,
        )
        for one in rows
    ]  # fmt: skip


def document_of(message: Message) -> bytes:
    """Give the document of a message. Raises ValueError where there is none, Destroyed, DoesNotOpen."""
    if message.file is None:
        raise ValueError(f"message {message.pk} has no document")
    return _opened(message, bytes(message.file), FILE)


def _opened(message: Message, kept: bytes, name: str) -> bytes:
    about = Party("case", str(message.case_id))
    return opened(kept, key_of(about, at=message.act.at), about, f"{name}-{message.number}")
