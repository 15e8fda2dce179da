"""Reading in what the bank says, and booking it: once for each thing said, whatever is read in again.

First the file is kept with all its entries, in one transaction; then each entry is worked off in a transaction of its own.
Killed in between, the same file read in again goes on where it stopped.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.payments.access import IMPORT, ensure_may_pay
from doorleren.payments.bank_messages import Said, read_message
from doorleren.payments.bank_xml import NotReadable
from doorleren.payments.commands.book_receipt import book_receipt
from doorleren.payments.commands.post import post
from doorleren.payments.commands.release_run import event_of
from doorleren.payments.models import (
    PRACTICE_ID,
    STEPS,
    BankAnswer,
    BankEntry,
    BankMessage,
    PaymentEvent,
    PaymentLine,
    PaymentRun,
)
from doorleren.payments.payable import act_of
from doorleren.payments.refusing import refused
from doorleren.people.access import NotAllowed
from doorleren.people.signed_in import SignedIn

VERBS = {"confirmed": "confirm", "failed": "fail", "returned": "return"}
EVENTS = {"booked": "confirmed", "rejected": "failed", "returned": "returned"}


@dataclass(frozen=True, slots=True)
class Imported:
    """A message, whether it was new, and how many of its entries came to what (models.bank.DONE, FOR_A_PERSON)."""

    message: BankMessage
    new: bool
    outcomes: dict[str, int]


def import_message(body: int, content: bytes, *, by: SignedIn, at: datetime) -> Imported:
    """Read in a pain.002 or camt.053 of a body. The same file again works off what was left, and changes nothing else.

    Raises NotAllowed, and PaymentRefused for a file that is neither.
    """
    ensure_may_pay(by, IMPORT, body, at=at)
    message, new = _kept(body, content, by, at)
    for entry in BankEntry.objects.filter(message=message, answer=None).order_by("number"):
        _work_off(entry, body, by.party, at)
    outcomes: dict[str, int] = {}
    for outcome in BankAnswer.objects.filter(entry__message=message).values_list("outcome", flat=True):
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return Imported(message, new, outcomes)


def _kept(body: int, content: bytes, by: SignedIn, at: datetime) -> tuple[BankMessage, bool]:
    digest = hashlib.sha256(content).hexdigest()
    before = BankMessage.objects.filter(body=body, digest=digest).first()
    if before is not None:
        return before, False
    try:
        read = read_message(content)
    except NotReadable as fault:
        raise refused(
            f"Dit bestand van de bank kan niet worden gelezen: {fault.texts['nl']}.",
            f"This file of the bank cannot be read: {fault.texts['en']}.",
            "file",
        ) from fault
    entries = [one for said in read.said for one in _spread(said, body)]
    with transaction.atomic():
        message, new = BankMessage.objects.get_or_create(
            body_id=body, digest=digest,
            defaults={"kind": read.kind, "entries": len(entries), "imported_by_id": by.person, "imported_at": at},
        )  # fmt: skip
        if new:
            BankEntry.objects.bulk_create(
                (
                    BankEntry(message=message, number=number, says=one.says, end_to_end=one.end_to_end, cents=one.cents,
                              day=one.day, code=one.code, reference=one.reference)
                    for number, one in enumerate(entries, 1)
                ),
                batch_size=2000,
            )  # fmt: skip
            told: dict[str, Detail] = {"kind": read.kind, "file": digest, "entries": len(entries)}
            record("imported", Party("bank_message", str(message.pk)), by=by.party, at=at, details=told)
    return message, new


def _spread(said: Said, body: int) -> Iterator[Said]:
    """Give what is said of a whole batch once for each payment in it; a sum that is not that of the batch stays as it is."""
    run = _run(said.batch, body) if said.batch and not said.end_to_end else None
    if run is None:
        yield said
        return
    lines = PaymentLine.objects.filter(run=run, events__event="ordered").exclude(events__event="failed")
    rows = list(lines.order_by("number"))
    if said.cents is not None and said.cents != sum(one.cents for one in rows):
        yield said
        return
    for one in rows:
        yield Said(said.says, one.end_to_end, None, said.day, said.code)


def _run(message: str, body: int) -> PaymentRun | None:
    number = _uuid(message.removeprefix(PRACTICE_ID))
    return PaymentRun.objects.filter(message=number, body=body).first() if number else None


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(hex=text)
    except ValueError:
        return None
    return found if found.hex == text.lower() else None


def _work_off(entry: BankEntry, body: int, by: Party, at: datetime) -> None:
    """Book what one entry says, with its answer, in one transaction; nothing where somebody else just did."""
    if entry.says == "received":
        book_receipt(entry, body, by, at)
        return
    number = _uuid(entry.end_to_end)
    with transaction.atomic():
        line = PaymentLine.objects.select_related("run").filter(pk=number, run__body=body).first() if number else None
        if line is not None:
            locked_case(line.case_id)
        if BankAnswer.objects.filter(entry=entry).exists():
            return
        outcome = "unknown" if line is None else _outcome(entry, line, by, at)
        BankAnswer.objects.create(entry=entry, outcome=outcome, line=line, at=at)


def _outcome(entry: BankEntry, line: PaymentLine, by: Party, at: datetime) -> str:
    """Book what an entry says of a payment of ours; give what came of it."""
    done = set(line.events.values_list("event", flat=True))
    if entry.says not in EVENTS:
        return "noted" if entry.says == "pending" else "differs"
    event = EVENTS[entry.says]
    if event in done:
        return "already" if entry.cents in (None, line.cents) else "differs"
    if "ordered" not in done or "failed" in done or (event == "failed" and "confirmed" in done):
        return "contradicts"
    if entry.cents not in (None, line.cents):
        return "differs"
    whole = True
    if event == "returned" and "confirmed" not in done:
        whole = _happened("confirmed", line, entry, by, at)
    return "matched" if _happened(event, line, entry, by, at) and whole else "act_refused"


def _happened(event: str, line: PaymentLine, entry: BankEntry, by: Party, at: datetime) -> bool:
    """Note an event of a payment and post it; say whether the case took the act that goes with it."""
    reason = {"failed": entry.code or "rejected", "returned": entry.code or "returned"}.get(event, "")
    PaymentEvent.objects.create(line=line, step=STEPS[event], event=event, reason=reason, at=at)
    post(event_of(line, VERBS[event], line.run.body_id), by=by, at=at)
    return event != "confirmed" or _paid(line, entry, at)


def _paid(line: PaymentLine, entry: BankEntry, at: datetime) -> bool:
    """Do the act on the case, by the run with its two people; False where the case refuses: the money has left all the same."""
    case = Case.objects.get(pk=line.case_id)
    details: dict[str, Detail] = {
        "payment": line.end_to_end, "cents": line.cents, "proposed_by": line.run.proposed_by_id,
        "released_by": line.run.released_by_id,
    }  # fmt: skip
    today = day_of(at)
    day = min(entry.day, today) if entry.day else today
    try:
        with transaction.atomic():
            actor = Party("payment_run", str(line.run_id))
            perform(
                line.case_id, act_of(case, line.what, line.run.released_at), by=actor, at=at, on=day, details=details
            )
    except (CaseRefused, NotAllowed):
        return False
    return True
