"""Negative controls: with one guard switched off the simulation finds what it guarded, and names it."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q

from doorleren.applications.commands import withdraw_document as withdrawing
from doorleren.applications.corrections.commands import at_hand as desk
from doorleren.applications.retention import due as keeping
from doorleren.cases import access as hands
from doorleren.cases.commands import give_notice_of_default as noticing
from doorleren.cases.commands import perform as performing
from doorleren.decisions.commands import amend as amending
from doorleren.decisions.commands import collect as collecting
from doorleren.decisions.commands import decide as deciding
from doorleren.decisions.commands import fix_penalty as fixing
from doorleren.decisions.commands import give_scores as scoring
from doorleren.decisions.commands import recover as recovering
from doorleren.decisions.commands import settle as settling
from doorleren.decisions.commands import uphold_debts as upholding
from doorleren.decisions.committee import ranking
from doorleren.letters.commands import send_letter as sending
from doorleren.letters.ways import NotSent
from doorleren.payments import access as hands_of_payers
from doorleren.payments import retention as keeping_payments
from doorleren.payments.commands import book_receipt as receiving
from doorleren.payments.commands import hand_over as handing
from doorleren.payments.commands import keep_loans as lending
from doorleren.payments.commands import post as posting
from doorleren.payments.commands import release_run as releasing
from doorleren.payments.commands import remit_loan as remitting
from doorleren.people import access as roles
from doorleren.people.access import Allowed
from doorleren.rounds.commands import allocate as allocating
from doorleren.rounds.pot import REST, Place, Spent
from doorleren.server.embedded import cluster
from doorleren.simulation import collecting as claims
from doorleren.simulation import moves, seasons
from doorleren.simulation.running import Simulation
from doorleren.simulation.withdrawing import fall_short
from tests.simulation.conftest import DIES_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900), DIES_OPEN]

MONTH, YEARS = timedelta(days=30), timedelta(days=3660)
Guard = Callable[[pytest.MonkeyPatch], None]


def sql(statement: str) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def without_checks(table: str) -> None:
    """Take the checks and triggers off a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def a_cent_lost(patch: pytest.MonkeyPatch) -> None:
    """An event that loses a cent, and no trigger that looks at the balance."""
    whole = posting.EVENTS["grant_advance"]

    def lossy(standing: Any, cents: int) -> Any:
        first, *rest = whole(standing, cents)
        return (replace(first, cents=first.cents - 1), *rest)

    patch.setattr(posting, "EVENTS", {**posting.EVENTS, "grant_advance": lossy})
    sql("ALTER TABLE payments_transaction DISABLE TRIGGER payments_transaction_balanced")


def a_cent_lost_and_seen(patch: pytest.MonkeyPatch) -> None:
    """The same event, with the trigger on: nobody was told that it is refused, so it is a fault."""
    a_cent_lost(patch)
    sql("ALTER TABLE payments_transaction ENABLE ALWAYS TRIGGER payments_transaction_balanced")


def one_person_for_all(patch: pytest.MonkeyPatch) -> None:
    """Nobody is kept from an act by what they did before."""
    patch.setattr(hands, "barred", lambda *_: None)
    patch.setattr(hands_of_payers, "barred", lambda *_: None)


def everybody_inside(patch: pytest.MonkeyPatch) -> None:
    """Everybody gets a place, whatever is left, and the table lets it."""
    patch.setattr(seasons, "LEAST_CENTS", 100_000)
    patch.setattr(seasons, "MOST_CENTS", 200_000)
    patch.setattr(allocating, "give", lambda pot, cents, kind: (allocated(pot, cents), Place("inside", cents)))
    without_checks("rounds_potpart")


def allocated(pot: Any, cents: int) -> Any:
    """Give the pot after so many cents more, above the ceiling too."""
    spent = pot.spent.get(REST, Spent())
    return replace(pot, spent={REST: Spent(spent.cents + cents, spent.number + 1)})


def one_id_for_all_payments(patch: pytest.MonkeyPatch) -> None:
    """Every payment in a file has the same end-to-end id."""
    whole = releasing.Transfer
    patch.setattr(releasing, "Transfer", lambda _, *rest: whole("0" * 32, *rest))


def any_file(patch: pytest.MonkeyPatch) -> None:
    """A file that differs from what was released is handed over all the same."""
    patch.setattr(handing, "ensure_same", lambda file, content: None)


def sent_or_not(patch: pytest.MonkeyPatch) -> None:
    """A letter that the post did not take counts as sent."""
    way_of = sending.way_of

    class Deaf:
        def __init__(self, channel: Any) -> None:
            self.way = way_of(channel)

        def send(self, letter: Any, pdf: bytes, turn: int) -> None:
            try:
                self.way.send(letter, pdf, turn)
            except NotSent:
                return

    patch.setattr(sending, "way_of", Deaf)


def half_a_decision(patch: pytest.MonkeyPatch) -> None:
    """Deciding is no transaction: what breaks it off leaves the half of it."""
    patch.setattr(deciding, "transaction", type("None_", (), {"atomic": staticmethod(nullcontext)}))


def no_order(patch: pytest.MonkeyPatch) -> None:
    """Neither the commands nor the database ask anything of the order of acts."""
    patch.setattr(performing, "_refuse", lambda *_: None)
    without_checks("cases_case")


def no_roles(patch: pytest.MonkeyPatch) -> None:
    """Nobody is asked for a role."""
    patch.setattr(roles, "_leave", lambda *_: Allowed())


def due_for_ever(patch: pytest.MonkeyPatch) -> None:
    """The day by which to act is not kept right."""
    patch.setattr(performing, "_keep_due", lambda *_: None)


def a_right_that_lacks(patch: pytest.MonkeyPatch) -> None:
    """The role of the application may not add an assessment: what only works for who owns the tables."""
    sql(f"REVOKE INSERT ON decisions_assessment FROM {cluster.APPLICATION}")


def interest_undeclared(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether who scores has an interest, nor does the table."""
    patch.setattr(scoring, "ensure_no_conflict", lambda _: None)
    without_checks("decisions_scoresheet")


def points_not_kept(patch: pytest.MonkeyPatch) -> None:
    """The list is made of other points than those that two people fixed."""
    whole = ranking.total_of
    patch.setattr(ranking, "total_of", lambda criteria, points: whole(criteria, points[:1]))


def keys_kept(patch: pytest.MonkeyPatch) -> None:
    """A document that somebody takes back is not destroyed."""
    patch.setattr(withdrawing, "destroy", lambda *_: None)


def anybody_answers(patch: pytest.MonkeyPatch) -> None:
    """Whoever takes up a request to correct is not asked whether they may answer it."""
    patch.setattr(desk, "ensure", lambda _: None)


def reminded_at_once(patch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the last day of a letter, or for the letter, before reminding or noting a writ."""
    patch.setattr(recovering, "ensure_day_over", lambda *_: None)
    patch.setattr(collecting, "ensure_day_over", lambda *_: None)
    patch.setattr(moves, "IN_LINE", FURTHER)


def received_twice(patch: pytest.MonkeyPatch) -> None:
    """What was paid in is booked again each time that the bank tells of it."""
    numbers = count()
    patch.setattr(receiving, "receipt_key", lambda *_: f"receipt/entry/{next(numbers)}")


def nobody_stands_in(patch: pytest.MonkeyPatch) -> None:
    """What is done for a colleague who is away does not count for them."""
    patch.setattr(performing, "stands_in_for", lambda *_, **__: None)


def kept_for_a_month(patch: pytest.MonkeyPatch) -> None:
    """The term of keeping counts a month."""
    whole = keeping.due_after
    patch.setattr(keeping, "due_after", lambda *given: shortened(whole(*given)))
    patch.setattr(keeping, "long_closed", lambda on: Q(closed_at__date__lt=on - MONTH))


def shortened(due: Any) -> Any:
    """Give what is due with a month as its term."""
    return replace(due, kept_until=due.began_on + MONTH)


def budget_at_any_time(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks when the budget was adopted, of which many grants fall short."""
    late = SimpleNamespace(reckon=lambda kind, day: SimpleNamespace(last=day + YEARS))
    patch.setattr(amending, "law_of_terms", lambda: late)
    patch.setitem(moves.SENSIBLE, "granted", ((40, fall_short), *moves.SENSIBLE["granted"]))


def a_second_notice(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether there was a notice of default about the same late decision before; many decisions are late."""
    patch.setattr(noticing, "_ensure_first", lambda *_: None)
    patch.setattr(moves, "LATE", OFTEN)


def a_penalty_that_runs(patch: pytest.MonkeyPatch) -> None:
    """A penalty is fixed while it still grows; many decisions are late."""
    patch.setattr(fixing, "grows", lambda *_: False)
    patch.setattr(moves, "LATE", OFTEN)


def more_falls_away(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether so much of a recovery can fall away, and whoever must pay back objects to that."""
    patch.setattr(upholding, "ensure_cents", lambda *_: None)
    patch.setattr(claims, "follow", claims.contest)
    patch.setattr(moves, "IN_LINE", FURTHER)


def a_cent_of_interest(patch: pytest.MonkeyPatch) -> None:
    """The interest of a month on a loan is a cent more."""
    whole = lending.month_of_interest
    patch.setattr(lending, "month_of_interest", lambda *given: whole(*given) + 1)


def interest_forgotten(patch: pytest.MonkeyPatch) -> None:
    """No interest is charged on a loan."""
    patch.setattr(lending, "_interest", lambda *_: 0)


def settled_unpaid(patch: pytest.MonkeyPatch) -> None:
    """A loan is settled before it was repaid."""
    patch.setattr(settling, "ensure_repaid", lambda _: None)


def all_is_remitted(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks how much of a loan the scheme lets be remitted."""
    patch.setattr(remitting, "ensure_cents", lambda *_: None)


def books_for_a_month(patch: pytest.MonkeyPatch) -> None:
    """The term of keeping accounts of payees and files for the bank counts a month."""
    whole = keeping_payments.due_after
    patch.setattr(keeping_payments, "due_after", lambda *given: shortened(whole(*given)))
    patch.setattr(keeping_payments, "latest_begun_of", lambda _, on: at_noon(on) - MONTH)


def at_noon(day: date) -> datetime:
    """Give noon on a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


LATE = 6000
"""Steps within which a payment file goes to the bank many times over."""
OFTEN = 0.3
"""How often something is done about what is seldom reached, where that alone is looked for."""
FURTHER = 0.7
"""How often the case that came furthest goes on, where what comes last is looked for."""
RANKED, DIRECT, LENT = 2, 3, 5
"""Numbers of a season that a committee ranks, of one that settles at once and asks evidence, and of one that lends."""
CONTROLS = (
    pytest.param(a_cent_lost, "money sums to zero", {}, id="a_cent_lost"),
    pytest.param(a_cent_lost_and_seen, "clear refusal", {}, id="a_cent_lost_and_seen"),
    pytest.param(one_person_for_all, "different hands", {}, id="one_person_for_all"),
    pytest.param(everybody_inside, "ceiling", {}, id="everybody_inside"),
    pytest.param(sent_or_not, "terms", {}, id="sent_or_not"),
    pytest.param(no_order, "order of acts", {}, id="no_order"),
    pytest.param(no_roles, "roles", {}, id="no_roles"),
    pytest.param(due_for_ever, "terms", {}, id="due_for_ever"),
    pytest.param(a_right_that_lacks, "clear refusal", {}, id="a_right_that_lacks"),
    pytest.param(
        interest_undeclared, "interest declared", {"season": RANKED}, id="interest_undeclared", marks=pytest.mark.long
    ),
    pytest.param(points_not_kept, "ranking", {"season": RANKED}, id="points_not_kept", marks=pytest.mark.long),
    pytest.param(keys_kept, "evidence", {"season": DIRECT}, id="keys_kept", marks=pytest.mark.long),
    pytest.param(anybody_answers, "roles", {}, id="anybody_answers", marks=pytest.mark.long),
    pytest.param(half_a_decision, "kept whole", {"crash": 0.6}, id="half_a_decision", marks=pytest.mark.long),
    pytest.param(any_file, "must be refused", {}, id="any_file", marks=pytest.mark.long),
    pytest.param(nobody_stands_in, "deputies", {}, id="nobody_stands_in", marks=pytest.mark.long),
    pytest.param(reminded_at_once, "terms", {}, id="reminded_at_once", marks=pytest.mark.long),
    pytest.param(received_twice, "received once", {"season": LENT}, id="received_twice", marks=pytest.mark.long),
    pytest.param(a_second_notice, "notices", {}, id="a_second_notice"),
    pytest.param(a_penalty_that_runs, "penalties", {}, id="a_penalty_that_runs"),
    pytest.param(more_falls_away, "upheld", {}, id="more_falls_away", marks=pytest.mark.long),
    pytest.param(a_cent_of_interest, "loans", {"season": LENT}, id="a_cent_of_interest"),
    pytest.param(interest_forgotten, "loans", {"season": LENT}, id="interest_forgotten", marks=pytest.mark.long),
    pytest.param(settled_unpaid, "loans", {"season": LENT}, id="settled_unpaid", marks=pytest.mark.long),
    pytest.param(all_is_remitted, "loans", {"season": LENT}, id="all_is_remitted", marks=pytest.mark.long),
    pytest.param(books_for_a_month, "retention", {}, id="books_for_a_month", marks=pytest.mark.long),
    pytest.param(kept_for_a_month, "retention", {}, id="kept_for_a_month", marks=pytest.mark.long),
    pytest.param(budget_at_any_time, "budget", {}, id="budget_at_any_time", marks=pytest.mark.long),
    pytest.param(one_id_for_all_payments, "paid once", {}, id="one_id_for_all_payments", marks=pytest.mark.long),
)


@pytest.mark.parametrize(("guard", "found", "given"), CONTROLS)
def test_a_guard_that_is_off_is_noticed(
    guard: Guard, found: str, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch, application_role: str
) -> None:
    """Without this one guard the simulation stops at a step and names the invariant that is broken."""
    with transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        guard(monkeypatch)
        sql("SET CONSTRAINTS ALL DEFERRED")
        sql(f"SET LOCAL ROLE {application_role}")
        ran = Simulation("controls", **given).run(LATE)
        transaction.set_rollback(True)
    assert found in {one.invariant for one in ran.violations}, ran
