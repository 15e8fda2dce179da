"""What was given up of a recovery that falls away: never paid in, so that nothing of it is paid; and a claim of which page and ledger say the same."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.collect import fix_interest, set_off
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.recover import decide_recovery, remind, waive
from doorleren.decisions.commands.uphold_debts import uphold_recovery
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.models import Decision, RecoveryStep, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import claim_of, received_on
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.jobs import follow_all
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import WHY, Staff, granted, next_moment, objected, said, went
from tests.decisions.test_recovering import WEIGHED, settled_at
from tests.decisions.test_settling import PROVEN
from tests.payments.lifting import OWED_BACK, collected, recovered, revoked, sums, told_of
from tests.payments.test_afterwards import GRANTED, SETTLED

pytestmark = pytest.mark.django_db
CLAIM = GRANTED - SETTLED
KINDS = ("recoverable", "undue", OWED_BACK, "written_off")


def waived(case: Case, staff: Staff, cents: int) -> RecoveryStep:
    """Give up so much of the last recovery, without asking what came in."""
    at = next_moment(case)
    return waive(case.pk, cents, "u hebt weinig", by=by(staff["decider"], at), at=at)


@pytest.mark.parametrize(("collects", "given_up"), [
    (30_000, 10_000), (30_000, GRANTED - 30_000), (0, GRANTED), (GRANTED + 6, 10_000), (GRANTED - 5_000, 10_000),
])  # fmt: skip
def test_what_was_waived_of_a_withdrawn_grant(collects: int, given_up: int, life: tuple[Staff, Case]) -> None:
    """The grant comes back: what was paid in is owed back to the cent, and of what was given up nothing; what was paid in above the rest is on suspense."""
    staff, case = life
    act = revoked(case, staff, collects=collects)
    waived(case, staff, given_up)
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    owed = min(collects, GRANTED - given_up)
    assert sums(case, *KINDS) == [0, 0, owed, 0]
    assert sums(case, "obligation", "advance", "paid", "received", "suspense") == [GRANTED, GRANTED, GRANTED, collects - owed, collects - owed]  # fmt: skip
    assert post_afterwards(at=made.AT, most=10).waiting == ()
    claim = claim_of(case.pk, day_of(at))
    assert (claim.open_cents, claim.debt.open, claim.debt.waived, claim.debt.stands) == (0, 0, 0, 0)


def test_waived_with_interest_fees_and_a_set_off(life: tuple[Staff, Case], tmp_path: Path) -> None:
    """Interest and fees fall away too, open or paid; what was set off is to be paid again, apart from what was paid in, and of what was given up nothing."""
    staff, case = life
    act = revoked(case, staff)
    objected(case, against=act.number)
    other = made.a_case(made.library(tmp_path / "again", PROVEN), Decision.objects.get(case=case).round, "Omar")  # type: ignore[arg-type]
    made.of_the_same(other, case)
    granted(other, made.library(tmp_path / "more", PROVEN), staff)
    waived(case, staff, 10_000)
    at = next_moment(case, 4 * 365)
    remind(case.pk, 100, with_fee=True, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    interest = fix_interest(case.pk, by=by(staff["decider"], at), at=at, received=received_on(case.pk)).cents
    follow_all(lambda: made.AT)
    at = next_moment(case)
    set_off(case.pk, other.pk, 5_000, payable_cents=GRANTED, open_cents=20_000, by=by(staff["decider"], at), at=at)
    assert sums(case, "interest", "set_off_received", "written_off") == [interest, 5_000, 10_000]
    collected(case, 20_000)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, *KINDS, "interest", "costs", "payable") == [0, 0, 30_000 + 20_000, 0, 0, 0, 5_000]
    assert claim_of(case.pk, day_of(at)).posted


@pytest.mark.parametrize(("collects", "given_up", "becomes", "stands"), [
    (0, 10_000, 50_000, [CLAIM - 20_000, 0, 0, 10_000]),
    (CLAIM - 10_000, 10_000, 50_000, [0, 0, 10_000, 10_000]),
    (CLAIM - 10_000, 10_000, GRANTED, [0, 0, CLAIM - 10_000, 0]),
    (0, CLAIM, 60_000, [0, 0, 0, GRANTED - 60_000]),
    (10_000, 10_000, 65_000, [0, 0, 10_000, GRANTED - 65_000]),
])  # fmt: skip
def test_a_settlement_that_becomes_higher(
    collects: int, given_up: int, becomes: int, stands: list[int], life: tuple[Staff, Case]
) -> None:
    """Of the recovery on it falls away what there is no longer to recover, what stands before what was given up; never is more owed than was paid in."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    act = Settlement.objects.get(case=case).act
    recovered(case, staff, CLAIM, collects)
    waived(case, staff, given_up)
    objected(case, against=act.number)
    at = next_moment(case)
    answer = uphold_settlement(case.pk, becomes, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, *KINDS) == stands
    assert sums(case, "settled", "expense", "received") == [becomes, becomes, collects - stands[2]]
    assert ("van de terugvordering vervalt" in said(answer.act)) is bool(answer.lifted_cents)
    claim = claim_of(case.pk, day_of(at))
    assert (claim.open_cents, claim.debt.waived, claim.posted) == (stands[0], stands[3], True)


def test_an_amended_grant_that_comes_back(life: tuple[Staff, Case], tmp_path: Path) -> None:
    """The recovery on a lower grant falls away with it before the ledger owes more: only what was paid in is owed back."""
    staff, case = life
    told_of(case, staff, "not-done", SETTLED)
    at = next_moment(case, 15)
    row = amend(case.pk, "not-done", SETTLED, WEIGHED, by=by(staff["decider"], at), at=at)
    recovered(case, staff, CLAIM, 5_000)
    waived(case, staff, 10_000)
    assert sums(case, *KINDS) == [CLAIM - 15_000, 0, 0, 10_000]
    objected(case, against=row.act.number)
    made.assessed(case, made.library(tmp_path / "again", PROVEN), staff["assessor"], made.YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert (answer.awarded_cents, answer.lifted_cents) == (GRANTED, CLAIM - 10_000)
    assert sums(case, "obligation", "advance", *KINDS) == [GRANTED, GRANTED, 0, 0, 5_000, 0]


def test_two_recoveries_fall_away_with_the_changes_they_rest_on(life: tuple[Staff, Case], tmp_path: Path) -> None:
    """An objection against the first grant goes about both changes after it: upheld, nothing of either recovery is left to pay."""
    staff, case = life
    first = Decision.objects.get(case=case)
    objected(case, against=first.act.number)
    for cents, paid in ((SETTLED + 10_000, GRANTED), (SETTLED, SETTLED + 10_000)):
        told_of(case, staff, "not-done", cents)
        at = next_moment(case, 15)
        amend(case.pk, "not-done", cents, WEIGHED, by=by(staff["decider"], at), at=at)
        at = next_moment(case)
        row = decide_recovery(case.pk, paid - cents, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
        went(row.act)
    assert sums(case, "obligation", "recoverable") == [SETTLED, CLAIM]
    made.assessed(case, made.library(tmp_path / "again", PROVEN), staff["assessor"], made.YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert (answer.awarded_cents, answer.lifted_cents) == (GRANTED, CLAIM)
    assert sums(case, "obligation", "recoverable", "payable") == [GRANTED, 0, 0]


@pytest.mark.parametrize(("recovers", "stands", "waits"), [
    (CLAIM, [GRANTED, GRANTED, 0, 0, 0, 5_000, 0], False),
    (CLAIM + 1, [SETTLED, SETTLED, 0, 0, CLAIM, 5_000, 0], True),
], ids=["what is held", "more than that"])  # fmt: skip
def test_a_ledger_that_follows_late_keeps_the_order(
    recovers: int, stands: list[int], waits: bool, life: tuple[Staff, Case], tmp_path: Path
) -> None:
    """A grant that came back, was settled lower, recovered and upheld again before the ledger looked: in that order; of a recovery it refuses nothing is owed back."""
    staff, case = life
    told_of(case, staff, "not-done", SETTLED)
    at = next_moment(case, 15)
    row = amend(case.pk, "not-done", SETTLED, WEIGHED, by=by(staff["decider"], at), at=at)
    recovered(case, staff, CLAIM, 5_000)
    objected(case, against=row.act.number)
    made.assessed(case, made.library(tmp_path / "again", PROVEN), staff["assessor"], made.YES, at=next_moment(case))
    at = next_moment(case)
    uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    settled_at(SETTLED, case, staff)
    act = Settlement.objects.get(case=case).act
    at = next_moment(case)
    second = decide_recovery(
        case.pk, recovers, WEIGHED, paid_cents=SETTLED + recovers, by=by(staff["decider"], at), at=at
    )
    went(second.act)
    objected(case, against=act.number)
    at, another = next_moment(case), made.officials(case.body)["second"]
    uphold_settlement(case.pk, GRANTED, WHY, by=by(another, at), at=at)
    assert sums(case, "settled", "expense", "obligation", *KINDS) == stands
    assert bool(post_afterwards(at=made.AT, most=10).waiting) is waits


@pytest.mark.parametrize("given_up", [CLAIM, CLAIM - 20_000])
def test_what_comes_in_before_a_waiver_is_posted(given_up: int, life: tuple[Staff, Case]) -> None:
    """Given up while the debtor pays: nothing is open, on the page as in the ledger, and what was paid above the rest is on suspense."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    recovered(case, staff, CLAIM, 0)
    waived(case, staff, given_up)
    collected(case, 25_000)
    assert sums(case, *KINDS, "received", "suspense") == [0, 0, 0, given_up, 25_000, given_up + 25_000 - CLAIM]
    assert post_afterwards(at=made.AT, most=10).waiting == ()
    claim = claim_of(case.pk, day_of(next_moment(case)))
    assert (claim.open_cents, claim.debt.open, claim.posted) == (0, 0, True)


@pytest.mark.parametrize("order", [("waiver", "receipt"), ("receipt", "waiver")], ids=" then ".join)
def test_the_order_of_waiver_and_receipt_makes_no_difference(order: tuple[str, str], life: tuple[Staff, Case]) -> None:
    """Whether the ledger has the waiver or the receipt first: it ends the same."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    recovered(case, staff, CLAIM, 0)
    waived(case, staff, CLAIM - 10_000)
    for one in order:
        if one == "receipt":
            collected(case, 15_000)
        else:
            follow_all(lambda: made.AT)
    assert sums(case, *KINDS, "received", "suspense") == [0, 0, 0, CLAIM - 10_000, 15_000, 5_000]


def test_two_recoveries_that_were_given_up_and_fell_away(life: tuple[Staff, Case]) -> None:
    """In one case twice a recovery, a waiver and an objection that was upheld: each waiver falls away once, and nothing is paid of it."""
    staff, case = life
    act = revoked(case, staff, collects=0)
    waived(case, staff, 10_000)
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, *KINDS) == [0, 0, 0, 0]
    settled_at(SETTLED, case, staff)
    act = Settlement.objects.get(case=case).act
    recovered(case, staff, CLAIM, 4_000)
    waived(case, staff, 7_000)
    assert sums(case, *KINDS) == [CLAIM - 11_000, 0, 0, 7_000]
    objected(case, against=act.number)
    at, another = next_moment(case), made.officials(case.body)["second"]
    uphold_settlement(case.pk, GRANTED, WHY, by=by(another, at), at=at)
    assert sums(case, *KINDS, "received") == [0, 0, 4_000, 0, 0]


def test_a_recovery_given_up_as_a_whole_can_fall_away(life: tuple[Staff, Case]) -> None:
    """An objection against it is upheld for all of it and for no part; nothing is owed back, and nothing is given up any more."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    row = recovered(case, staff, CLAIM, 0)
    waived(case, staff, CLAIM)
    objected(case, against=row.act.number)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="als geheel"):
        uphold_recovery(case.pk, CLAIM - 1, WHY, by=by(staff["second"], at), at=at)
    assert uphold_recovery(case.pk, CLAIM, WHY, by=by(staff["second"], at), at=at).lifted_cents == CLAIM
    assert sums(case, *KINDS) == [0, CLAIM, 0, 0]
    claim = claim_of(case.pk, day_of(at))
    assert (claim.debt.waived, claim.debt.stands, claim.debt.open, claim.posted) == (0, 0, 0, True)


@pytest.mark.parametrize(("falls", "left"), [(5_000, 10_000), (CLAIM - 10_000, 0)])
def test_what_was_waived_stays_while_something_is_recovered(falls: int, left: int, life: tuple[Staff, Case]) -> None:
    """Of a recovery that falls away in part the waiver stays; where nothing of it stays, it was never given up either."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    row = recovered(case, staff, CLAIM, 0)
    waived(case, staff, 10_000)
    objected(case, against=row.act.number)
    at = next_moment(case)
    uphold_recovery(case.pk, falls, WHY, by=by(staff["second"], at), at=at)
    open_ = CLAIM - 10_000 - falls
    assert sums(case, *KINDS) == [open_, CLAIM - open_ - left, 0, left]


def test_a_waiver_past_the_decisions_is_found(life: tuple[Staff, Case]) -> None:
    """Negative control of the check: what is written off, or falls away, without its decision, is named."""
    staff, case = life
    revoked(case, staff)
    waived(case, staff, 10_000)
    follow_all(lambda: made.AT)
    assert check_ledger().breaks == ()
    subject, place = Party("case", str(case.pk)), (case.body_id, Decision.objects.get(case=case).round_id)
    for act, key, name in (
        ("write_off", "by hand", "written_off_as_waived"),
        ("lift_write_off", "lift_write_off/0", "lifted_as_decided"),
    ):
        post(Event(act, subject, 7, key, *place), by=SITE, at=made.AT)
        assert name in check_ledger().counts


def test_interest_fixed_anew_is_open_on_the_page_too(life: tuple[Staff, Case]) -> None:
    """After a part fell away that had been collected, interest over what stayed is open in the ledger, on the page, and in a reminder."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    follow_all(lambda: made.AT)
    at = next_moment(case)
    row = decide_recovery(case.pk, CLAIM - 1, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    went(row.act)
    objected(case, against=row.act.number)
    follow_all(lambda: made.AT)
    at = next_moment(case, 4 * 365)
    collected(case, CLAIM + 5, at)
    uphold_recovery(case.pk, 5_000, WHY, by=by(staff["second"], at), at=at)
    assert sums(case, "recoverable", OWED_BACK, "suspense") == [0, 5_000, 6]
    at = next_moment(case, 1)
    interest = fix_interest(case.pk, by=by(staff["decider"], at), at=at, received=received_on(case.pk)).cents
    assert claim_of(case.pk, day_of(at)).posted is False
    assert sums(case, "recoverable", OWED_BACK, "suspense") == [interest, 5_000, 6]
    claim = claim_of(case.pk, day_of(at))
    assert (claim.open_cents, claim.debt.open, claim.posted) == (interest, interest, True)
    at = next_moment(case, 43)  # six weeks to pay the interest
    assert (
        remind(case.pk, interest, by=by(staff["assessor"], at), at=at, received=received_on(case.pk)).cents == interest
    )


def test_what_came_in_on_an_earlier_recovery(life: tuple[Staff, Case]) -> None:
    """What was paid on a recovery that fell away plays no part in the next one: page and ledger claim the same."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    act = revoked(case, staff, "facts-after-settlement")
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    follow_all(lambda: made.AT)
    recovered(case, staff, CLAIM, 5_000)
    claim = claim_of(case.pk, day_of(at + timedelta(days=1)))
    assert (claim.open_cents, claim.debt.open, [one.cents for one in received_on(case.pk)]) == (
        CLAIM - 5_000,
        CLAIM - 5_000,
        [5_000],
    )
