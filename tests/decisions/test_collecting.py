"""Collecting what is recovered: reminder with its fee, deferral, interest, set-off, writ, limitation; each an act with its letter."""

from datetime import date, datetime, timedelta

import pytest

from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.collecting import debt_of
from doorleren.decisions.commands.collect import defer, fix_interest, note_writ, set_off
from doorleren.decisions.commands.recover import decide_recovery, remind, waive
from doorleren.decisions.debts import Moved
from doorleren.decisions.models import Recovery
from doorleren.decisions.objections import contestable
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Letter
from doorleren.letters.queries import content_of
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import a_case, by, of_the_same
from tests.decisions.objecting import Staff, granted, next_moment, said, went
from tests.decisions.test_recovering import WEIGHED, paid, settled_at

CLAIM = 29_995


@pytest.fixture
def case(known: Library, round_: Round, staff: Staff) -> Case:
    """A case of which 299.95 is recovered, in one part."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    settled_at(40_000, one, staff)
    at = next_moment(one)
    went(decide_recovery(one.pk, CLAIM, WEIGHED, paid_cents=69_995, by=by(staff["decider"], at), at=at).act)
    return one


def words_of(template: str) -> str:
    """Give the words of a letter that starts no term."""
    content = content_of(Letter.objects.get(template=template))
    return " ".join((content.subject, *(piece.text for piece in content.pieces)))


def late(case: Case, days: int = 1) -> datetime:
    """Give a moment so many days after the last day to pay."""
    last = debt_of(case.pk).instalments[-1].day
    at = next_moment(case)
    return at + timedelta(days=(last - day_of(at)).days + days)


def test_a_reminder_with_its_fee(case: Case, staff: Staff) -> None:
    """A reminder may cost what the law says of its day; the fee stands in the letter and is open beside the claim."""
    at = late(case)
    step = remind(case.pk, CLAIM, with_fee=True, by=by(staff["assessor"], at), at=at)
    assert (step.fee_cents, step.act.ground) == (800, "Awb, art. 4:112")
    told = words_of("reminded")
    assert "8,00" in told
    assert "307,95" in told
    assert (debt_of(case.pk).open, debt_of(case.pk).left) == (CLAIM + 800, CLAIM)


def test_deferred_in_instalments(case: Case, staff: Staff) -> None:
    """What is open is spread over months, to the cent; what was paid before is no part of it; one can object."""
    at = next_moment(case)
    day, received = day_of(at) + timedelta(days=30), [Moved(day_of(at), 10_000)]
    decider = by(staff["decider"], at)
    for wrong, told in (((0, day), "1 tot en met 60 delen"), ((61, day), "delen"), ((3, day_of(at)), "een dag na")):
        with pytest.raises(DecisionRefused, match=told):
            defer(case.pk, *wrong, by=decider, at=at, received=received)
    with pytest.raises(NotAllowed):
        defer(case.pk, 3, day, by=by(staff["assessor"], at), at=at, received=received)
    step = defer(case.pk, 3, day, by=decider, at=at, received=received)
    assert (step.cents, step.instalments, step.act.ground) == (19_995, 3, "Awb, art. 4:94")
    for words in ("199,95", "66,65", "loopt de wettelijke rente door"):
        assert words in said(step.act)
    debt = debt_of(case.pk, [*received, Moved(day, 7_000)])
    assert [(one.cents, one.state) for one in debt.standing(day)] == [(6_665, "paid"), (335, "partly"), (0, "open")]
    assert debt.overdue(day + timedelta(days=32)) == 19_995 // 3 * 2 - 7_000
    assert contestable(Case.objects.get(pk=case.pk))[0].act == step.act


@pytest.mark.parametrize("free", [False, True])
def test_interest_over_a_deferral(free: bool, case: Case, staff: Staff) -> None:
    """Interest runs on over a deferral, unless the decision says otherwise; then it stops there and begins again when that is late."""
    first = debt_of(case.pk).instalments[0].day
    at = late(case, 10)
    new = day_of(at) + timedelta(days=100)
    defer(case.pk, 1, new, interest_free=free, by=by(staff["decider"], at), at=at)
    days = sum(one.days for one in debt_of(case.pk).interest(new + timedelta(days=5)))
    changed = day_of(at)
    assert days == ((changed - first).days + 5 if free else (new - first).days + 5)


def test_interest_is_fixed_with_its_calculation(case: Case, staff: Staff) -> None:
    """Interest is fixed up to yesterday with its calculation in the letter; below twenty euros, or again, nothing is."""
    at = late(case, 30)
    with pytest.raises(DecisionRefused, match="Onder € 20,00 is niets verschuldigd"):
        fix_interest(case.pk, by=by(staff["decider"], at), at=at)
    at = late(case, 3 * 365)
    with pytest.raises(DecisionRefused, match="een dag voor"):
        fix_interest(case.pk, until=day_of(at), by=by(staff["decider"], at), at=at)
    with pytest.raises(NotAllowed):
        fix_interest(case.pk, by=by(staff["paymaster"], at), at=at)
    step = fix_interest(case.pk, by=by(staff["decider"], at), at=at)
    assert step.counted_until == day_of(at) - timedelta(days=1)
    assert step.act.ground == "Awb, art. 4:99"
    # almost three years at 4 %, of which two are counted over the year before
    assert 3_700 < step.cents < CLAIM * (1.04**3 - 1)
    for words in ("4% per jaar over € 299,95", f"{step.cents // 100},{step.cents % 100:02d}", "tot en met"):
        assert words in said(step.act)
    assert debt_of(case.pk).open == CLAIM + step.cents
    with pytest.raises(DecisionRefused, match="De rente is € 0,00"):
        fix_interest(case.pk, by=by(staff["decider"], at), at=at)


def test_a_writ_only_after_the_time_of_a_reminder(case: Case, staff: Staff) -> None:
    """A writ waits for a reminder and its two weeks, for who could decide the recovery; a deferral asks another reminder."""
    at = late(case)
    with pytest.raises(DecisionRefused, match="tijd van een aanmaning"):
        note_writ(case.pk, CLAIM, by=by(staff["decider"], at), at=at)
    step = remind(case.pk, CLAIM, by=by(staff["assessor"], at), at=at)
    assert step.pay_by is not None
    long_after = next_moment(case, 30)
    with pytest.raises(DecisionRefused, match=r"‘aanmaning’ van .* is nog niet verzonden"):
        note_writ(case.pk, CLAIM, by=by(staff["decider"], long_after), at=long_after)
    went(step.act)
    with pytest.raises(DecisionRefused, match="tijd van een aanmaning"):
        note_writ(case.pk, CLAIM, by=by(staff["decider"], at), at=at)
    at = late(case, (step.pay_by - debt_of(case.pk).instalments[0].day).days + 1)
    with pytest.raises(NotAllowed):
        note_writ(case.pk, CLAIM, by=by(staff["assessor"], at), at=at)
    with pytest.raises(DecisionRefused, match="tot en met € 299,95"):
        note_writ(case.pk, CLAIM + 1, by=by(staff["decider"], at), at=at)
    writ = note_writ(case.pk, CLAIM, by=by(staff["decider"], at), at=at)
    assert (writ.step, writ.cents, writ.act.ground) == ("writ", CLAIM, "Awb, art. 4:114 to 4:124")
    at = next_moment(case)
    defer(case.pk, 2, day_of(at) + timedelta(days=30), by=by(staff["decider"], at), at=at)
    at = next_moment(case, 200)
    with pytest.raises(DecisionRefused, match="Maan eerst opnieuw aan"):
        note_writ(case.pk, CLAIM, by=by(staff["decider"], at), at=at)


def test_barred_after_five_years(case: Case, staff: Staff) -> None:
    """Five years after the last day to pay nothing is collected any more; a reminder begins those years anew."""
    last = debt_of(case.pk).instalments[0].day
    assert debt_of(case.pk).barred_after() == date(last.year + 5, last.month, last.day)
    at = late(case, 4 * 365)
    went(remind(case.pk, CLAIM, by=by(staff["assessor"], at), at=at).act)
    assert debt_of(case.pk).barred_after() == date(at.year + 5, at.month, at.day)
    at = late(case, 10 * 365)
    with pytest.raises(DecisionRefused, match="verjaard"):
        remind(case.pk, CLAIM, by=by(staff["assessor"], at), at=at)
    with pytest.raises(DecisionRefused, match="verjaard"):
        note_writ(case.pk, CLAIM, by=by(staff["decider"], at), at=at)


def test_set_off_against_another_case(case: Case, known: Library, round_: Round, staff: Staff) -> None:
    """A claim is set off against what the same recipient is to be paid, within both amounts; never with money of another."""
    other, stranger = a_case(known, round_, "Omar"), a_case(known, round_, "Piet")
    of_the_same(other, case)
    for one in (other, stranger):
        granted(one, known, staff)
    at = max(next_moment(case), next_moment(other))
    decider = by(staff["decider"], at)
    with pytest.raises(DecisionRefused, match="dezelfde ontvanger"):
        set_off(case.pk, stranger.pk, 1, payable_cents=69_995, open_cents=CLAIM, by=decider, at=at)
    for payable, most in ((69_995, CLAIM), (20_000, 20_000)):
        with pytest.raises(DecisionRefused, match=f"tot en met € {most // 100}"):
            set_off(case.pk, other.pk, most + 1, payable_cents=payable, open_cents=CLAIM, by=decider, at=at)
    step = set_off(case.pk, other.pk, 20_000, payable_cents=69_995, open_cents=CLAIM, by=decider, at=at)
    assert (step.against, step.act.ground) == (other, "Awb, art. 4:57 and 4:93")
    for words in ("200,00", "699,95", "499,95", "99,95", other.reference):
        assert words in said(step.act)
    assert (debt_of(case.pk).left, debt_of(case.pk).open) == (9_995, 9_995)


def test_a_waiver_has_a_letter(case: Case, staff: Staff) -> None:
    """Who is let off part of a claim reads how that was weighed, and what is left."""
    at = next_moment(case)
    step = waive(case.pk, 9_995, "er zijn schulden", by=by(staff["decider"], at), at=at)
    told = words_of("waived")
    assert step.act.ground == "Awb, art. 4:94a"
    assert "Er zijn schulden." in told
    assert "200,00" in told


def test_a_plan_in_the_decision(known: Library, round_: Round, staff: Staff) -> None:
    """A recovery in instalments says each part with its day in the letter."""
    one = a_case(known, round_)
    granted(one, known, staff)
    paid(one, staff)
    settled_at(40_000, one, staff)
    at = next_moment(one)
    row = decide_recovery(one.pk, 29_999, WEIGHED, paid_cents=70_000, instalments=2, by=by(staff["decider"], at), at=at)
    assert "150,00" in said(row.act)
    assert "149,99" in said(row.act)
    assert Recovery.objects.get().instalments == 2
