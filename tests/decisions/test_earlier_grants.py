"""What the same recipient was granted before: the facts on record and the sums of other money count the same grants, as they stand in law."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE
from doorleren.cases.appeals import to_appeal
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.models import Case
from doorleren.cases.terms.appealing import ANNULLED, GRANTING
from doorleren.core.days import add_months, day_of
from doorleren.decisions.commands.amend import amend
from doorleren.decisions.commands.decide_objection import reject
from doorleren.decisions.commands.uphold_revocation import uphold_revocation
from doorleren.decisions.earlier_grants import earlier_grants
from doorleren.decisions.figures import shares
from doorleren.decisions.funded_before import before
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.on_record import RUNNING, SCHEMES, SUM, on_record
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import WHY, Staff, granted, next_moment, objected
from tests.decisions.test_joining import GRANTED, LESS, WEIGHED, withdrawn
from tests.decisions.test_recovering import settled_at

AID = '\n[stacking]\nde_minimis = { cap = 300000, years = 3 }\nsource = "order"\n'
NOTHING = (0, 0, False, 0, 0)


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme, which counts as de minimis aid."""
    return made.library(tmp_path, made.HARD + AID)


@pytest.fixture
def first(known: Library, round_: Round, staff: Staff) -> Case:
    """A case that was granted."""
    one = a_case(known, round_)
    granted(one, known, staff)
    return one


def again(known: Library, first: Case, filed: datetime) -> Matter:
    """Let the applicant of a case apply again, and give what that is about as if it came in at a moment."""
    matter = matter_of(a_case(known, matter_of(first).round, "Omar"))
    made.of_the_same(matter.case, first)
    matter.application.refresh_from_db()
    matter.ticket.arrived_at = filed
    return matter


def counted(matter: Matter, today: date | None = None) -> tuple[int, int, bool, int, int]:
    """Give what counts: the money of the year, what of that came after the filing, whether a grant runs, the aid, and that after the filing."""
    record = on_record([matter], {matter.case.pk: frozenset({SUM, RUNNING})})[matter.case.pk]
    found = before(matter, today or day_of(matter.ticket.arrived_at))
    return record[SUM].known, record[SUM].since, record[RUNNING].known, found.aid, found.aid_since


WHOLE = (GRANTED, 0, True, GRANTED, 0)


def test_a_withdrawal_counts_whatever_lies_over_it(known: Library, staff: Staff, first: Case) -> None:
    """What was withdrawn counts no more, nor while an objection runs or once the case is closed; nor who would have paid what."""
    matter = again(known, first, next_moment(first))
    assert counted(matter) == WHOLE
    assert shares()
    act = withdrawn(first, staff)
    assert (counted(matter), shares()) == (NOTHING, {})
    objected(first, against=act.number)
    first.refresh_from_db()
    assert (first.state, counted(matter), shares()) == ("objection", NOTHING, {})
    at = next_moment(first)
    reject(first.pk, WHY, by=by(staff["second"], at), at=at)
    close_case(first.pk, by=SITE, at=next_moment(first))
    first.refresh_from_db()
    assert (first.state, counted(matter), shares()) == ("closed", NOTHING, {})


def test_a_withdrawal_that_was_overturned(known: Library, staff: Staff, first: Case) -> None:
    """What was granted again after an objection counts again, and is as old as it was: not granted since another application came in."""
    matter = again(known, first, next_moment(first))
    objected(first, against=withdrawn(first, staff).number)
    at = next_moment(first)
    uphold_revocation(first.pk, WHY, by=by(staff["second"], at), at=at)
    assert counted(matter) == WHOLE


def test_a_change_makes_no_grant_of_its_own(known: Library, staff: Staff, first: Case) -> None:
    """With another last day half a year later the grant is as old as it was: for what was filed between, and for the years of aid."""
    decided = day_of(next_moment(first))
    matter = again(known, first, next_moment(first))
    at = next_moment(first, 180)
    changed = amend(
        first.pk, "not-done", GRANTED, WEIGHED, activities_until=date(2026, 12, 31), by=by(staff["decider"], at), at=at
    )
    assert changed.decided_on > decided
    assert counted(matter) == WHOLE
    late = add_months(decided, 36) + timedelta(days=1)
    assert counted(matter, late) == (GRANTED, 0, True, 0, 0)
    assert counted(again(known, first, made.AT - timedelta(days=1))) == (GRANTED, GRANTED, False, GRANTED, GRANTED)


def test_settled_at_once(tmp_path: Path, db: None) -> None:
    """A grant that settles in its own decision does not run, though there is no settlement beside it; its money counts."""
    known = made.library(tmp_path, made.HARD.replace('kind = "grant_settle"', 'kind = "direct"') + AID)
    round_ = a_round(known, opened=True)
    one = a_case(known, round_)
    granted(one, known, made.officials(round_.body))
    assert counted(again(known, one, next_moment(one))) == (GRANTED, 0, False, GRANTED, 0)


def test_a_settlement_that_was_annulled(known: Library, staff: Staff, first: Case) -> None:
    """While it stands the settlement says how much it is, and nothing runs; annulled by a court it is the grant that counts, and runs."""
    settled_at(LESS, first, staff)
    matter = again(known, first, next_moment(first))
    assert counted(matter) == (LESS, 0, False, LESS, 0)
    at = next_moment(first)
    against = next(one for one in to_appeal(first) if one.act in GRANTING)
    note_appeal(first.pk, against.number, by=by(staff["assessor"], at), at=at)
    at = next_moment(first)
    note_judgment(first.pk, ANNULLED, by=by(staff["assessor"], at), at=at)
    assert counted(matter) == WHOLE


def test_for_whom_it_was(known: Library, round_: Round, staff: Staff, first: Case) -> None:
    """What another applied for counts for whom it was too, as it does for that other; for a stranger nothing counts."""
    matter, other = again(known, first, next_moment(first)), a_case(known, round_, "Piet")
    granted(other, known, staff)
    application = Application.objects.get(pk=int(other.subject_id))
    assert counted(matter) == WHOLE
    application.beneficiary_number = matter.application.applicant_number
    application.save(update_fields=["beneficiary_number"])
    assert counted(matter)[0] == counted(matter)[3] == 2 * GRANTED
    for one, cases in ((other, {first.pk}), (a_case(known, round_, "Els"), set())):
        found = earlier_grants([matter_of(one)])[one.pk]
        assert {each.case for each in found} == cases
    found_of = on_record([matter], {matter.case.pk: frozenset({SCHEMES})})
    assert found_of[matter.case.pk][SCHEMES].known == {made.SCHEME}
