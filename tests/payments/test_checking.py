"""`check_ledger` finds every break: for each invariant the tables are broken in its way, with the guards off."""

import pytest

from doorleren.payments.checking import TRANSACTIONS, check_ledger
from doorleren.payments.commands.post import post_all
from doorleren.payments.invariants import CASE, ROUND_WITH_CEILING
from doorleren.payments.models import Account, PayeeAccount
from doorleren.rounds.models import Round
from tests.payments.made import AT, US, event, run, unguarded
from tests.people import made as people
from tests.rounds.made import a_round

LIFE = (("reserve", 1000), ("grant", 1000), ("grant_advance", 800), ("order_payment", 800), ("confirm_payment", 800))
SEALED = "gAAAA" + "x" * 120

OF_CASE = "(SELECT id FROM payments_transaction WHERE subject_id = '1' AND subject_kind = 'case' AND turn = {})"
TO = "(SELECT id FROM payments_account WHERE kind = '{}' AND round_id = {})"

BREAKS: dict[str, tuple[str, ...]] = {
    "total_zero": ("DELETE FROM payments_posting WHERE line = 1 AND transaction_id = " + OF_CASE.format(1),),
    "transaction_zero": ("UPDATE payments_posting SET cents = cents + 1 WHERE line = 1 AND transaction_id = " + OF_CASE.format(1),),
    "transaction_whole": ("DELETE FROM payments_posting WHERE transaction_id = " + OF_CASE.format(2),),
    "posting_not_zero": (
        "ALTER TABLE payments_posting DROP CONSTRAINT payments_posting_not_zero",
        "UPDATE payments_posting SET cents = 0 WHERE transaction_id = " + OF_CASE.format(3),
    ),
    "posted_once": (
        "ALTER TABLE payments_transaction DROP CONSTRAINT payments_transaction_once",
        "UPDATE payments_transaction SET key = 'again' WHERE subject_kind = 'case'",
    ),
    "turns_whole": ("DELETE FROM payments_transaction WHERE id = " + OF_CASE.format(2),),
    "one_place": (
        "UPDATE payments_posting SET account_id = " + TO.format("advance", "{other}") + " WHERE account_id = "
        + TO.format("advance", "{round}"),
    ),
    "payee_two_people": (
        "ALTER TABLE payments_payeeaccount DROP CONSTRAINT payments_payee_two_people",
        "UPDATE payments_payeeaccount SET confirmed_by_id = proposed_by_id, confirmed_at = proposed_at,"
        " effective_at = proposed_at + interval '48 hours'",
    ),
    "halves_zero": (
        "UPDATE payments_posting SET account_id = " + TO.format("available", "{round}") + " WHERE account_id = "
        + TO.format("paid", "{round}"),
    ),
    "own_side": ("UPDATE payments_posting SET cents = - cents WHERE transaction_id = " + OF_CASE.format(1),),
    "advances_within_obligation": ("UPDATE payments_posting SET cents = cents * 2 WHERE transaction_id IN ("
                                   + ", ".join(OF_CASE.format(turn) for turn in (3, 4, 5)) + ")",),
    "expense_is_settled": (
        "UPDATE payments_posting SET account_id = " + TO.format("expense", "{round}") + " WHERE account_id = "
        + TO.format("advance", "{round}"),
    ),
    "loan_is_repaid": (
        "UPDATE payments_posting SET account_id = " + TO.format("settled", "{round}") + " WHERE account_id = "
        + TO.format("obligation", "{round}"),
        "UPDATE payments_posting SET account_id = " + TO.format("loan", "{round}") + " WHERE account_id = "
        + TO.format("advance", "{round}"),
    ),
    "paid_on_a_decision": ("UPDATE payments_posting SET cents = cents * 2 WHERE transaction_id IN ("
                           + ", ".join(OF_CASE.format(turn) for turn in (4, 5)) + ")",),
    "within_ceiling": (
        "UPDATE payments_posting SET cents = cents / 2 WHERE transaction_id ="
        " (SELECT id FROM payments_transaction WHERE act = 'set_ceiling')",
    ),
}  # fmt: skip


def filled(round_: Round) -> None:
    """A case that was paid an advance, as high as the ceiling allows, and a proposal for an account."""
    post_all(
        [event("reserve", 99_000, "2", round_), *(event(act, cents, "1", round_) for act, cents in LIFE)], by=US, at=AT
    )
    PayeeAccount.objects.create(
        body=round_.body, payee_kind="person", payee_id="1", lookup="0" * 64, sealed=SEALED, sealed_name=SEALED,
        reason="r", proposed_by=people.person(), proposed_at=AT,
    )  # fmt: skip


def test_a_ledger_that_holds(round_: Round) -> None:
    """Without a break everything holds; what was looked at is counted, with the figures of each round."""
    filled(round_)
    found = check_ledger()
    assert (found.holds, found.breaks, found.counts) == (True, (), {})
    assert (found.transactions, found.postings) == (7, 14)
    ((told,),) = [found.rounds]
    assert (told.round, told.scheme, told.code, told.body) == (round_.pk, "s", "r", "body")
    assert (told.money.ceiling, told.money.reserved, told.money.granted, told.money.paid) == (
        100_000,
        99_000,
        1000,
        800,
    )


def test_an_empty_ledger_holds(db: None) -> None:
    """Nothing was posted, nothing is broken."""
    found = check_ledger()
    assert (found.holds, found.rounds, found.transactions) == (True, (), 0)


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_found(name: str, round_: Round) -> None:
    """With the guards off the tables are broken in the way of one invariant, and the check names it and where."""
    filled(round_)
    other = a_round()
    for kind in ("advance", "reserved"):
        Account.objects.create(body=other.body, round=other, kind=kind)
    assert check_ledger().holds
    with unguarded():
        for sql in BREAKS[name]:
            run(sql.replace("{round}", str(round_.pk)).replace("{other}", str(other.pk)))
    found = check_ledger()
    assert not found.holds
    assert found.counts[name] >= 1
    (first,) = [one for one in found.breaks if one.invariant == name][:1]
    assert first.where.split()[0] in {"ledger", "transaction", "key", "case", "round", "payee_account"}
    assert first.says


def test_every_invariant_is_broken_above() -> None:
    """None is without a test that breaks it."""
    assert set(BREAKS) == {one.name for one in (*TRANSACTIONS, *CASE, *ROUND_WITH_CEILING)}


def test_many_breaks_are_counted_and_some_are_named(round_: Round) -> None:
    """A hundred cases are broken: all are counted, the first twenty named."""
    post_all([event("reserve", 5, f"{case:03}", round_) for case in range(100)], by=US, at=AT)
    with unguarded():
        run("UPDATE payments_posting SET cents = cents + 1 WHERE cents = 5")
    found = check_ledger()
    assert found.counts["transaction_zero"] == found.counts["halves_zero"] == 100
    assert sum(one.invariant == "halves_zero" for one in found.breaks) == 20
    assert found.breaks[0].invariant == "total_zero"


def test_a_grant_above_the_ceiling_by_objection_breaks_nothing(round_: Round) -> None:
    """Awb 4:25(3): who wins an objection is granted although the pot is empty; first decisions are within the ceiling."""
    post_all([event("reserve", 100_000, "1", round_), event("grant_above_ceiling", 70_000, "2", round_)], by=US, at=AT)
    assert check_ledger().holds
    post_all([event("reserve", 1, "3", round_)], by=US, at=AT)
    assert check_ledger().counts == {"within_ceiling": 1}
