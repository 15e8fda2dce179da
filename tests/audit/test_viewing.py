"""The log of who viewed: only added to, without content, and let go of when it is old enough and no sooner."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit import viewing
from doorleren.audit.acts import NotForTheRecord, Party
from doorleren.audit.models import View
from doorleren.audit.queries import Wanted, views
from doorleren.audit.viewing import LEAST_KEPT_DAYS, kept_days, note_views, sweep_views
from doorleren.core.days import day_of

AUDITOR, PRICES = Party("person", "7"), Party("provider_prices", "12")

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


def note(at: datetime, *subjects: Party) -> None:
    note_views(subjects or [PRICES], by=AUDITOR, page="officer-provider", at=at)


def test_a_view_says_who_saw_what_where_and_when() -> None:
    """Each subject is one row, however often a page names it, and is found by viewer, subject, page and day."""
    at = now()
    note(at, PRICES, Party("person_roles", "3"), PRICES)
    found = views(Wanted(by=AUDITOR, first_on=day_of(at) - timedelta(days=1))).rows
    assert [(one.subject_kind, one.subject_id, one.page, one.at) for one in found[:2]] == [
        ("person_roles", "3", "officer-provider", at), ("provider_prices", "12", "officer-provider", at),
    ]  # fmt: skip
    assert views(Wanted(subject=Party("person_roles", "3"))).rows[0] == found[0]
    assert views(Wanted(name="officer-nowhere")).rows == []


@pytest.mark.parametrize("party", [Party("Prices", "12"), Party("prices", "free text"), Party("prices", "9" * 51)])
def test_what_is_viewed_is_named_by_ids(party: Party) -> None:
    """Free text does not enter the log, so that it holds no content itself."""
    with pytest.raises(NotForTheRecord):
        note(now(), party)


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_view SET viewer_id = '8'", "DELETE FROM audit_view", "TRUNCATE audit_view"], ids=str.split
)
def test_the_database_only_adds(sql: str) -> None:
    """Changing, deleting what is fresh and emptying are refused by the database itself."""
    note(now())
    refused = pytest.raises(IntegrityError, match="the log of who viewed is only added to")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert View.objects.exists()


def test_what_is_old_cannot_be_changed_either() -> None:
    """An old row may go, but nobody rewrites it."""
    note(now() - timedelta(days=LEAST_KEPT_DAYS + 1))
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        View.objects.update(viewer_id="8")


@pytest.mark.parametrize(
    "column", ["viewer_kind = ''", "viewer_id = ''", "subject_kind = 'A B'", "page = ''"], ids=str.split
)
def test_a_row_without_its_parts_is_refused(column: str) -> None:
    """The constraints of the table refuse a row without viewer, kind or page."""
    name, value = column.split(" = ")
    values = {
        "at": "now()",
        "viewer_kind": "'p'",
        "viewer_id": "'1'",
        "subject_kind": "'s'",
        "subject_id": "''",
        "page": "'x'",
    }
    values[name] = value
    with pytest.raises(IntegrityError, match="audit_view"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO audit_view ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def test_sweeping_lets_go_of_what_was_kept_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows older than the parameter go, in parts, the others stay, and sweeping again does nothing."""
    monkeypatch.setattr(viewing, "_AT_ONCE", 2)
    sweep_views(at=now())
    days = timedelta(days=kept_days(day_of(now())))
    for place in range(5):
        note(now() - days - timedelta(hours=1), Party("old", str(place)))
    note(now() - days + timedelta(hours=1), Party("young", "1"))
    assert sweep_views(at=now()) == 5
    assert sweep_views(at=now()) == 0
    assert not View.objects.filter(subject_kind="old").exists()
    assert View.objects.filter(subject_kind="young").count() == 1


def test_a_clock_that_runs_ahead_takes_nothing_away() -> None:
    """The database goes by its own clock: what it has kept too short stays, whatever day the sweep is told, and that is no fault."""
    ahead = now() + timedelta(days=10_000)
    note(now() - timedelta(days=LEAST_KEPT_DAYS + 1), Party("old", "1"))
    for at in (now(), ahead):
        note(at, Party("fresh", "1"))
    sweep_views(at=ahead)
    assert not View.objects.filter(subject_kind="old").exists()
    assert View.objects.filter(subject_kind="fresh").count() == 2


def test_the_parameter_has_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number of days that the database would not obey is refused when it is read."""
    (tmp_path / "log-of-views.toml").write_text("[[table]]\nfrom = 2020-01-01\nkept_days = { value = 180 }\n")
    monkeypatch.setattr(viewing, "folder", lambda _name: tmp_path)
    viewing._tables.cache_clear()
    with pytest.raises(ValueError, match="more than 180"):
        kept_days(date(2026, 1, 1))
    viewing._tables.cache_clear()


def test_the_days_are_those_of_the_table() -> None:
    """The parameter comes from the dated table, also for a day before it."""
    assert kept_days(date(2026, 1, 1)) == kept_days(date(2010, 1, 1)) > LEAST_KEPT_DAYS
