"""The database's state and its constraints say what the rules say, for moments that nobody thought of."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorleren.cases.acts import ACTS, COLUMNS, FAMILIES
from doorleren.cases.models import REVOKED, Case
from doorleren.cases.rules import STATE_NAMES, is_revoked, possible, state_of
from tests.cases.lives import BEGIN, played

pytestmark = pytest.mark.django_db
NAMES = (*ACTS, *FAMILIES)
MOMENTS = st.one_of(st.none(), st.integers(0, 6).map(lambda hours: BEGIN + timedelta(hours=hours)))
LIVES = st.dictionaries(st.sampled_from(NAMES), MOMENTS, max_size=20)
IN_A_TEST = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)


def asked(expression: str, moments: dict[str, datetime | None]) -> object:
    """Let the database compute an expression over these moments, as if they stood in a case."""
    columns = ", ".join(f"%s::timestamptz AS {name}" for name in COLUMNS)
    last = max((moments[name] for name in ACTS if moments.get(name)), default=None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {expression} FROM (SELECT {columns}, %s::timestamptz AS last_act_at) AS one",
            [*(moments.get(name.removesuffix("_at")) for name in COLUMNS), last],
        )
        return cursor.fetchone()[0]


def expression_of_state() -> str:
    """Give the expression of the generated column as the database keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum "
            "WHERE adrelid = 'cases_case'::regclass AND attname = 'state' AND attgenerated = 's'"
        )
        return str(cursor.fetchone()[0])


def checks() -> dict[str, str]:
    """Give the database's own constraints on the moments of a case, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = 'cases_case'::regclass "
            "AND contype = 'c' AND conname ~ '^cases_(stop|before|family|last)_'"
        )
        return dict(cursor.fetchall())


@IN_A_TEST
@given(LIVES)
def test_the_state_of_the_database_is_that_of_the_rules(moments: dict[str, datetime | None]) -> None:
    """For any moments, in any order and at the same time, the generated column gives what the pure function gives."""
    assert asked(expression_of_state(), moments) == state_of(moments)


@IN_A_TEST
@given(st.lists(st.sampled_from([*ACTS]), max_size=30))
def test_what_the_rules_allow_the_database_allows(tried: list[str]) -> None:
    """A life in which every step was possible by the rules breaks no constraint of the database."""
    moments = played(())
    for act in tried:
        if act in possible(moments):
            moments = played((act,), moments)
    every = " AND ".join(f"COALESCE({one}, true)" for one in checks().values())
    assert asked(every, dict(moments)) is True


def test_every_state_can_be_reached() -> None:
    """No state stands in the list that the database would never give."""
    expression = expression_of_state()
    assert all(f"'{name}'" in expression for name in STATE_NAMES)


def condition(wanted: Q) -> str:
    """Give a condition on cases as the database gets it."""
    sql, told = Case.objects.filter(wanted).values("pk").query.sql_with_params()
    assert not told
    return sql.partition(" WHERE ")[2].replace('"cases_case".', "")


REVOCATIONS = {
    "never": ((), False),
    "revoked": (("revoked",), True),
    "and_closed": (("revoked", "closed"), True),
    "and_an_objection": (("revoked", "objection_received"), True),
    "and_that_rejected": (("revoked", "objection_received", "objection_rejected"), True),
    "and_that_upheld": (("revoked", "objection_received", "objection_upheld"), False),
    "and_annulled": (("revoked", "closed", "judgment_noted"), False),
    "and_revoked_again": (("revoked", "objection_upheld", "revoked"), True),
    "and_destroyed": (("revoked", "closed", "destroyed"), True),
}


@pytest.mark.parametrize("name", REVOCATIONS)
def test_whether_a_withdrawal_stands(name: str) -> None:
    """It stands whatever lies over it, until it is overturned; the rules and the database say the same."""
    acts, stands = REVOCATIONS[name]
    moments: dict[str, datetime | None] = {one: BEGIN + timedelta(hours=hours) for hours, one in enumerate(acts)}
    assert is_revoked(moments) is stands
    assert asked(condition(REVOKED), moments) is stands


@IN_A_TEST
@given(LIVES)
def test_a_withdrawal_in_the_database_is_that_of_the_rules(moments: dict[str, datetime | None]) -> None:
    """For any moments the condition says what the function says, and its opposite the opposite: nothing is unknown."""
    assert asked(condition(REVOKED), moments) is is_revoked(moments)
    assert asked(condition(~REVOKED), moments) is not is_revoked(moments)
