"""Every event, by example and by property: after any row of them every invariant of a case holds."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.payments.accounts import KINDS
from doorleren.payments.event_lines import MOST_CENTS
from doorleren.payments.events import EVENTS
from doorleren.payments.invariants import CASE, HALVES, ROUND_WITH_CEILING, broken
from doorleren.payments.models import MOST_LINES
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.standings import NEW, Line, Standing

Step = tuple[str, int]
GRANTED: list[Step] = [("reserve", 1000), ("grant", 1000)]
PAID: list[Step] = [*GRANTED, ("grant_advance", 800), ("order_payment", 800), ("confirm_payment", 800)]


def after(steps: Sequence[Step], standing: Standing = NEW) -> Standing:
    """How it stands after some events."""
    for act, cents in steps:
        standing = standing.after(EVENTS[act](standing, cents))
    return standing


def amounts(standing: Standing) -> dict[str, int]:
    """What stands on each account, on its own side, where it is not nothing."""
    return {kind: standing.amount(kind) for kind in KINDS if standing.amount(kind) and kind != "available"}


LENT: list[Step] = [*GRANTED, ("lend", 1000), ("order_payment", 1000), ("confirm_payment", 1000)]


EXAMPLES: dict[str, tuple[list[Step], dict[str, int]]] = {
    "reserved": ([("reserve", 1000)], {"reserved": 1000}),
    "given_back": ([("reserve", 1000), ("release_reservation", 1000)], {}),
    "granted": (GRANTED, {"obligation": 1000}),
    "granted_partly": ([("reserve", 1000), ("grant_partly", 600)], {"obligation": 600}),
    "granted_after_an_objection": ([("grant_above_ceiling", 500)], {"above_ceiling": 500, "obligation": 500}),
    "amended_up": ([*GRANTED, ("amend_up", 1200)], {"obligation": 1200}),
    "amended_down": ([*GRANTED, ("amend_down", 700)], {"obligation": 700, "released": 300}),
    "amended_below_what_was_paid": (
        [*PAID, ("amend_down", 500)], {"obligation": 500, "released": 500, "advance": 500, "paid": 800, "undue": 300},
    ),
    "withdrawn_before_the_advance_was_paid": (
        [*GRANTED, ("grant_advance", 800), ("amend_down", 0)], {"released": 1000},
    ),
    "advanced": ([*GRANTED, ("grant_advance", 800)], {"obligation": 1000, "advance": 800, "payable": 800}),
    "ordered": (
        [*GRANTED, ("grant_advance", 800), ("order_payment", 800)],
        {"obligation": 1000, "advance": 800, "in_transit": 800},
    ),
    "refused_by_the_bank": (
        [*GRANTED, ("grant_advance", 800), ("order_payment", 800), ("fail_payment", 800)],
        {"obligation": 1000, "advance": 800, "payable": 800},
    ),
    "settled_as_granted": ([*PAID, ("settle", 1000)], {"settled": 1000, "expense": 1000, "paid": 800, "payable": 200}),
    "settled_lower_and_still_to_pay": (
        [*PAID, ("settle", 900)], {"settled": 900, "released": 100, "expense": 900, "paid": 800, "payable": 100},
    ),
    "settled_below_what_was_paid": (
        [*PAID, ("settle", 600)], {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200},
    ),
    "settled_at_nil": ([*PAID, ("settle", 0)], {"released": 1000, "paid": 800, "undue": 800}),
    "settled_anew_higher": (
        [*PAID, ("settle", 600), ("settle_anew", 900)],
        {"settled": 900, "released": 100, "expense": 900, "paid": 800, "payable": 100},
    ),
    "settled_anew_lower": (
        [*PAID, ("settle", 900), ("settle_anew", 500)],
        {"settled": 500, "released": 500, "expense": 500, "paid": 800, "undue": 300},
    ),
    "recovered_with_interest": (
        [*PAID, ("settle", 600), ("recover", 200), ("charge_interest", 10), ("receive", 210)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 210, "interest": 10},
    ),
    "paid_back_too_much": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 250)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 250, "suspense": 50},
    ),
    "written_off": (
        [*PAID, ("settle", 600), ("recover", 200), ("write_off", 150)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "recoverable": 50, "written_off": 150},
    ),
    "given_up_while_it_came_in": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 80), ("write_off", 150)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 80, "written_off": 150, "suspense": 30},
    ),
    "set_off_elsewhere_while_it_came_in": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 80), ("receive_by_set_off", 150)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 80, "set_off_received": 150, "suspense": 30},
    ),
    "set_off": (
        [*PAID, ("settle", 600), ("recover", 200), ("settle_anew", 700), ("set_off", 100)],
        {"settled": 700, "released": 300, "expense": 700, "paid": 800, "recoverable": 100},
    ),
    "reminded_and_paid": (
        [*PAID, ("settle", 600), ("recover", 200), ("charge_costs", 8), ("receive", 208)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 208, "costs": 8},
    ),
    "interest_after_it_was_paid": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 200), ("charge_interest", 9)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 200, "recoverable": 9, "interest": 9},
    ),
    "set_off_against_a_claim_elsewhere": (
        [*GRANTED, ("grant_advance", 800), ("pay_by_set_off", 300)],
        {"obligation": 1000, "advance": 800, "payable": 500, "set_off_paid": 300},
    ),
    "the_claim_elsewhere": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive_by_set_off", 150)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "recoverable": 50, "set_off_received": 150},
    ),
    "recovery_falls_away_while_open": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 50), ("lift_recovery", 120)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 50, "recoverable": 30, "undue": 120},
    ),
    "recovery_falls_away_after_it_was_paid": (
        [*PAID, ("settle", 600), ("recover", 200), ("charge_costs", 8), ("charge_interest", 5), ("receive", 213),
         ("lift_recovery", 200), ("lift_costs", 8), ("lift_interest", 5)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200},
    ),
    "recovery_falls_away_that_was_partly_given_up": (
        [*PAID, ("settle", 600), ("recover", 200), ("write_off", 90), ("receive", 50), ("lift_recovery", 110), ("lift_write_off", 90)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200},
    ),
    "recovery_falls_away_that_was_collected_before_it_was_given_up": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 200), ("lift_recovery", 110), ("lift_write_off", 90)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200},
    ),
    "recovery_falls_away_that_was_set_off_in_part": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive_by_set_off", 120), ("receive", 80), ("lift_recovery", 200)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200, "set_off_received": 120, "payable": 120},
    ),
    "recovery_falls_away_of_which_too_much_came_in": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 230), ("lift_recovery", 200)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "undue": 200, "received": 30, "suspense": 30},
    ),
    "kept": (
        [*PAID, ("settle", 600), ("let_keep", 200)], {"settled": 600, "released": 400, "expense": 600, "paid": 800, "kept": 200},
    ),
    "kept_and_then_due_after_all": (
        [*PAID, ("settle", 600), ("let_keep", 150), ("settle_anew", 900)],
        {"settled": 900, "released": 100, "expense": 900, "paid": 800, "payable": 100},
    ),
    "withdrawn_and_back": (
        [*PAID, ("amend_down", 0), ("restore", 1000), ("grant_advance", 800)], {"obligation": 1000, "advance": 800, "paid": 800},
    ),
    "penalty_paid_outside": ([("owe_penalty", 497), ("pay_outside", 497)], {"penalty": 497, "paid": 497}),
    "penalty": ([("owe_penalty", 497)], {"penalty": 497, "payable": 497}),
    "too_much_leaves_the_case": (
        [*PAID, ("settle", 600), ("recover", 200), ("receive", 250), ("refund", 50)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 200},
    ),
    "too_much_is_owed_back": ([("owe_refund", 50)], {"received": 50, "payable": 50}),
    "received_before_it_was_recovered": (
        [*PAID, ("settle", 600), ("receive_undue", 80)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 80, "undue": 120},
    ),
    "more_received_than_was_not_due": (
        [*PAID, ("settle", 600), ("receive_undue", 250)],
        {"settled": 600, "released": 400, "expense": 600, "paid": 800, "received": 250, "suspense": 50},
    ),
    "interest_that_falls_away": (
        [*LENT, ("charge_loan_interest", 10), ("drop_loan_interest", 10)], {"obligation": 1000, "loan": 1000, "paid": 1000},
    ),
    "a_loan_that_was_withdrawn_and_comes_back": (
        [*LENT, ("repay", 800), ("amend_down", 0), ("restore", 1000), ("repay_again", 800), ("lend", 200)],
        {"obligation": 1000, "loan": 200, "repaid": 800, "paid": 1000},
    ),
    "a_remitted_loan_that_was_withdrawn_and_comes_back": (
        [*LENT, ("remit", 400), ("repay", 100), ("amend_down", 0), ("restore", 1000), ("remit_again", 400), ("repay_again", 100),
         ("lend", 500)],
        {"obligation": 1000, "loan": 500, "remitted": 400, "repaid": 100, "paid": 1000},
    ),
    "a_loan_that_was_lowered_and_is_raised": (
        [*LENT, ("repay", 800), ("amend_down", 100), ("amend_up", 1000), ("repay_again", 700), ("lend", 200)],
        {"obligation": 1000, "released": 900, "loan": 200, "repaid": 800, "paid": 1000},
    ),
    "came_back_from_the_bank": ([*PAID, ("return_payment", 800)], {"obligation": 1000, "advance": 800, "suspense": 800}),
    "came_back_and_is_owed_again": (
        [*PAID, ("return_payment", 800), ("owe_again", 800)], {"obligation": 1000, "advance": 800, "payable": 800},
    ),
    "lent": (LENT, {"obligation": 1000, "loan": 1000, "paid": 1000}),
    "lent_by_a_ledger_that_knew_no_loans": ([*PAID, ("lend_advanced", 800)], {"obligation": 1000, "loan": 800, "paid": 800}),
    "partly_repaid_with_interest": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 300)],
        {"obligation": 1000, "loan": 710, "paid": 1000, "repaid": 300, "loan_interest": 10},
    ),
    "repaid_too_much_and_settled": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 1030), ("settle", 1000)],
        {"settled": 1000, "paid": 1000, "repaid": 1010, "loan_interest": 10, "received": 20, "suspense": 20},
    ),
    "a_loan_lowered_below_what_is_outstanding": (
        [*LENT, ("repay", 300), ("amend_down", 200)],
        {"obligation": 200, "released": 800, "paid": 1000, "undue": 700, "repaid": 200, "received": 100},
    ),
    "remitted_in_part": ([*LENT, ("repay", 300), ("remit", 200)], {"obligation": 1000, "loan": 500, "paid": 1000, "repaid": 300, "remitted": 200}),
    "remitted_for_the_rest_and_settled": (
        [*LENT, ("repay", 300), ("remit", 700), ("settle", 1000)], {"settled": 1000, "paid": 1000, "repaid": 300, "remitted": 700},
    ),
    "a_loan_lowered_after_a_remission": (
        [*LENT, ("repay", 300), ("remit", 200), ("amend_down", 100)],
        {"obligation": 100, "released": 900, "paid": 1000, "undue": 700, "repaid": 100, "received": 200},
    ),
    "a_loan_lowered_with_the_interest_over_what_was_taken_back": (
        [*LENT, ("charge_loan_interest", 10), ("amend_down", 600)],
        {"obligation": 600, "released": 400, "paid": 1000, "undue": 400, "loan": 606, "loan_interest": 6},
    ),
    "a_loan_with_interest_withdrawn": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 300), ("amend_down", 0)],
        {"released": 1000, "paid": 1000, "undue": 700, "received": 300},
    ),
    "a_loan_lowered_after_it_was_repaid_with_interest": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 1010), ("amend_down", 600)],
        {"obligation": 600, "released": 400, "paid": 1000, "received": 404, "repaid": 606, "loan_interest": 6, "payable": 4},
    ),
    "a_loan_lowered_after_most_was_repaid": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 900), ("amend_down", 600)],
        {"obligation": 600, "released": 400, "paid": 1000, "undue": 106, "received": 294, "repaid": 606, "loan_interest": 6},
    ),
    "a_loan_with_interest_withdrawn_after_a_remission": (
        [*LENT, ("charge_loan_interest", 10), ("repay", 500), ("remit", 510), ("amend_down", 0)],
        {"released": 1000, "paid": 1000, "undue": 500, "received": 500},
    ),
    "half_a_cent_of_interest_falls_away_whole": (
        [*LENT, ("charge_loan_interest", 10), ("amend_down", 950)],
        {"obligation": 950, "released": 50, "paid": 1000, "undue": 50, "loan": 959, "loan_interest": 9},
    ),
    "a_loan_withdrawn_before_it_was_paid": ([*GRANTED, ("lend", 1000), ("amend_down", 0)], {"released": 1000}),
    "ceiling_lowered": ([("set_ceiling", 5000), ("set_ceiling", 4000)], {"ceiling": 4000}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """After the events of the example exactly these accounts have something on them."""
    steps, right = EXAMPLES[name]
    assert amounts(after(steps)) == right


def test_every_event_has_an_example() -> None:
    """No event is without an example."""
    assert {act for steps, _ in EXAMPLES.values() for act, _ in steps} == set(EVENTS)


REFUSED: dict[str, list[Step]] = {
    "grant_without_reservation": [("grant", 1000)],
    "grant_more_than_reserved": [("reserve", 1000), ("grant", 1001)],
    "grant_less_as_if_whole": [("reserve", 1000), ("grant", 999)],
    "grant_partly_all": [("reserve", 1000), ("grant_partly", 1000)],
    "release_more_than_reserved": [("reserve", 1000), ("release_reservation", 1001)],
    "reserve_nothing": [("reserve", 0)],
    "reserve_less_than_nothing": [("reserve", -1)],
    "reserve_beyond_counting": [("reserve", MOST_CENTS + 1)],
    "objection_for_nothing": [("grant_above_ceiling", 0)],
    "amend_up_to_less": [*GRANTED, ("amend_up", 1000)],
    "amend_up_what_was_not_granted": [("amend_up", 1000)],
    "amend_down_to_more": [*GRANTED, ("amend_down", 1000)],
    "amend_down_below_nothing": [*GRANTED, ("amend_down", -1)],
    "advance_more_than_granted": [*GRANTED, ("grant_advance", 1001)],
    "advances_together_more_than_granted": [*GRANTED, ("grant_advance", 600), ("grant_advance", 401)],
    "advance_after_settlement": [*GRANTED, ("settle", 1000), ("grant_advance", 1)],
    "set_off_elsewhere_more_than_is_owed": [*GRANTED, ("grant_advance", 800), ("pay_by_set_off", 801)],
    "set_off_more_than_is_claimed": [*PAID, ("settle", 600), ("recover", 200), ("receive_by_set_off", 201)],
    "costs_without_a_claim": [*PAID, ("charge_costs", 8)],
    "lift_without_a_claim": [*PAID, ("settle", 600), ("lift_recovery", 1)],
    "lift_a_waiver_without_a_claim": [*PAID, ("settle", 600), ("lift_write_off", 1)],
    "lift_more_interest_than_was_charged": [*PAID, ("settle", 600), ("recover", 200), ("lift_interest", 1)],
    "lift_more_costs_than_were_charged": [*PAID, ("settle", 600), ("recover", 200), ("lift_costs", 1)],
    "restore_what_was_not_withdrawn": [*GRANTED, ("amend_down", 700), ("restore", 300)],
    "pay_outside_what_is_not_owed": [("owe_penalty", 497), ("pay_outside", 498)],
    "penalty_of_nothing": [("owe_penalty", 0)],
    "pay_back_more_than_was_too_much": [*PAID, ("settle", 600), ("recover", 200), ("receive", 250), ("refund", 51)],
    "pay_back_what_came_back": [*PAID, ("return_payment", 800), ("refund", 1)],
    "keep_what_was_due": [*PAID, ("settle", 600), ("let_keep", 201)],
    "refund_of_nothing": [("owe_refund", 0)],
    "receive_what_was_due": [*PAID, ("receive_undue", 1)],
    "repaid_again_what_was_not_taken_back": [*LENT, ("repay", 800), ("repay_again", 1)],
    "repaid_again_more_than_was_received": [
        *LENT,
        ("repay", 800),
        ("amend_down", 0),
        ("restore", 1000),
        ("repay_again", 801),
    ],
    "remitted_again_more_than_is_granted": [
        *LENT,
        ("remit", 400),
        ("amend_down", 0),
        ("restore", 1000),
        ("remit_again", 1001),
    ],
    "drop_more_interest_than_was_charged": [*LENT, ("charge_loan_interest", 10), ("drop_loan_interest", 11)],
    "settle_more_than_granted": [*GRANTED, ("settle", 1001)],
    "settle_below_nothing": [*GRANTED, ("settle", -1)],
    "settle_twice": [*GRANTED, ("settle", 900), ("settle", 100)],
    "settle_anew_before_settling": [*GRANTED, ("settle_anew", 900)],
    "settle_anew_above_what_was_granted": [*GRANTED, ("settle", 900), ("settle_anew", 1001)],
    "settle_anew_at_the_same": [*GRANTED, ("settle", 900), ("settle_anew", 900)],
    "pay_twice": [*GRANTED, ("settle", 900), ("order_payment", 900), ("order_payment", 900)],
    "confirm_what_was_not_ordered": [*GRANTED, ("settle", 900), ("confirm_payment", 900)],
    "fail_what_was_not_ordered": [*GRANTED, ("settle", 900), ("fail_payment", 900)],
    "return_more_than_paid": [*PAID, ("return_payment", 801)],
    "owe_again_what_did_not_come_back": [*PAID, ("owe_again", 1)],
    "recover_what_was_due": [*PAID, ("settle", 1000), ("recover", 1)],
    "interest_without_a_claim": [*PAID, ("settle", 600), ("charge_interest", 1)],
    "receive_nothing": [("receive", 0)],
    "set_off_more_than_is_owed": [*PAID, ("settle", 600), ("recover", 200), ("set_off", 1)],
    "write_off_more_than_claimed": [*PAID, ("settle", 600), ("recover", 200), ("write_off", 201)],
    "write_off_more_than_was_ever_claimed": [
        *PAID,
        ("settle", 600),
        ("recover", 200),
        ("receive", 80),
        ("write_off", 201),
    ],
    "lend_more_than_granted": [*GRANTED, ("lend", 1001)],
    "lend_what_was_advanced": [*PAID, ("lend", 201)],
    "advance_what_was_lent": [*LENT, ("grant_advance", 1)],
    "lend_what_was_not_advanced": [*PAID, ("lend_advanced", 801)],
    "interest_without_a_loan": [*PAID, ("charge_loan_interest", 1)],
    "repay_without_a_loan": [*PAID, ("repay", 1)],
    "remit_more_than_is_outstanding": [*LENT, ("repay", 300), ("remit", 701)],
    "remit_without_a_loan": [*PAID, ("remit", 1)],
    "settle_a_loan_before_it_is_repaid": [*LENT, ("repay", 999), ("settle", 1000)],
    "settle_a_loan_lower": [*LENT, ("repay", 1000), ("settle", 900)],
    "settle_a_loan_anew": [*LENT, ("repay", 1000), ("settle", 1000), ("settle_anew", 900)],
    "ceiling_below_nothing": [("set_ceiling", -1)],
    "ceiling_as_it_was": [("set_ceiling", 5), ("set_ceiling", 5)],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    """The last event is refused with a sentence in both languages; those before it are not."""
    *steps, (act, cents) = REFUSED[name]
    standing = after(steps)
    with pytest.raises(PaymentRefused) as refused:
        EVENTS[act](standing, cents)
    assert all(refused.value.texts[language].endswith(".") for language in ("nl", "en"))


def test_every_event_is_refused_somewhere() -> None:
    """No event is without a refusal."""
    assert {steps[-1][0] for steps in REFUSED.values()} == set(EVENTS)


@given(st.data())
def test_any_row_of_events(data: Any) -> None:
    """After any row of events each transaction and case holds its invariants, and what was granted never becomes less."""
    standing, of_the_round = NEW, after([("set_ceiling", 10**9)])
    for _ in range(data.draw(st.integers(1, 30))):
        act = data.draw(st.sampled_from(sorted(set(EVENTS) - {"set_ceiling"})))
        reach = standing.amount(data.draw(st.sampled_from(sorted(KINDS))))
        cents = data.draw(st.one_of(st.integers(-1, 2000), st.just(reach), st.integers(0, max(reach, 0))))
        try:
            lines = EVENTS[act](standing, cents)
        except PaymentRefused:
            continue
        for half in HALVES:
            assert not sum(line.cents for line in lines if KINDS[line.kind].half == half)
        assert 2 <= len(lines) == len({line.kind for line in lines}) <= MOST_LINES
        assert all(line.cents for line in lines)
        granted, standing = standing.granted, standing.after(lines)
        of_the_round = of_the_round.after(lines)
        assert standing.granted >= granted
        assert [one.name for one in broken(standing, CASE)] == []
        assert [one.name for one in broken(of_the_round, ROUND_WITH_CEILING)] == []


WRONG: dict[str, tuple[Line, ...]] = {
    "halves_zero": (Line("reserved", 5), Line("payable", -5)),
    "own_side": (Line("reserved", -5), Line("available", 5)),
    "advances_within_obligation": (Line("advance", 5), Line("payable", -5)),
    "expense_is_settled": (Line("settled", 5), Line("available", -5)),
    "loan_is_repaid": (Line("loan", 10), Line("loan_interest", -10)),
    "paid_on_a_decision": (Line("advance", 5), Line("paid", -5)),
    "within_ceiling": (Line("obligation", 5), Line("available", -5)),
}


@pytest.mark.parametrize("invariant", [*CASE, *ROUND_WITH_CEILING], ids=lambda one: one.name)
def test_every_invariant_can_break(invariant: Any) -> None:
    """Each invariant holds of nothing, and is broken by sums that are wrong in its way."""
    assert invariant.holds(NEW)
    assert not invariant.holds(NEW.after(WRONG[invariant.name]))
