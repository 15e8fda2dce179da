"""Looking through the record: filtered, newest first, in pages by key, and checked as far as it is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from doorleren.audit.acts import Break, Checked, Party, checked, record
from doorleren.audit.models import Act
from doorleren.audit.queries import Wanted, acts, break_among, names_of_acts
from tests.audit.test_acts import ADVISER, AT, CASE, tamper, three

pytestmark = pytest.mark.django_db


def keys(wanted: Wanted, **given: int) -> list[int]:
    return [one.pk for one in acts(wanted, **given).rows]


def test_acts_are_found_by_who_what_and_name() -> None:
    """By an actor, by a subject or by all of one kind, and by the name of the act; newest first."""
    filed, completed, granted = (one.pk for one in three())
    other = record("filed", Party("case", "99"), by=Party("person", "123456"), at=AT).pk
    assert keys(Wanted(by=ADVISER, subject=CASE), size=3) == [granted, completed, filed]
    assert keys(Wanted(by=Party("person", "123456"))) == [other]
    assert keys(Wanted(subject=Party("case", "")), size=4) == [other, granted, completed, filed]
    assert keys(Wanted(by=ADVISER, subject=CASE, name="completed"), size=1) == [completed]
    assert keys(Wanted(by=Party("person", "7' OR 1=1"))) == []


def test_a_period_is_in_days_of_amsterdam() -> None:
    """The first and the last day count, from midnight to midnight in Amsterdam."""
    subject = Party("case", "amsterdam")
    late = record("filed", subject, by=ADVISER, at=datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC)).pk
    next_day = record("filed", subject, by=ADVISER, at=datetime(2026, 3, 1, 23, 0, tzinfo=UTC)).pk
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert keys(Wanted(subject=subject, first_on=first, last_on=first)) == [late]
    assert keys(Wanted(subject=subject, first_on=second)) == [next_day]
    assert keys(Wanted(subject=subject, last_on=second)) == [next_day, late]


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_pages_give_every_act_once(size: int) -> None:
    """Going on before the last one shown gives every act once, and stops."""
    subject = Party("case", "paged")
    every = [record("filed", subject, by=ADVISER, at=AT).pk for _ in range(6)]
    seen: list[int] = []
    page = acts(Wanted(subject=subject), size=size)
    while True:
        seen += [one.pk for one in page.rows]
        if page.next_before is None:
            break
        page = acts(Wanted(subject=subject), before=page.next_before, size=size)
    assert seen == every[::-1]
    assert acts(Wanted(subject=subject), before=2**70, size=1).rows[0].pk == every[-1]


def test_the_names_of_acts_are_listed_once() -> None:
    """Every name that occurs, in alphabetical order."""
    three()
    names = names_of_acts()
    assert names == sorted(set(names))
    assert {"filed", "completed", "granted"} <= set(names)


def test_what_is_shown_is_checked_where_it_stands() -> None:
    """A few acts out of the middle are whole; a changed one, and one whose predecessor is gone, are found among them."""
    three()
    first, second, third = three()
    assert break_among([third, first]) is None
    tamper(f"UPDATE audit_act SET actor_id = '8' WHERE id = {second.pk}")
    shown = list(Act.objects.filter(pk__gte=first.pk).order_by("-pk"))
    assert break_among(shown) == Break(second.pk, "content")
    assert break_among([third, first]) is None
    tamper(f"DELETE FROM audit_act WHERE id = {second.pk}")
    assert break_among([third, first]) == Break(third.pk, "order")


def test_a_long_chain_is_checked_in_steps() -> None:
    """Each step goes on from the last act of the step before, and finds a break exactly once."""
    three()
    first, second, third = three()
    whole = checked()
    assert whole == Checked(whole.acts, third.pk, None)
    step = checked(most=whole.acts - 2)
    assert step == Checked(whole.acts - 2, first.pk, None)
    tamper(f"UPDATE audit_act SET act = 'x' WHERE id = {third.pk}")
    assert checked(after=first, most=1) == Checked(1, second.pk, None)
    assert checked(after=first) == Checked(2, second.pk, Break(third.pk, "content"))
    assert checked(most=whole.acts - 1).broken is None


def test_the_filters_of_the_record_use_an_index() -> None:
    """Each filter has an index that the database picks, so that a long record is not read from end to end."""
    tamper(
        "INSERT INTO audit_act (at, actor_kind, actor_id, act, subject_kind, subject_id, details, previous, hash) "
        f"SELECT '{AT.isoformat()}'::timestamptz + n * interval '1 minute', 'person', n::text, 'act-' || n, 'case', "
        "n::text, '{}', encode(sha256((n - 1)::text::bytea), 'hex'), encode(sha256(n::text::bytea), 'hex') "
        "FROM generate_series(1, 5000) n"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_act")
        for sql, index in {
            "subject_kind = 'case' AND subject_id = '12'": "audit_act_subject",
            "actor_kind = 'person' AND actor_id = '7'": "audit_act_actor",
            "act = 'act-7'": "audit_act_act",
        }.items():
            cursor.execute(f"EXPLAIN SELECT * FROM audit_act WHERE {sql} ORDER BY id DESC LIMIT 50")
            assert index in "\n".join(line for (line,) in cursor.fetchall()), sql
        cursor.execute(f"EXPLAIN SELECT * FROM audit_act WHERE at < '{(AT + timedelta(minutes=9)).isoformat()}'")
        assert "audit_act_at" in "\n".join(line for (line,) in cursor.fetchall())
