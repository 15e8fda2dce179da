"""Work lists: what each filter finds, page after page, and that 100,000 cases make no page slow."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from doorleren.cases.models import Case
from doorleren.cases.queries import (
    MOST_COUNTED,
    PAGE,
    UNASSIGNED,
    WAITS_FOR_PERSON,
    Position,
    Search,
    Wanted,
    chosen_by,
    counts_of,
    page_rows,
    work_list,
)
from doorleren.people.models import Body, RoleKind
from tests.cases import made
from tests.cases.made import AT, DAY, Staff
from tests.people import made as people

pytestmark = pytest.mark.django_db
MANY = 100_000
UNKNOWN = 2**31 - 1
"""The number of nobody."""

INSERT = """
INSERT INTO cases_case (reference, version_id, scheme, body_id, framework, procedure, subject_kind, subject_id, received_on,
    decision_term, assigned_to_id, due_on, due_term, acts, last_act_at, opened_at, assigned_at, assessed_at, assessed_as, withdrawn_at,
    closed_at)
SELECT substr(w, 1, 3) || '-' || substr(w, 4, 4), %(version)s, %(scheme)s, %(body)s, 'awb', 'grant_settle', 'many', n::text,
    %(day)s::date + n %% 300, 'decision', CASE WHEN n %% 5 < 2 THEN %(official)s END,
    CASE WHEN n %% 10 > 0 THEN %(day)s::date + n %% 97 END, CASE WHEN n %% 10 > 0 THEN 'decision' ELSE '' END, 1,
    CASE WHEN n %% 4 = 0 THEN %(at)s::timestamptz + interval '3 hours'
        WHEN n %% 3 = 0 THEN %(at)s::timestamptz + interval '1 hour' ELSE %(at)s::timestamptz END, %(at)s, %(at)s,
    CASE WHEN n %% 3 = 0 THEN %(at)s::timestamptz + interval '1 hour' END, CASE WHEN n %% 30 = 3 THEN 'open' ELSE '' END,
    CASE WHEN n %% 4 = 0 THEN %(at)s::timestamptz + interval '2 hours' END,
    CASE WHEN n %% 4 = 0 THEN %(at)s::timestamptz + interval '3 hours' END
FROM (SELECT n, translate(lpad(to_hex(n), 7, '0'), '01abcdef', 'XZBCDFGH') AS w FROM generate_series(1, %(many)s) AS n) AS one
"""

ASSESSED = """
INSERT INTO cases_caseact (case_id, number, act, at, happened_on, by_kind, by_id, details, ground)
SELECT id, 1, 'assessed', assessed_at, %(day)s, 'site', '', '{"outcome": "open"}', 'made' FROM cases_case WHERE assessed_as = 'open'
"""


def many(body: Body, official: int, number: int = MANY) -> None:
    """Insert many cases of a body at once, of which a quarter is closed, and let the planner know of them."""
    version = made.version()
    told = {"version": version.pk, "scheme": version.scheme, "body": body.pk, "day": DAY, "at": AT, "official": official,
            "many": number}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, told)
        cursor.execute(ASSESSED, told)
        cursor.execute("ANALYZE cases_case")


def plan(query: QuerySet[Case]) -> str:
    """Give how the database finds these rows, with what it read."""
    return query.explain(analyze=True, buffers=True, timing=False)


@pytest.fixture
def busy(db: None) -> Wanted:
    """A body with 100,000 cases, and what its list is asked for."""
    body, official = people.body(), made.official(RoleKind.ASSESSOR)
    many(body, official.pk)
    return Wanted(body.pk)


def test_what_each_filter_finds(staff: Staff) -> None:
    """Mine, nobody's, of a scheme, in a state, due by a day: each list has the cases that it should, the most urgent first."""
    first, second, third = (
        made.a_case(),
        made.a_case(received_on=DAY - timedelta(5)),
        made.a_case(made.version("outside-awb", "loan")),
    )
    staff.do(first, "assessed")
    staff.do(third, "withdrawn", "closed")
    Case.objects.filter(pk=second.pk).update(assigned_to=staff.assessor, assigned_at=AT)
    body = people.body().pk

    def numbers(**given: object) -> list[int]:
        return [row.case for row in work_list(Wanted(body, **given)).rows]  # type: ignore[arg-type]

    assert numbers() == [second.pk, first.pk]
    assert numbers(order="received") == [second.pk, first.pk]
    assert numbers(official=staff.assessor.pk) == [second.pk]
    assert numbers(official=UNASSIGNED) == [first.pk]
    assert numbers(team=(staff.assessor.pk,)) == numbers(team=(UNKNOWN, staff.assessor.pk)) == [second.pk]
    assert numbers(team=(UNKNOWN,)) == []
    assert numbers(state="assessed") == [first.pk]
    assert numbers(state="closed") == [third.pk]
    assert numbers(due_by=second.due_on) == [second.pk]
    assert numbers(scheme=first.scheme) == [second.pk, first.pk]
    assert numbers(scheme="none") == []
    assert work_list(Wanted(people.body("andere").pk)).rows == ()


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"order": "name"}])
def test_what_there_is_not(wrong: dict[str, str]) -> None:
    """A state or an order that does not exist is refused with what is allowed."""
    with pytest.raises(ValueError, match="allowed are"):
        work_list(Wanted(1, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("order", ["due", "received"])
def test_every_case_is_on_one_page(order: str) -> None:
    """Page after page gives every open case once, in order, also those without a day."""
    body, official = people.body(), made.official(RoleKind.ASSESSOR)
    many(body, official.pk, 400)
    seen, wanted = [], Wanted(body.pk, order=order)  # type: ignore[arg-type]
    while True:
        page = work_list(wanted)
        seen += page.rows
        if page.after is None:
            break
        wanted = Wanted(body.pk, order=order, after=page.after)  # type: ignore[arg-type]
    assert counts_of([wanted]) == {wanted: 300}
    assert len({row.case for row in seen}) == len(seen) == 300
    days = [(row.due_on is None, row.due_on) if order == "due" else (False, row.received_on) for row in seen]
    assert days == sorted(days, key=lambda one: (one[0], one[1] or DAY))


@pytest.mark.parametrize("order", ["due", "received"])
def test_the_list_of_a_team(order: str) -> None:
    """Page after page gives every open case of each of a team once, in order, and none of others; as many as are counted."""
    body, official, other = people.body(), made.official(RoleKind.ASSESSOR), made.official(RoleKind.ASSESSOR)
    many(body, official.pk, 400)
    Case.objects.filter(assigned_to=official, pk__in=Case.objects.filter(acts=1).order_by("pk")[:200]).update(
        assigned_to=other
    )
    wanted, seen = Wanted(body.pk, order=order, team=(official.pk, other.pk)), []  # type: ignore[arg-type]
    expected = Case.objects.filter(assigned_to__in=wanted.team, closed_at=None).count()
    page = work_list(wanted)
    while page.after is not None:
        seen += page.rows
        page = work_list(replace(wanted, after=page.after))
    seen += page.rows
    assert {row.official for row in seen} == set(wanted.team)
    assert counts_of([wanted])[wanted] == len({row.case for row in seen}) == len(seen) == expected
    days = [(row.due_on is None, row.due_on) if order == "due" else (False, row.received_on) for row in seen]
    assert days == sorted(days, key=lambda one: (one[0], one[1] or DAY))


def filters(wanted: Wanted) -> dict[str, Wanted]:
    """Give the lists that officials look at."""
    official = Case.objects.exclude(assigned_to=None).values_list("assigned_to", flat=True)[0]
    scheme = Case.objects.values_list("scheme", flat=True)[0]
    return {
        "open": wanted, "mine": Wanted(wanted.body, official=official), "nobody's": Wanted(wanted.body, official=UNASSIGNED),
        "scheme": Wanted(wanted.body, scheme=scheme), "state": Wanted(wanted.body, state="assessed"),
        "to judge": Wanted(wanted.body, state=WAITS_FOR_PERSON),
        "closed": Wanted(wanted.body, state="closed"), "term": Wanted(wanted.body, due_by=DAY + timedelta(50)),
        "received": Wanted(wanted.body, order="received"), "team": Wanted(wanted.body, team=(official, UNKNOWN)),
    }  # fmt: skip


def test_no_page_reads_more_than_it_shows(busy: Wanted) -> None:
    """With 100,000 cases, the first page and one deep in every list are read from an index without sorting, some 100 rows."""
    for name, one in filters(busy).items():
        for day in (None, DAY + timedelta(40)):
            asked = replace(one, after=Position(day, 1) if day else None)
            with CapturedPlans() as plans:
                rows = page_rows(chosen_by(asked), asked, PAGE + 1)
            assert len(rows) == PAGE + 1, name
            for text in plans.found:
                assert "Seq Scan on cases_case" not in text, (name, text)
                assert "Sort" not in text, (name, text)
                assert "cases_by_" in text, (name, text)
                assert removed(text) < 2 * PAGE, (name, text)


def test_a_search_reads_what_it_finds(busy: Wanted) -> None:
    """Among 100,000 cases those whose reference begins so, and named ones, closed or not, are found by an index: no more is read."""
    one, other = Case.objects.filter(closed_at__isnull=False).order_by("pk")[:2]
    asked = replace(busy, search=Search(one.reference[:7], (other.pk,)))
    found = {row.case for row in work_list(asked).rows}
    assert {one.pk, other.pk} <= found
    assert found == {
        *Case.objects.filter(reference__startswith=one.reference[:7]).values_list("pk", flat=True),
        other.pk,
    }
    assert counts_of([asked]) == {asked: len(found)}
    text = plan(chosen_by(asked))
    assert "Seq Scan" not in text, text
    assert removed(text) < PAGE, text
    assert work_list(replace(busy, search=Search())).rows == ()


def test_counting_stops(busy: Wanted) -> None:
    """A list of 75,000 says that there are more than a thousand, having read about that many."""
    mine = filters(busy)["mine"]
    with CaptureQueriesContext(connection) as asked:
        found = counts_of([busy, mine, replace(busy, order="received", after=Position(None, 7))])
    assert (len(asked), set(found.values())) == (1, {None})
    text = plan(chosen_by(busy).order_by()[: MOST_COUNTED + 1])
    assert removed(text) < MOST_COUNTED, text


def removed(text: str) -> int:
    """Count the rows that were read and thrown away."""
    return sum(int(line.rsplit(":", 1)[1]) for line in text.splitlines() if "Rows Removed" in line)


class CapturedPlans:
    """Keeps how the database finds what is asked within it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[str] = []

    def __enter__(self) -> "CapturedPlans":
        """Look at every query from now on."""
        self._wrapper = connection.execute_wrapper(self._explained)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *fault: object) -> None:
        """Stop looking."""
        self._wrapper.__exit__(None, None, None)

    def _explained(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        with context["connection"].connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + sql, params)
            self.found.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)
