"""Two recoveries in one case: what was paid is counted once, each falls away by its own objection, and page and ledger say the same."""

import json

import pytest

from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.lift_recovery import debt_so_far
from doorleren.decisions.commands.recover import decide_recovery, remind, waive
from doorleren.decisions.commands.uphold_debts import uphold_recovery
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.models import Recovery, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.sealed import Row, rows_of
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import claim_of, claimed_on, paid_on, received_on
from doorleren.payments.jobs import follow_all
from doorleren.people.file_keys import key_of, opened
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, went
from tests.decisions.test_recovering import WEIGHED, settled_at
from tests.payments.lifting import OWED_BACK, collected, recovered, revoked, sums, told_of
from tests.payments.test_afterwards import GRANTED, SETTLED

pytestmark = pytest.mark.django_db

FIRST = 10_000


def recovered_now(case: Case, staff: Staff, cents: int) -> Recovery:
    """Recover so many cents of what was paid by now, with the ledger following."""
    follow_all(lambda: made.AT)
    at = next_moment(case)
    row = decide_recovery(case.pk, cents, WEIGHED, paid_cents=paid_on(case.pk), by=by(staff["decider"], at), at=at)
    went(row.act)
    follow_all(lambda: made.AT)
    return row


def two(case: Case, staff: Staff) -> tuple[Recovery, Recovery]:
    """Lower the grant by 100 and recover that, settle it at 400 and recover the rest."""
    told_of(case, staff, "not-done", GRANTED - FIRST)
    at = next_moment(case, 15)
    amend(case.pk, "not-done", GRANTED - FIRST, WEIGHED, by=by(staff["decider"], at), at=at)
    first = recovered_now(case, staff, FIRST)
    settled_at(SETTLED, case, staff)
    return first, recovered_now(case, staff, GRANTED - FIRST - SETTLED)


def calculation(row: Recovery) -> tuple[Row, ...]:
    """Open how a recovery was counted."""
    about = Party("case", str(row.case_id))
    raw = opened(bytes(row.content), key_of(about, at=row.act.at), about, f"recovery-{row.act.number}")
    return rows_of(json.loads(raw)["calculation"])


def test_what_was_paid_again_counts_once(life: tuple[Staff, Case]) -> None:
    """What of a recovery fell away was paid before and is owed back apart: a later recovery, its letter's sum and its bound count it once."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    row = recovered(case, staff, GRANTED - SETTLED, GRANTED - SETTLED)
    objected(case, against=row.act.number)
    at = next_moment(case)
    uphold_recovery(case.pk, FIRST, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, "payable", OWED_BACK) == [0, FIRST]
    assert (standing_of("case", str(case.pk)).amount("paid"), paid_on(case.pk)) == (GRANTED, GRANTED)
    act = revoked(case, made.officials(case.body), "facts-after-settlement", collects=0, recovers=SETTLED + FIRST)
    found = Recovery.objects.get(basis=act)
    assert (found.paid_cents, found.due_cents, found.cents) == (GRANTED, 0, SETTLED + FIRST)
    assert [(one.texts["nl"], one.cents) for one in calculation(found)] == [
        ("betaald", GRANTED), ("daarvan vroegen wij al terug", GRANTED - SETTLED - FIRST), ("daarvan mag u houden", 0),
        ("u betaalt terug", SETTLED + FIRST),
    ]  # fmt: skip
    assert sums(case, "undue", "recoverable", "payable") == [0, SETTLED + FIRST, 0]


def test_not_more_than_is_left(life: tuple[Staff, Case]) -> None:
    """What was recovered before cannot be recovered again: one cent more is refused beside the field."""
    staff, case = life
    told_of(case, staff, "not-done", GRANTED - FIRST)
    at = next_moment(case, 15)
    amend(case.pk, "not-done", GRANTED - FIRST, WEIGHED, by=by(staff["decider"], at), at=at)
    recovered_now(case, staff, FIRST)
    settled_at(SETTLED, case, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="€ 199,95"):
        decide_recovery(
            case.pk, GRANTED - FIRST - SETTLED + 1, WEIGHED, paid_cents=paid_on(case.pk), by=by(staff["decider"], at), at=at
        )  # fmt: skip


def test_of_a_settlement_that_becomes_higher_the_last_recovery_falls_first(life: tuple[Staff, Case]) -> None:
    """100 and then 199.95 recovered of 699.95; of 500 that may be kept after all 199.95 is left to recover: 100 of the second falls away."""
    staff, case = life
    first, second = two(case, staff)
    objected(case, against=Settlement.objects.get(case=case).act.number)
    at = next_moment(case)
    answer = uphold_settlement(case.pk, 50_000, WHY, by=by(staff["second"], at), at=at)
    assert answer.lifted_cents == FIRST
    assert (debt_so_far(first).stands, debt_so_far(second).stands) == (FIRST, GRANTED - 50_000 - FIRST)
    assert sums(case, "settled", "recoverable", "undue", "payable") == [50_000, GRANTED - 50_000, 0, 0]


@pytest.mark.parametrize(("came_in", "stands"), [
    (0, [GRANTED - SETTLED - 4_000, 0, 4_000]),
    (FIRST, [GRANTED - FIRST - SETTLED - 4_000, 0, 4_000]),
    (GRANTED - SETTLED, [0, 4_000, 4_000]),
], ids=["nothing", "the first", "both"])  # fmt: skip
def test_an_objection_against_the_first_lifts_that_one(
    came_in: int, stands: list[int], life: tuple[Staff, Case]
) -> None:
    """It is decided about its own recovery: the other stands, and what was collected on the one comes off what is open of the other, else it is owed back."""
    staff, case = life
    first, second = two(case, staff)
    if came_in:
        collected(case, came_in)
    objected(case, against=first.act.number)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="tot en met € 100,00"):
        uphold_recovery(case.pk, FIRST + 1, WHY, by=by(staff["second"], at), at=at)
    uphold_recovery(case.pk, 4_000, WHY, by=by(staff["second"], at), at=at)
    assert (debt_so_far(first).stands, debt_so_far(second).stands) == (FIRST - 4_000, GRANTED - FIRST - SETTLED)
    assert sums(case, "recoverable", OWED_BACK, "undue") == stands
    claim = claim_of(case.pk, day_of(at))
    assert (claim.posted, claim.open_cents + claim.earlier_cents) == (True, stands[0])


def test_the_last_of_two_is_collected(life: tuple[Staff, Case]) -> None:
    """With two open, a reminder is about the last; what comes in counts for it first, and what is over for the one before."""
    staff, case = life
    _, second = two(case, staff)
    cents = GRANTED - FIRST - SETTLED
    assert claimed_on(case.pk) == cents
    at = next_moment(case, (second.pay_by - day_of(case.last_act_at)).days + 20)
    told = remind(case.pk, claimed_on(case.pk), by=by(staff["assessor"], at), at=at, received=received_on(case.pk))
    assert told.cents == cents
    collected(case, cents + 3_000, at)
    claim = claim_of(case.pk, day_of(at))
    assert (claim.posted, claim.open_cents, claim.earlier_cents) == (True, 0, FIRST - 3_000)


def test_with_a_waiver_of_the_last(life: tuple[Staff, Case]) -> None:
    """What is given up of the last recovery plays no part in the one before it."""
    staff, case = life
    first, _ = two(case, staff)
    at = next_moment(case)
    waive(case.pk, 5_000, "er zijn schulden", by=by(staff["decider"], at), at=at, received=received_on(case.pk))
    follow_all(lambda: made.AT)
    objected(case, against=first.act.number)
    at = next_moment(case)
    uphold_recovery(case.pk, FIRST, WHY, by=by(staff["second"], at), at=at)
    claim = claim_of(case.pk, day_of(at))
    assert sums(case, "recoverable", "written_off") == [GRANTED - FIRST - SETTLED - 5_000, 5_000]
    claim = claim_of(case.pk, day_of(at))
    assert (claim.posted, claim.debt.waived, claim.earlier_cents) == (True, 5_000, 0)
