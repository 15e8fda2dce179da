"""A grant that settles at once, in its own decision: what can still become of it in law, and how the ledger follows, to the cent."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.appeals import to_appeal
from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import why_not
from doorleren.cases.stops import STOPS
from doorleren.cases.terms.appealing import ANNULLED, GRANTING
from doorleren.core.days import day_of
from doorleren.decisions.commands.amend import amend, invoke_budget_reservation
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.revoke import intend_to_revoke, revoke
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.models import Decision, Recovery, Revocation
from doorleren.decisions.objections import contestable
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.post import Event, post
from doorleren.payments.jobs import follow_all
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import UNTIL, YES, assessed, by
from tests.decisions.objecting import WHY, Staff, next_moment, objected, sent
from tests.decisions.test_recovering import WEIGHED, settled_at
from tests.payments.lifting import OWED_BACK, revoked, sums, told_of
from tests.payments.test_afterwards import GRANTED, SETTLED, by_the_bank, followed

pytestmark = pytest.mark.django_db

DIRECT = made.HARD.replace('kind = "grant_settle"', 'kind = "direct"')
LESS = 40_000
KINDS = ("settled", "expense", "obligation", "released", "recoverable", "undue", "payable")


@pytest.fixture
def direct(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case that was granted and settled in one decision, and paid."""
    staff, case = followed(tmp_path, DIRECT)
    assert by_the_bank(case) == GRANTED
    noted_paid(case, staff)
    return staff, case


def noted_paid(case: Case, staff: Staff) -> None:
    """Note that what was settled was paid."""
    at = next_moment(case)
    perform(case.pk, "paid", by=by(staff["paymaster"], at), at=at)


def annulled(case: Case, staff: Staff) -> None:
    """Let a court annul what was decided last, and leave a decision to take."""
    at = next_moment(case)
    against = next(one for one in to_appeal(case) if one.act in GRANTING)
    note_appeal(case.pk, against.number, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    note_judgment(case.pk, ANNULLED, by=by(staff["assessor"], at), at=at)


def case_round(case: Case) -> int | None:
    """Give the number of the round from which a case is paid."""
    found = decision_in_force(case.pk)
    return None if found is None else found.round_id


def lowered(case: Case, staff: Staff, cents: int = LESS) -> Decision:
    """Lower a grant because the recipient asked so."""
    at = next_moment(case)
    return amend(case.pk, "own-request", cents, WEIGHED, by=by(staff["decider"], at), at=at)


def test_it_is_not_amended(direct: tuple[Staff, Case]) -> None:
    """Neither on one's own request nor for the budget: it was settled (Awb 4:48, 4:34); the table of acts says so too."""
    staff, case = direct
    with pytest.raises(DecisionRefused, match="al vastgesteld") as found:
        lowered(case, staff)
    assert found.value.code == "settled"
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="al vastgesteld") as found:
        invoke_budget_reservation(case.pk, 0, "te weinig", adopted_on=day_of(at), by=by(staff["decider"], at), at=at)
    assert found.value.code == "settled"
    assert why_not("amended", moments_of(case)) == STOPS["settled"].texts
    with pytest.raises(CaseRefused, match="al vastgesteld"):
        perform(case.pk, "amended", by=by(staff["decider"], at), at=at)
    assert sums(case, *KINDS) == [GRANTED, GRANTED, 0, 0, 0, 0, 0]


def test_it_is_withdrawn_as_a_settlement(direct: tuple[Staff, Case]) -> None:
    """On a ground of Awb 4:49 only and as a whole; the ledger releases it, and nothing of what was paid may be kept."""
    staff, case = direct
    for ground, cents in (("not-done", 0), ("facts-after-settlement", LESS)):
        with pytest.raises(DecisionRefused, match=r"grond kan nu niet|om in te trekken"):
            told_of(case, staff, ground, cents)
    told_of(case, staff, "facts-after-settlement", 0)
    at = next_moment(case, 15)
    row = revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    assert (row.act.ground, row.settlement, row.lost_cents) == ("Awb, art. 4:49", None, GRANTED)
    assert sums(case, *KINDS) == [0, 0, 0, GRANTED, 0, GRANTED, 0]
    at = next_moment(case)
    decide_recovery(case.pk, GRANTED, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    assert Recovery.objects.get(case=case).due_cents == 0
    assert sums(case, *KINDS) == [0, 0, 0, GRANTED, GRANTED, 0, 0]


@pytest.mark.parametrize("days", [0, 1])
def test_it_is_withdrawn_within_five_years(days: int, direct: tuple[Staff, Case]) -> None:
    """Until five years after the day on which it was settled, which is that of the grant, and not a day later (Awb 4:49)."""
    staff, case = direct
    settled = decision_in_force(case.pk)
    assert settled is not None
    on = settled.decided_on
    at = next_moment(case, (on.replace(year=on.year + 5) - day_of(next_moment(case))).days + days - 15)
    intend_to_revoke(
        case.pk,
        "facts-after-settlement",
        0,
        "er was niets",
        until=day_of(at) + timedelta(days=7),
        by=by(staff["decider"], at),
        at=at,
    )
    at = next_moment(case)
    perform(case.pk, "view_received", by=by(staff["assessor"], at), at=at)
    at = next_moment(case, 15)
    if days:
        with pytest.raises(DecisionRefused, match="vijf jaar voorbij"):
            revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    else:
        revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    assert Revocation.objects.filter(decision=settled).exists() is not bool(days)


def test_it_comes_back_granted_and_settled(direct: tuple[Staff, Case]) -> None:
    """An objection against its withdrawal restores both: what was paid has its ground again, and no more than that is owed."""
    staff, case = direct
    act = revoked(case, staff, "facts-after-settlement")
    objected(case, against=act.number)
    at = next_moment(case)
    uphold_revocation(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (case.state, case.granted_at) == ("settled", case.settled_as_granted_at)
    assert sums(case, *KINDS, OWED_BACK) == [GRANTED, GRANTED, 0, 0, 0, 0, 0, 30_000]
    with pytest.raises(DecisionRefused, match="al vastgesteld"):
        lowered(case, staff)


def partly(folder: Path) -> tuple[Library, Staff, Case]:
    """Grant and settle less than was asked, and pay that."""
    known = made.library(folder, DIRECT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    granted_at(case, known, staff)
    follow_all(lambda: made.AT)
    assert by_the_bank(case) == LESS
    noted_paid(case, staff)
    return known, staff, case


def granted_at(case: Case, known: Library, staff: Staff, cents: int = LESS) -> Decision:
    """Assess a case at so many cents, and grant that."""
    assessed(case, known, staff["assessor"], YES, at=next_moment(case), cents=cents)
    at = next_moment(case)
    return sent(grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=UNTIL), staff)


def test_an_objection_raises_grant_and_settlement(tmp_path: Path) -> None:
    """It is one decision, and so is what one can object to; upheld, more is granted and settled, and the rest is paid."""
    known, staff, case = partly(tmp_path)
    assert [one.act.act for one in contestable(case)] == ["partly_granted"]
    row = objected(case)
    assert row.against.act == "partly_granted"
    assert row.last_day is not None
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at = next_moment(case)
    answer = uphold(case.pk, WHY, by=by(staff["second"], at), at=at)
    case.refresh_from_db()
    assert (answer.awarded_cents, case.state) == (GRANTED, "settled")
    assert sums(case, *KINDS) == [GRANTED, GRANTED, 0, 0, 0, 0, GRANTED - LESS]
    assert contestable(case)[0].act.act == "partly_granted"


def test_annulled_by_a_court_it_is_decided_anew(tmp_path: Path) -> None:
    """What is granted and settled then takes the place of what was, and stands not beside it: higher, and lower after another judgment."""
    known, staff, case = partly(tmp_path)
    for cents, undue, owed in ((GRANTED, 0, GRANTED - LESS), (LESS, GRANTED - LESS, 0)):
        annulled(case, staff)
        with pytest.raises(DecisionRefused, match="al vastgesteld"):
            lowered(case, staff, LESS - 1)
        granted_at(case, known, staff, cents)
        assert sums(case, *KINDS)[:3] == [cents, cents, 0]
        assert sums(case, "undue", "payable") == [undue, owed]
        for act in ("order_payment", "confirm_payment") if owed else ():
            post(
                Event(act, Party("case", str(case.pk)), owed, f"{act}/2", case.body_id, case_round(case)),
                by=SITE,
                at=made.AT,
            )


@pytest.mark.parametrize("followed_before", [True, False])
def test_a_settlement_that_was_annulled_is_amended_and_settled_again(
    followed_before: bool, life: tuple[Staff, Case]
) -> None:
    """After the judgment the grant is an obligation again, of what it becomes; so too where the ledger had not followed the settlement."""
    staff, case = life
    settled_at(SETTLED, case, staff)
    if followed_before:
        assert sums(case, "settled", "undue") == [SETTLED, GRANTED - SETTLED]
    annulled(case, staff)
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="geldt niet meer"):
        decide_recovery(case.pk, 1, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    lowered(case, staff, 60_000)
    assert sums(case, "settled", "obligation", "advance", "undue") == [0, 60_000, 60_000, GRANTED - 60_000]
    settled_at(50_000, case, staff)
    assert sums(case, "settled", "expense", "obligation", "undue") == [50_000, 50_000, 0, GRANTED - 50_000]


def test_a_withdrawal_that_was_annulled_leaves_a_grant_to_amend(life: tuple[Staff, Case]) -> None:
    """The withdrawn money comes back as far as the grant stands then, and the ledger holds."""
    staff, case = life
    told_of(case, staff, "not-done", 0)
    at = next_moment(case, 15)
    revoke(case.pk, WEIGHED, by=by(staff["decider"], at), at=at)
    assert sums(case, "obligation", "released", "undue") == [0, GRANTED, GRANTED]
    annulled(case, staff)
    lowered(case, staff)
    assert sums(case, "obligation", "released") == [LESS, GRANTED - LESS]
    assert check_ledger().breaks == ()
