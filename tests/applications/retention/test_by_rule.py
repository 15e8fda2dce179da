"""What goes by rule alone is counted beforehand, day by day, and afterwards out of the record: both are what the site then destroys."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, BundleRow
from doorleren.applications.retention.by_rule import DAYS_AHEAD, Counted, ahead, gone
from doorleren.applications.retention.commands.destroy_case import destroy_case
from doorleren.applications.retention.commands.run_destruction import run_daily
from doorleren.applications.retention.due import BY_RULE
from doorleren.audit.acts import Party, record
from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.people.models import Identity, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.bundles import wrong as registrations
from tests.applications.retention import made
from tests.people import made as people

FIRST = date(2026, 10, 25)
LAST = FIRST + timedelta(days=DAYS_AHEAD)
AFTER_A_DRAFT = made.LAST_DAY_OF_A_DRAFT + timedelta(days=1)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(hour=12), UTC)


@pytest.fixture
def believed(db: None) -> None:
    """Somebody did something the day before, so that the clock is believed."""
    with transaction.atomic():
        record("signed_in", Party("person", "0"), by=Party("person", "0"), at=at(FIRST - timedelta(days=1)))


@pytest.fixture
def begun(one: Application, round_: Round, known: Library) -> list[Application]:
    """Four drafts of a round that is open."""
    return [one, *(applications.draft(known, round_, people.person(name=name)) for name in ("Tom", "Els", "Finn"))]


@pytest.fixture
def drafts(begun: list[Application], shut: Round) -> list[Application]:
    """Two that go half a year after the closing, one that goes on the last day counted, and a control that goes a day later."""
    for row, day in zip(begun[2:], (LAST, LAST + timedelta(days=1)), strict=True):
        began = datetime(2026, day.month - 6, day.day - 2, 22, 30, tzinfo=UTC)  # the day after that in Amsterdam
        Application.objects.filter(pk=row.pk).update(withdrawn_at=began)
    return begun


def unused_since(day: date) -> Person:
    """An account that somebody last used on a day."""
    person = people.person(name=made.NAME)
    Identity.objects.create(
        person=person, issuer="broker", subject=str(person.pk), assurance="high", last_used_at=at(day)
    )
    return person


@pytest.fixture
def accounts(db: None) -> list[Person]:
    """One that is due long since, one that goes in the days counted, one that its role keeps longer, and a control a day too young."""
    role, control = date(2026, 11, 5), date(LAST.year - 2, LAST.month, LAST.day)
    found = [unused_since(day) for day in (date(2024, 1, 1), date(2024, 10, 27), date(2024, 10, 1), control)]
    people.role(found[2], RoleKind.ASSESSOR, ends_on=role)
    return found


def told(found: list[Counted]) -> dict[tuple[date, str], int]:
    return {(one.on, one.kind): one.count for one in found}


def lived(store: Store) -> dict[tuple[date, str], int]:
    """Let the site do its daily round on each of the days; give what went."""
    went = Counter[tuple[date, str]]()
    for day in (FIRST + timedelta(days=n) for n in range(DAYS_AHEAD + 1)):
        for kind, count in zip(("application", "person", "bundle"), run_daily(store=store, at=at(day)), strict=True):
            went[day, kind] += count
    return dict(+went)


def test_the_list_is_what_then_goes_and_the_report_says_so(
    drafts: list[Application], accounts: list[Person], believed: None, store: Store
) -> None:
    """Of each day the list, what the site destroys when the clock is there, and the report are the same; a day too young stays out of all."""
    registrations.kept(registrations.row(drafts[0], reference="klant-zelda"))
    beforehand = told(ahead(BY_RULE, FIRST))
    assert beforehand == {
        (FIRST, "person"): 1, (date(2026, 10, 28), "person"): 1, (date(2026, 11, 6), "person"): 1,
        (AFTER_A_DRAFT, "application"): 2, (AFTER_A_DRAFT, "bundle"): 1, (LAST, "application"): 1,
    }  # fmt: skip
    assert lived(store) == beforehand
    assert told(gone(BY_RULE, FIRST, LAST)) == beforehand
    assert told(ahead(BY_RULE, LAST)) == {
        (LAST + timedelta(days=1), "application"): 1, (LAST + timedelta(days=1), "person"): 1,
    }  # fmt: skip
    drafts[3].refresh_from_db()
    assert (drafts[3].destroyed_at, BundleRow.objects.count()) == (None, 0)


def test_where_nothing_is_due_both_are_empty(one: Application, believed: None, store: Store) -> None:
    """Of a round that is still open nothing is ahead, and what never went is in no report."""
    Round.objects.filter(pk=one.round_id).update(closes_at=at(LAST))
    assert (ahead(BY_RULE, FIRST), lived(store), gone(BY_RULE, FIRST, LAST)) == ([], {}, [])


def test_what_goes_by_a_list_of_two_people_is_not_counted(case: Case, one: Application, store: Store) -> None:
    """An application that went with its case is in no report of what went by rule, and its draft was in no list; the record has it."""
    details = {"list": 1, "proposed_by": 1, "released_by": 2}
    on = day_of(made.DUE)
    assert "application" not in {one.kind for one in ahead(BY_RULE, on)}
    destroy_case(case.pk, store=store, at=made.DUE, details=details)
    assert Act.objects.filter(act="destroyed", subject_kind="application", subject_id=str(one.pk)).exists()
    assert gone(BY_RULE, on, on) == []


def test_the_report_names_the_acts_of_a_day(accounts: list[Person], believed: None, store: Store) -> None:
    """Of each day the first and the last act; days before and after those asked about are left out."""
    lived(store)
    numbers = {day_of(one.at): one.pk for one in Act.objects.filter(act="account_destroyed")}
    assert len(numbers) == Act.objects.filter(act="account_destroyed").count() == 3
    found = gone(BY_RULE, FIRST, LAST)
    assert [(one.on, one.first_act, one.last_act) for one in found] == [
        (day, numbers[day], numbers[day]) for day in sorted(numbers, reverse=True)
    ]
    days = sorted(numbers)
    assert [one.on for one in gone(BY_RULE, days[1], days[1])] == [days[1]]


def test_many_ask_as_much_as_one(drafts: list[Application], accounts: list[Person], known: Library) -> None:
    """A question per kind, however much is due."""
    with CaptureQueriesContext(connection) as asked:
        ahead(BY_RULE, FIRST)
    assert len(asked) == len(BY_RULE)
    with CaptureQueriesContext(connection) as asked:
        gone(BY_RULE, FIRST, LAST)
    assert len(asked) == 1
