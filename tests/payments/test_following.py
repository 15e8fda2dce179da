"""The ledger follows ceilings, places and decisions: the right postings, once, and the round's own figures."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db.models import Sum

from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.models import Decision
from doorleren.payments.balances import round_money, standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.following import Told, follows
from doorleren.payments.jobs import follow_decisions
from doorleren.payments.models import FollowedDecision, Transaction
from doorleren.payments.standings import NEW, Standing
from doorleren.rounds.models import PotPart
from doorleren.rounds.queries import outcomes_now
from tests.applications.made import a_round
from tests.decisions import made
from tests.payments.made import run, unguarded

FIRST = Told("granted", 900, 0, 900, replaces=False)
RESERVED = Standing({"reserved": 900, "available": -900})
GRANTED = Standing({"obligation": 900, "advance": 700, "available": -900})
AGAIN = replace(FIRST, replaces=True, settled=True)
SETTLED = Standing({"settled": 900, "available": -900, "expense": 900, "paid": -700, "payable": -200})
ENDED = Standing({"released": 900, "available": -900, "undue": 700, "paid": -700})

LOAN = replace(FIRST, replaces=True, loan=True, repaid=600)
TAKEN = Standing({"released": 900, "available": -900, "undue": 300, "received": 600, "paid": -900})


@pytest.mark.parametrize(
    ("told", "standing", "available", "events"),
    [
        (FIRST, RESERVED, None, (("grant", 900),)),
        (replace(FIRST, kind="partly_granted", amount=700, advance=500), RESERVED, None, (("grant_partly", 700), ("grant_advance", 500))),
        (replace(FIRST, settled=True, advance=900), RESERVED, None, (("grant", 900), ("settle", 900))),
        (replace(FIRST, kind="refused", amount=0), RESERVED, None, (("release_reservation", 900),)),
        (replace(FIRST, kind="refused", amount=0, place=0), NEW, None, ()),
        (replace(FIRST, place=None), NEW, None, (("reserve", 900), ("grant", 900))),
        (FIRST, NEW, None, None),
        (replace(FIRST, replaces=True, amount=500), GRANTED, 0, (("amend_down", 500),)),
        (replace(FIRST, replaces=True, amount=1000, advance=800), GRANTED, 100, (("amend_up", 1000), ("grant_advance", 100))),
        (replace(FIRST, replaces=True, amount=1000), GRANTED, 99, (("grant_above_ceiling", 100),)),
        (replace(FIRST, replaces=True), NEW, 900, (("reserve", 900), ("grant", 900))),
        (replace(FIRST, replaces=True), NEW, 899, (("grant_above_ceiling", 900),)),
        (replace(FIRST, replaces=True, kind="refused", amount=0), GRANTED, 0, (("amend_down", 0),)),
        (replace(FIRST, replaces=True, above=300), NEW, 600, (("grant_above_ceiling", 300), ("amend_up", 900))),
        (replace(FIRST, replaces=True, above=300), NEW, 599, (("grant_above_ceiling", 900),)),
        (replace(FIRST, replaces=True, above=900), NEW, 5000, (("grant_above_ceiling", 900),)),
        (replace(AGAIN, amount=1000), SETTLED, 100, (("reserve", 100), ("grant", 100), ("settle", 100))),
        (replace(AGAIN, amount=1000, above=60), SETTLED, 100, (("grant_above_ceiling", 60), ("amend_up", 100), ("settle", 100))),
        (AGAIN, SETTLED, 100, ()),
        (replace(AGAIN, amount=500), SETTLED, 100, (("settle_anew", 500),)),
        (replace(AGAIN, kind="refused", amount=0, settled=False), SETTLED, 0, (("settle_anew", 0),)),
        (AGAIN, ENDED, 0, (("restore", 900), ("settle", 900))),
        (replace(FIRST, replaces=True, amount=800), SETTLED, 0, (("settle_anew", 0), ("restore", 800), ("grant_advance", 700))),
        (replace(FIRST, replaces=True, amount=800, advance=750), SETTLED, 0, (("settle_anew", 0), ("restore", 800), ("grant_advance", 750))),
        (replace(FIRST, replaces=True, amount=1000), ENDED, 500, (("restore", 900), ("amend_up", 1000))),
        (replace(FIRST, replaces=True, amount=1000, above=100), ENDED, 500, (("restore", 900), ("grant_above_ceiling", 100))),
        (replace(LOAN, advance=900), TAKEN, 0, (("restore", 900), ("repay_again", 600), ("lend", 300))),
        (LOAN, TAKEN, 0, (("restore", 900), ("repay_again", 600))),
        (replace(LOAN, advance=500), TAKEN, 0, (("restore", 900), ("repay_again", 600))),
        (replace(LOAN, advance=900, repaid=0), TAKEN, 0, (("restore", 900), ("lend", 900))),
        (replace(LOAN, kind="refused", amount=0), TAKEN, 0, ()),
    ],
    ids=["whole", "partly", "direct", "refused", "outside", "no_round", "place_lacks", "lower", "higher", "higher_and_empty",
         "anew", "anew_and_empty", "withdrawn", "won_partly_above", "won_and_empty", "won_above",
         "direct_higher", "direct_higher_partly_above", "direct_the_same", "direct_lower", "direct_refused", "direct_back",
         "annulled_and_lowered", "annulled_with_a_higher_advance", "back_and_higher", "back_and_above",
         "a_loan_back", "a_loan_in_parts_back", "a_loan_back_of_which_more_was_repaid", "a_loan_back_without_a_repayment",
         "a_loan_refused"],
)  # fmt: skip
def test_what_follows(told: Told, standing: Standing, available: int | None, events: object) -> None:
    """Each decision leads to its own events, from how the case stands and what the round has left."""
    assert follows(told, standing, available) == events


def test_the_ledger_has_the_rounds_own_figures(tmp_path: Path, db: None) -> None:
    """Ceiling, reserved and granted of the ledger are those of pot, places and decisions, before and after deciding, once."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    cases = [made.a_case(known, round_, name) for name in ("Nadia", "Omar", "Els")]
    follow_decisions(lambda: made.AT)
    money = round_money(round_.pk)
    assert (money.ceiling, money.reserved, money.available) == (
        PotPart.objects.filter(round=round_).aggregate(sum=Sum("ceiling_cents"))["sum"], outcomes_now(round_.pk)[1], 0,
    )  # fmt: skip
    for case in cases:
        made.assessed(case, known, staff["assessor"])
    for case in cases[:2]:
        grant(case.pk, by=made.by(staff["decider"]), at=made.AT)
    refuse(cases[2].pk, "ceiling", by=made.by(staff["decider"]), at=made.AT)
    follow_decisions(lambda: made.AT)
    money, before = round_money(round_.pk), Transaction.objects.count()
    assert (money.granted, money.reserved) == (Decision.objects.aggregate(sum=Sum("amount_cents"))["sum"], 0)
    assert money.payable == Decision.objects.aggregate(sum=Sum("advance_cents"))["sum"]
    assert FollowedDecision.objects.count() == 3
    assert follow_decisions(lambda: made.AT).refused == ()
    assert Transaction.objects.count() == before
    assert check_ledger().breaks == ()


def test_a_ledger_that_differs_is_found(tmp_path: Path, db: None) -> None:
    """Negative control: a decision of another amount than was posted is named by the check."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case, other = (made.a_case(known, round_, name) for name in ("Nadia", "Omar"))
    made.assessed(case, known, staff["assessor"])
    grant(case.pk, by=made.by(staff["decider"]), at=made.AT)
    follow_decisions(lambda: made.AT)
    with unguarded():
        for table in ("decisions_decision", "rounds_place"):
            run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        run("UPDATE decisions_decision SET amount_cents = amount_cents - 1, advance_cents = 0")
        run("UPDATE rounds_place SET cents = cents - 1 WHERE ticket_id = (SELECT max(ticket_id) FROM rounds_place)")
        for table in ("decisions_decision", "rounds_place"):
            run(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    found = {one.invariant: one.where for one in check_ledger().breaks}
    assert found == {"granted_as_decided": f"case {case.pk}", "nothing_without_a_decision": f"case {other.pk}"}
    assert standing_of("case", str(other.pk)).amount("reserved") == 69995
