"""What is told of money is the sum of postings: of a case, a round and a body, and never of another one."""

from doorleren.payments.balances import (
    Money,
    body_standing,
    round_money,
    round_standing,
    standing_of,
    standings_of,
)
from doorleren.payments.commands.post import post_all
from doorleren.payments.models import Posting
from doorleren.payments.standings import NEW
from doorleren.rounds.models import Round
from tests.payments.made import AT, US, ceiling, event
from tests.people import made as people
from tests.rounds.made import a_round


def test_the_figures_of_a_round(round_: Round) -> None:
    """Reserved, granted, paid and released are what the events of its cases come to."""
    steps = [
        ("1", "reserve", 30_000), ("2", "reserve", 20_000), ("3", "reserve", 10_000),
        ("2", "grant", 20_000), ("2", "grant_advance", 20_000), ("2", "order_payment", 20_000),
        ("2", "confirm_payment", 20_000), ("2", "settle", 15_000), ("2", "recover", 5_000), ("2", "receive", 4_000),
        ("3", "release_reservation", 10_000), ("4", "grant_above_ceiling", 70_000), ("4", "grant_advance", 7_000),
    ]  # fmt: skip
    post_all([event(act, cents, case, round_) for case, act, cents in steps], by=US, at=AT)
    assert round_money(round_.pk) == Money(
        ceiling=100_000, available=50_000, reserved=30_000, granted=90_000, settled=15_000, released=5_000,
        above_ceiling=70_000, payable=7_000, paid=20_000, received=4_000, recoverable=1_000, interest=0, written_off=0,
        suspense=0,
    )  # fmt: skip
    assert sum(round_standing(round_.pk).sums.values()) == 0


def test_rounds_and_bodies_are_apart(round_: Round) -> None:
    """A case of another round or body adds nothing here; a body has the sum of its rounds."""
    second, elsewhere = a_round(), a_round()
    Round.objects.filter(pk=elsewhere.pk).update(body=people.body("elders"))
    elsewhere.refresh_from_db()
    for number, one in enumerate((round_, second, elsewhere)):
        post_all([event("reserve", 10**number, f"case-{number}", one)], by=US, at=AT)
    assert [round_standing(one.pk).amount("reserved") for one in (round_, second, elsewhere)] == [1, 10, 100]
    assert body_standing(round_.body_id).amount("reserved") == 11
    assert body_standing(elsewhere.body_id).amount("reserved") == 100


def test_a_round_without_a_ceiling_in_money_has_none(db: None) -> None:
    """Where the ceiling is a number of grants, no amount is available or lacking."""
    one = a_round()
    post_all([event("reserve", 5, "1", one)], by=US, at=AT)
    assert (round_money(one.pk).ceiling, round_money(one.pk).available, round_money(one.pk).reserved) == (None, None, 5)
    post_all([ceiling(one, 9)], by=US, at=AT)
    assert (round_money(one.pk).ceiling, round_money(one.pk).available) == (9, 4)


def test_many_cases_at_once(round_: Round) -> None:
    """Each case comes with its own sums and number of transactions; one that nothing was posted for is left out."""
    post_all(
        [event("reserve", 5, "1", round_), event("grant", 5, "1", round_), event("reserve", 7, "2", round_)],
        by=US,
        at=AT,
    )
    found = standings_of([("case", "1"), ("case", "2"), ("case", "3"), ("claim", "1")])
    assert {case: (turn, standing.granted, standing.amount("reserved")) for case, (turn, standing) in found.items()} == {
        ("case", "1"): (2, 5, 0), ("case", "2"): (1, 0, 7),
    }  # fmt: skip
    assert standing_of("case", "3") == NEW


def test_a_posting_counts_whatever_its_transaction_says(round_: Round) -> None:
    """The sums are those of the postings: all of them, and of nothing else."""
    post_all([event("reserve", 5, str(case), round_) for case in range(9)], by=US, at=AT)
    by_hand = sum(row.cents for row in Posting.objects.filter(account__kind="reserved"))
    assert round_money(round_.pk).reserved == by_hand == 45
