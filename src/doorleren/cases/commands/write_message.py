"""Writing in a case: a party asks, tells or gives its view, and an official answers. The words are sealed, the act is a code.

Whether somebody is a party, the package that knows the parties establishes (applications/commands/act_in_own_case.py).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.cases.asked import ANSWERED
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct, Message, MessageKind
from doorleren.cases.models.message import FILE, TEXT
from doorleren.cases.recording import moments_of, party_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import stands
from doorleren.cases.stops import said
from doorleren.people.file_keys import key_of, sealed
from doorleren.people.signed_in import SignedIn

LONGEST = 10_000
"""Characters of one message."""
ACTS = {
    MessageKind.VIEW: "view_received", MessageKind.REPAIR: "objection_repaired", MessageKind.PROGRESS: "progress_reported",
}  # fmt: skip
"""Kinds of messages that are an act of their own; the others are contact."""
OWN_FILE = "own_file"
"""The channel of what is written in a file."""

EMPTY = said("Schrijf eerst uw bericht.", "Write your message first.")
TOO_LONG = said(
    f"Uw bericht is te lang. Het mag hoogstens {LONGEST} tekens hebben.",
    f"Your message is too long. At most {LONGEST} characters are allowed.",
)
NOTHING_ASKED = said(
    "Er staat geen vraag open waarvoor u meer tijd kunt vragen.", "Nothing is open for which you could ask more time."
)
NOT_TO_ANSWER = said("Op dit bericht kunt u niet antwoorden.", "This message cannot be answered.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that goes with a message: what it was found to be ("pdf") and its bytes."""

    kind: str
    raw: bytes


def write_message(
    case: int, kind: MessageKind, text: str, *, by: SignedIn, at: datetime, file: Sent | None = None
) -> Message:
    """Write a question, a change, a request for more time, a view, what an objection lacked or how it goes, as a party.

    An objection comes in by its own command, which keeps the words with `keep_message`. Raises NotAllowed, CaseRefused (with
    the field "text" for what was written), Destroyed.
    """
    if kind in (MessageKind.OBJECTION, MessageKind.ANSWER):
        raise ValueError(f"kind: given is {kind}, allowed are: question, change, more_time, view, repair, progress")
    ensure_readable(text, kind)
    with transaction.atomic():
        found = locked_case(case)
        if kind == MessageKind.MORE_TIME and not something_asked(found):
            raise CaseRefused(NOTHING_ASKED, "contact_noted")
        if kind in ACTS:
            act = perform(case, ACTS[kind], by=by, at=at, party=True, details={"content": _next(case)})
        else:
            told = {"channel": OWN_FILE, "about": str(kind), "content": _next(case)}
            act = perform(case, "contact_noted", by=by, at=at, party=True, details=told)
        return keep_message(act, kind, text, at=at, file=file)


def answer_message(message: int, text: str, *, by: SignedIn, at: datetime) -> Message:
    """Answer a message as an official who may note contact in the case. Raises NotAllowed, CaseRefused, Destroyed."""
    ensure_readable(text, MessageKind.ANSWER)
    with transaction.atomic():
        asked = Message.objects.get(pk=message)
        locked_case(asked.case_id)
        if asked.kind == MessageKind.ANSWER:
            raise CaseRefused(NOT_TO_ANSWER, "contact_noted")
        told = {"channel": OWN_FILE, "about": "answer", "content": _next(asked.case_id)}
        act = perform(asked.case_id, "contact_noted", by=by, at=at, details=told)
        return keep_message(act, MessageKind.ANSWER, text, at=at, answers=asked)


def keep_message(
    act: CaseAct, kind: MessageKind, text: str, *, at: datetime, file: Sent | None = None, answers: Message | None = None
) -> Message:  # fmt: skip
    """Keep the words of an act, in its transaction, under the next number of its case. Raises Destroyed."""
    about = party_of(act.case)
    key, number = key_of(about, at=at), Message.objects.filter(case=act.case_id).count() + 1
    return Message.objects.create(
        case=act.case, number=number, act=act, kind=kind, answers=answers,
        text=sealed(text.strip().encode(), key, about, f"{TEXT}-{number}"), file_kind=file.kind if file else "",
        file=sealed(file.raw, key, about, f"{FILE}-{number}") if file else None,
    )  # fmt: skip


def ensure_readable(text: str, kind: str) -> None:
    """Raise CaseRefused for an empty or endless text."""
    if not text.strip():
        raise CaseRefused(EMPTY, kind, "text")
    if len(text) > LONGEST:
        raise CaseRefused(TOO_LONG, kind, "text")


def something_asked(case: Case) -> bool:
    """Say whether the authority waits for the party: to complete the application, or to give a view."""
    moments = moments_of(case)
    return any(stands(moments, one, ANSWERED[one]) for one in ("asked_to_complete", "intent_notified"))


def _next(case: int) -> str:
    return f"message-{Message.objects.filter(case=case).count() + 1}"
