"""Named reads of payment runs, of the accounts of payees, and of what the bank said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from doorleren.payments.models import (
    FOR_A_PERSON,
    MONEY,
    BankAnswer,
    BankClosing,
    BankEntry,
    PayeeAccount,
    PaymentEvent,
    PaymentHandover,
    PaymentLine,
    PaymentRun,
    Transaction,
)

RunStanding = Literal["waits", "withdrawn", "nothing_ordered", "released", "handed_over", "partly_answered", "answered"]
"""How a run stands: proposed, taken back, released without a line that could be paid, released, given to the bank, and
answered by the bank for some or for all of its payments."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many payments of a run came to what. `answered` are those of which the bank said that it paid them or not."""

    ordered: int = 0
    left_out: int = 0
    confirmed: int = 0
    failed: int = 0
    returned: int = 0

    @property
    def answered(self) -> int:
        """Give how many the bank paid or refused."""
        return self.confirmed + self.failed


def runs_of(bodies: Collection[int]) -> QuerySet[PaymentRun]:
    """Give the runs of these bodies, the newest first."""
    return (
        PaymentRun.objects.filter(body__in=bodies).select_related("body", "proposed_by", "released_by").order_by("-pk")
    )


def tallies_of(runs: Collection[int]) -> dict[int, Tally]:
    """Give for each of these runs how many payments came to what."""
    rows = PaymentEvent.objects.filter(line__run__in=runs).values_list("line__run", "event").annotate(n=Count("pk"))
    found: dict[int, dict[str, int]] = {run: {} for run in runs}
    for run, event, n in rows:
        found[run][event] = n
    return {run: Tally(**counts) for run, counts in found.items()}


def handed_over(runs: Collection[int]) -> set[int]:
    """Give those of these runs of which the bank was given the file."""
    return set(PaymentHandover.objects.filter(file__in=runs).values_list("file", flat=True))


def standing_of_run(row: PaymentRun, tally: Tally, *, handed: bool) -> RunStanding:
    """Say how a run stands."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.released_at is None:
        return "waits"
    if not tally.ordered:
        return "nothing_ordered"
    if tally.answered:
        return "answered" if tally.answered == tally.ordered else "partly_answered"
    return "handed_over" if handed else "released"


def last_events(lines: Iterable[PaymentLine]) -> dict[str, PaymentEvent]:
    """Give for each payment, by its end-to-end id, what became of it last."""
    rows = PaymentEvent.objects.filter(line__in=list(lines)).select_related("line").order_by("step")
    return {one.line.end_to_end: one for one in rows}


def came_back(bodies: Collection[int]) -> list[PaymentLine]:
    """Give the payments that came back and are not owed again: somebody must look at why."""
    return _not_owed_again(PaymentLine.objects.filter(run__body__in=bodies))


def came_back_in(case: int) -> list[PaymentLine]:
    """Give those of the grant of one case."""
    return _not_owed_again(PaymentLine.objects.filter(case=case, what="case"))


def _not_owed_again(rows: QuerySet[PaymentLine]) -> list[PaymentLine]:
    lines = list(rows.filter(events__event="returned").select_related("run", "case").order_by("run", "number"))
    keys = {owed_again_key(one) for one in lines}
    done = set(Transaction.objects.filter(key__in=keys).values_list("key", flat=True))
    return [one for one in lines if owed_again_key(one) not in done]


def owed_again_key(line: PaymentLine) -> str:
    """Give the key of the posting by which a payment that came back is owed again."""
    return f"owe_again:payment/{line.end_to_end}"


def paid_back_key(case: int) -> str:
    """Give what the keys begin with by which money that was paid too much in a case is paid back."""
    return f"pay_back/{case}/"


def receipt_key(entry: BankEntry, body: int) -> str:
    """Give the key of the posting of what came in: once for each booking at the bank of a body, else once for each entry."""
    return f"receipt/{body}/{entry.end_to_end}" if entry.end_to_end else f"receipt/entry/{entry.pk}"


def entries_for_a_person(body: int) -> QuerySet[BankAnswer]:
    """Give what a body's bank said that booked nothing or that the case refused, and nobody closed, newest first."""
    found = BankAnswer.objects.filter(entry__message__body=body, outcome__in=FOR_A_PERSON)
    return not_closed(found).select_related("entry__message", "line__case").order_by("-entry")


def not_closed(rows: QuerySet[BankAnswer]) -> QuerySet[BankAnswer]:
    """Leave out what was closed: by two people where money moved at the bank, else by one."""
    own = BankClosing.objects.filter(answer=OuterRef("pk"))
    return rows.exclude(Exists(own.filter(step=2))).exclude(Exists(own), ~Q(entry__says__in=MONEY))


def lines_of_case(case: int) -> QuerySet[PaymentLine]:
    """Give the payments of a case, on whatever run, the newest first."""
    return PaymentLine.objects.filter(case=case).select_related("run").order_by("-run", "number")


def accounts_of(body: int, kind: str, id_: str) -> QuerySet[PayeeAccount]:
    """Give every account that was proposed for a payee of a body, the newest first."""
    rows = PayeeAccount.objects.filter(body=body, payee_kind=kind, payee_id=id_)
    return rows.select_related("body", "proposed_by", "confirmed_by").order_by("-pk")


def waiting_accounts(bodies: Collection[int]) -> QuerySet[PayeeAccount]:
    """Give the proposals that wait for a second person, the oldest first."""
    rows = PayeeAccount.objects.filter(body__in=bodies, confirmed_at=None, withdrawn_at=None)
    return rows.select_related("body", "proposed_by").order_by("pk")
