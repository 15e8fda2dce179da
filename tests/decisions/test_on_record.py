"""What our own decisions say of earlier grants is looked up for an assessment, whatever who applied said of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Application
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.assess import assess, assess_together
from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.judging import judged, submitted_of
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Assessment, Decision
from doorleren.decisions.on_record import ORIGIN, RUNNING, SCHEMES, TOLD, on_record
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Ruling
from doorleren.decisions.sealed import content_of
from doorleren.people.models import NationalNumber, RoleKind
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.bundles import made as bundles
from tests.applications.made import a_round
from tests.applications.test_draft import freeze
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, granted, next_moment, said, sent, went
from tests.people import made as people

ONCE = """[[track.condition]]
id = "once"
when = '"proefregeling" not in person.grants_this_year'
nl = "de deelnemer kreeg dit jaar nog niets uit deze regeling"
source = "order"
[[track.condition]]
id = "honest"
why = "only the applicant knows\""""
FOR_FIRMS = 'applicant = "employer"\nbeneficiary = "employer"\n'
EACH = 'once = { who = "application", source = "order" }\n'
NOBODY_YET: dict[str, Any] = {SCHEMES: frozenset()}
FIRM_RULES = """is = "min(most, 1500 - employer.grants_this_year)"
[[track.condition]]
id = "room"
when = "employer.grants_this_year < 1500"
nl = "de werkgever kreeg dit jaar minder dan 1.500 euro"
source = "order"
[[track.condition]]
id = "settled"
when = "not employer.unsettled_grant"
nl = "van de werkgever loopt geen eerdere subsidie"
source = "order"
"""


def yearly_text() -> str:
    """Give the scheme, of which a person gets money once a year."""
    return made.HARD.replace('[[track.condition]]\nid = "honest"\nwhy = "only the applicant knows"', ONCE)


@pytest.fixture
def yearly(tmp_path: Path) -> Library:
    """The library with the scheme, of which a person gets money once a year."""
    return made.library(tmp_path, yearly_text())


@pytest.fixture
def opened(yearly: Library, db: None) -> Round:
    """Its round, open."""
    return a_round(yearly, opened=True)


def again(known: Library, round_: Round, first: Case, name: str = "Omar", **told: Any) -> Case:
    """Let the applicant of a case apply again, and say so much of what was granted before."""
    one = a_case(known, round_, name, **NOBODY_YET | told)
    made.of_the_same(one, first)
    return one


def found(assessment: Assessment, condition: str = "once") -> tuple[bool | None, str]:
    """Give whether a condition is met by an assessment, and what that rests on."""
    one = next(one for one in content_of(assessment).results if one.condition == condition)
    return one.met, one.basis


def test_who_says_nothing_was_granted_while_it_was(yearly: Library, opened: Round) -> None:
    """The condition is not met, by our own decisions; both answers stand beside it, and a refusal asks a view first and says why."""
    staff = made.officials(opened.body)
    first = a_case(yearly, opened, **NOBODY_YET)
    granted(first, yearly, staff)
    second = again(yearly, opened, first)
    row = made.automatic(second, yearly, at=next_moment(second))
    assert (row.outcome, row.clear, found(row)) == ("fails", False, (False, "on_record"))
    assert content_of(row).told[TOLD] == {"said": {SCHEMES: ["proefregeling"]}, "room": {}, "less": []}
    answers = [one for one in submitted_of(matter_of(second), yearly).answers if one.fact == SCHEMES]
    assert [(one.origin, one.value) for one in answers] == [
        ("self", frozenset()),
        (ORIGIN, frozenset({"proefregeling"})),
    ]
    at = next_moment(second)
    with pytest.raises(DecisionRefused, match="andere gegevens"):
        refuse(second.pk, "conditions", by=by(staff["decider"], at), at=at)
    assert "eigen besluiten" in said(refused_after_a_view(second, staff).act)


def refused_after_a_view(case: Case, staff: Staff) -> Decision:
    """Refuse a case on other facts than were given, after a view."""
    at = next_moment(case)
    notify_intent(case.pk, "other-facts", until=day_of(at).replace(month=6), by=by(staff["decider"], at), at=at)
    at = next_moment(case)
    perform(case.pk, "view_received", by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    return sent(refuse(case.pk, "other-facts", by=by(staff["decider"], at), at=at), staff)


def test_who_had_nothing(yearly: Library, opened: Round) -> None:
    """A first application rests on its answers; the grant of somebody else does not count, nor does its own."""
    staff = made.officials(opened.body)
    first, stranger = a_case(yearly, opened, **NOBODY_YET), a_case(yearly, opened, "Piet", **NOBODY_YET)
    granted(first, yearly, staff)
    row = made.automatic(stranger, yearly, at=next_moment(stranger))
    assert (row.clear, found(row)) == (True, (True, "computed"))
    assert content_of(row).told[TOLD] == {"said": {SCHEMES: []}, "room": {}, "less": []}
    first.refresh_from_db()
    assert {one.condition: one.met for one in judged(matter_of(first), yearly).results}["once"] is True


def test_what_no_longer_counts(yearly: Library, opened: Round) -> None:
    """A grant of another year does not count, nor one that was revoked."""
    staff = made.officials(opened.body)
    first = a_case(yearly, opened, **NOBODY_YET)
    granted(first, yearly, staff)
    second = again(yearly, opened, first)
    matter = matter_of(second)
    assert submitted_of(matter, yearly).raised == {SCHEMES}
    filed, matter.ticket.arrived_at = matter.ticket.arrived_at, datetime(2027, 1, 2, tzinfo=UTC)
    assert submitted_of(matter, yearly).raised == frozenset()
    matter.ticket.arrived_at = filed
    revoked(first, staff)
    assert submitted_of(matter, yearly).raised == frozenset()


def test_what_was_granted_after_a_decision(yearly: Library, opened: Round) -> None:
    """Of a case that was decided on it stays as it was when that was assessed, whatever the applicant is granted later."""
    staff = made.officials(opened.body)
    first = a_case(yearly, opened, **NOBODY_YET)
    granted(first, yearly, staff)
    second = again(yearly, opened, first)
    over = Ruling("once", True, "de eerste subsidie was voor een ander")
    made.assessed(second, yearly, staff["assessor"], made.YES, over, at=next_moment(second, 1))
    at = next_moment(second)
    grant(second.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL)
    for one, raised in ((first, frozenset()), (second, {SCHEMES})):
        one.refresh_from_db()
        assert submitted_of(matter_of(one), yearly).raised == raised


def revoked(case: Case, staff: Staff) -> None:
    """Revoke the grant of a case."""
    at = next_moment(case)
    until = day_of(at).replace(day=day_of(at).day + 1).isoformat()
    went(perform(case.pk, "intent_notified", by=by(staff["decider"], at), at=at, details={"until": until}))
    at = next_moment(case, 3)
    perform(case.pk, "revoked", by=by(staff["decider"], at), at=at)


def test_what_was_granted_since_the_assessment(yearly: Library, opened: Round) -> None:
    """Of two that were assessed side by side only one is granted: the other must be assessed anew, and is not met then."""
    staff = made.officials(opened.body)
    first = a_case(yearly, opened, **NOBODY_YET)
    second = again(yearly, opened, first)
    made.assessed(second, yearly, staff["assessor"], made.YES, at=next_moment(second))
    granted(first, yearly, staff)
    at = next_moment(second, 1)
    with pytest.raises(DecisionRefused, match="Beoordeel opnieuw"):
        grant(second.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL)
    row = made.assessed(second, yearly, staff["assessor"], made.YES, at=next_moment(second, 1))
    assert found(row) == (False, "on_record")


def test_many_together_find_the_same(yearly: Library, opened: Round) -> None:
    """Assessed together, each case has what its own applicant was granted, and four ask no more questions than one."""
    staff = made.officials(opened.body)
    first = a_case(yearly, opened, **NOBODY_YET)
    granted(first, yearly, staff)
    second, third = again(yearly, opened, first), a_case(yearly, opened, "Piet", **NOBODY_YET)
    with CaptureQueriesContext(connection) as few:
        assert assess_together([second.pk], library=yearly, at=made.later(60)) == (1, [])
    more = [third, *(a_case(yearly, opened, name, **NOBODY_YET) for name in ("Els", "Bram", "Ida"))]
    with CaptureQueriesContext(connection) as many:
        assert assess_together([one.pk for one in more], library=yearly, at=made.later(90)) == (4, [])
    assert len(many) <= len(few)
    rows = {one.case_id: one for one in Assessment.objects.filter(case__in=(second, third))}
    assert [found(rows[one.pk]) for one in (second, third)] == [(False, "on_record"), (True, "computed")]


# --- an employer


SAID: dict[str, Any] = {"employer.employees": 20, "employer.grants_this_year": 0, "employer.unsettled_grant": False}


class Firm:
    """An employer that applies again and again in one round, and says each time that it never got anything."""

    def __init__(self, known: Library, round_: Round) -> None:
        self.known, self.round, self.staff = known, round_, made.officials(round_.body)
        self.firm, self.who, self.filed = people.organisation("90000075"), people.person(name="Marieke"), 0
        people.mandate(self.who, self.firm)
        people.role(self.who, RoleKind.EMPLOYER, organisation=self.firm)

    def applies(self, at: datetime = applications.AT, **told: Any) -> Case:
        """Let it apply, and open the case."""
        one = applications.draft(self.known, self.round, self.who, "firm", applicant=applications.firm_as(self.firm))
        applications.answer(self.known, one, self.who, SAID | told)
        freeze(self.known, one, self.who, sensitive={})
        self.filed += 1
        applications.submitted(one, self.filed, at=at)
        while allocate(self.round.pk, at=at):
            pass
        open_cases(at=max(at, made.AT))
        return Case.objects.get(subject_kind="application", subject_id=str(one.pk))

    def assessed(self, case: Case) -> Assessment:
        """Let the rules assess a case."""
        return made.automatic(case, self.known, at=next_moment(case))

    def gets(self, case: Case) -> Decision:
        """Grant a case that was assessed, and send the letter."""
        at = next_moment(case)
        return sent(grant(case.pk, by=by(self.staff["decider"], at), at=at, activities_until=made.UNTIL), self.staff)


def yearly_sum(most: int) -> str:
    """Give the scheme that gives an employer at most so many euros a year, and 1,000 at a time."""
    rules = FIRM_RULES.replace("1500", str(most))
    return made.HARD.replace('is = "most"\n', rules).replace(FOR_FIRMS, f"{FOR_FIRMS}{EACH}", 1)


def firm_in(folder: Path, yearly: int) -> Firm:
    """Give an employer in a scheme that gives it at most so many euros a year, and 1,000 at a time."""
    known = made.library(folder, yearly_sum(yearly))
    return Firm(known, a_round(known, opened=True))


@pytest.fixture
def firm(tmp_path: Path, db: None) -> Firm:
    """An employer that gets at most 1,500 euros a year."""
    return firm_in(tmp_path, 1500)


def test_room_for_another(tmp_path: Path, db: None) -> None:
    """Of three assessed side by side with room for two whole ones, two are granted as they were assessed; the third is not."""
    firm = firm_in(tmp_path, 2500)
    cases = [firm.applies() for _ in range(3)]
    rows = [firm.assessed(one) for one in cases]
    assert [content_of(one).told[TOLD]["room"] for one in rows] == [{"employer.grants_this_year": 100_000}] * 3
    assert [firm.gets(one).amount_cents for one in cases[:2]] == [100_000, 100_000]
    with pytest.raises(DecisionRefused, match="Beoordeel opnieuw"):
        firm.gets(cases[2])


def test_what_is_left_of_a_yearly_sum(firm: Firm) -> None:
    """Who got 1,000 of 1,500 and says nothing gets 500, which the letter counts down, and the next time nothing."""
    first, second, third = firm.applies(), firm.applies(), firm.applies()
    assert [firm.assessed(one).amount_cents for one in (first, second)] == [100_000, 100_000]
    firm.gets(first)
    with pytest.raises(DecisionRefused, match="Beoordeel opnieuw"):
        firm.gets(second)
    at = next_moment(second)
    row = assess(second.pk, library=firm.known, by=by(firm.staff["assessor"], at), at=at)
    assert (row.amount_cents, found(row, "room")) == (50_000, (True, "on_record"))
    decision = firm.gets(second)
    assert (decision.kind, decision.amount_cents) == ("partly_granted", 50_000)
    assert "dit jaar al toegekend bedrag (volgens onze eigen besluiten)" in said(decision.act)
    assert found(firm.assessed(third), "room") == (False, "on_record")


def test_more_was_granted_elsewhere(firm: Firm) -> None:
    """What the employer says counts where it is more than we knew when it filed, with what we granted since."""
    first, since = firm.applies(), firm.applies(**{"employer.grants_this_year": 20_000})
    firm.assessed(first)
    second = firm.applies(at=firm.gets(first).act.at + timedelta(days=1), **{"employer.grants_this_year": 120_000})
    row = firm.assessed(second)
    assert (row.amount_cents, found(row, "room")) == (30_000, (True, "computed"))
    again = firm.assessed(since)
    assert (again.amount_cents, found(again, "room")) == (30_000, (True, "on_record"))
    assert content_of(row).told[TOLD] == {
        "said": {"employer.grants_this_year": 100_000, "employer.unsettled_grant": True},
        "room": {"employer.grants_this_year": 0},
        "less": ["employer.grants_this_year"],
    }


def test_an_earlier_grant_that_runs(firm: Firm) -> None:
    """What was granted before one applied, and is not settled, still runs; what was granted after that is no earlier grant."""
    first = firm.applies()
    firm.assessed(first)
    granted_at = firm.gets(first).act.at
    before, after = firm.applies(), firm.applies(at=granted_at + timedelta(days=1))
    told = [submitted_of(matter_of(one), firm.known).record[RUNNING] for one in (before, after)]
    assert told == [False, True]
    assert found(firm.assessed(after), "settled") == (False, "on_record")


# --- who was registered by an adviser


def test_whom_an_adviser_registered(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody was granted counts too where an adviser registered them, found by the keyed hash; of another one registered nothing."""
    monkeypatch.setattr(bundles, "HEAD", bundles.HEAD.replace("body = {{", 'framework = "awb"\nbody = {{'))
    made.library(tmp_path, yearly_text())
    known = bundles.library(tmp_path / "schemes")
    round_, advice = a_round(known, opened=True), bundles.a_round(known)
    first = a_case(known, round_, **NOBODY_YET)
    granted(first, known, made.officials(round_.body))
    person = Application.objects.get(pk=int(first.subject_id)).applicant_number
    number = bundles.NUMBERS[0]
    NationalNumber.objects.create(
        person_id=person, lookup=bundles.KEYS.hashed(number), sealed=bundles.KEYS.sealed(number)
    )
    bundles.submit(known, advice, bundles.adviser(), bundles.row(0), bundles.row(1))
    while allocate(advice.pk, at=made.AT):
        pass
    open_cases(at=made.AT)
    cases = list(Case.objects.filter(scheme=bundles.SCHEME).order_by("pk"))
    matters = [matter_of(one) for one in cases]
    told = on_record(matters, {one.pk: frozenset({SCHEMES}) for one in cases})
    assert [told[one.pk][SCHEMES].known for one in cases] == [frozenset({"proefregeling"}), frozenset()]
