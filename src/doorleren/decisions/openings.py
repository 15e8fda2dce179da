"""Which submitted applications wait for their case: along the tickets of each round, so that nothing is looked at twice.

A round is looked at again only once it gave more places (or closed, where a committee ranks). What was passed is remembered
by the process alone: a fresh one goes along all tickets once, a page at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from doorleren.applications.models import Application
from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import PROCEDURES, Case
from doorleren.decisions.matters import KIND
from doorleren.rounds.models import Round, Ticket, Withdrawal
from doorleren.rounds.queries import ids_of, in_turn
from doorleren.rules.faults import SchemeFault
from doorleren.schemes.queries import version_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the places of a round are: how many were given, when it closed, and where a committee ranks how many tickets it has."""

    position: int
    closed_at: datetime | None
    tickets: int


@dataclass(frozen=True, slots=True)
class Passed:
    """How far a round was gone along: up to which ticket, begun when it stood so, and whether to its end."""

    ticket: int
    begun: Standing
    done: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """An application without a case, with its ticket; `closed_at`: when its round closed."""

    application: Application
    ticket: Ticket
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some tickets of a round that were looked at: what waits among them, and how far the round was gone along with them."""

    round: int
    waits: Sequence[Waits]
    passed: Passed


class Opening:
    """How far somebody is who opens cases. `looked`: how many tickets it has looked at in all.

    A page counts as passed once `pass_on` says so; until then it is given again.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._passed: dict[int, Passed] = {}
        self.looked = 0

    def pages(self, at_once: int, *, rehearsals: bool = False, only: int | None = None) -> Iterator[Page]:
        """Give the pages that were not passed yet, of at most so many tickets, until nothing waits; `only`: those of one round."""
        for round_, now in rounds_with_cases(rehearsals=rehearsals):
            if only not in (None, round_.pk):
                continue
            going = _going_on(self._passed.get(round_.pk), now, round_)
            while not going.done:
                tickets = list(_tickets(round_, now, going.ticket)[:at_once])
                self.looked += len(tickets)
                last = tickets[-1].pk if tickets else going.ticket
                going = replace(going, ticket=last, done=len(tickets) < at_once)
                yield Page(round_.pk, _without_a_case(round_, now, tickets) if tickets else (), going)

    def pass_on(self, page: Page) -> None:
        """Note that what waited on a page has its case, or was found to get none."""
        self._passed[page.round] = page.passed


def rounds_with_cases(*, rehearsals: bool = False) -> list[tuple[Round, Standing]]:
    """Give the rounds of which there can be cases, and how they stand: a known procedure under a known framework."""
    known = [one for one in Round.objects.values_list("version", flat=True).distinct() if _has_cases(one)]
    rows = Round.objects.filter(version__in=known).select_related("allocation", "gate").order_by("pk")
    found = list(rows if rehearsals else rows.filter(rehearsal=False))
    return [(one, _standing(one)) for one in found]


def _standing(round_: Round) -> Standing:
    gate = round_.gate
    return Standing(round_.allocation.position, gate.closed_at, gate.tickets if round_.order == "ranking" else 0)


def _has_cases(version: int) -> bool:
    try:
        found = version_of(version)
    except SchemeFault:  # kept for ever, but by an older engine: nothing can be said of it here
        return False
    return found.procedure in PROCEDURES and found.framework in frameworks()


def _going_on(passed: Passed | None, now: Standing, round_: Round) -> Passed:
    """Say from where a round is gone along: on from where it was, or anew where places came before that.

    Where each ticket gets its place in turn, new places come after those that were there.
    """
    if passed is None:
        return Passed(0, now)
    if passed.begun == now or not passed.done:
        return passed
    return Passed(passed.ticket if in_turn(round_) else 0, now)


def _tickets(round_: Round, now: Standing, after: int) -> QuerySet[Ticket]:
    """Give the tickets of a round after one that have a place; where a committee ranks, all of them once it has closed."""
    first, last = ids_of(round_.pk)
    rows = Ticket.objects.filter(pk__gte=max(first, after + 1), pk__lte=last).order_by("pk")
    return rows if round_.order == "ranking" and now.closed_at else rows.filter(place__isnull=False)


def _without_a_case(round_: Round, now: Standing, tickets: Sequence[Ticket]) -> list[Waits]:
    """Give the applications of tickets that have no case yet and were not withdrawn."""
    gone = set(Withdrawal.objects.filter(pk__in=[one.pk for one in tickets]).values_list("pk", flat=True))
    by_key = {one.key: one for one in tickets if one.pk not in gone}
    numbers = dict(
        Application.objects.filter(round=round_, key__in=list(by_key), withdrawn_at=None).values_list("pk", "key")
    )
    there = set(
        Case.objects.filter(subject_kind=KIND, subject_id__in=[str(one) for one in numbers]).values_list(
            "subject_id", flat=True
        )
    )
    lacking = Application.objects.filter(pk__in=[one for one in numbers if str(one) not in there])
    found = []
    for one in lacking.select_related("entered_for").order_by("pk"):
        one.round = round_
        found.append(Waits(one, by_key[one.key], now.closed_at))
    return found
