"""A list of cases to destroy: proposed by one, released by another who saw the same, then done, and safe to repeat."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.applications.retention.commands.propose_destruction import propose_destruction, withdraw_destruction
from doorleren.applications.retention.commands.release_destruction import release_destruction
from doorleren.applications.retention.commands.run_destruction import Report, report_of, run_destruction, run_released
from doorleren.applications.retention.refusing import DestructionRefused
from doorleren.audit.models import Act
from doorleren.cases.commands.close_case import reopen_case
from doorleren.cases.models import Case, DestructionItem, DestructionList
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.applications.retention import made
from tests.cases import made as cases
from tests.cases.made import Staff
from tests.people import made as people

ON = day_of(made.DUE)
HASH = "a" * 64


@pytest.fixture
def second(staff: Staff) -> Any:
    """Another administrator."""
    return cases.official(RoleKind.ADMINISTRATOR)


def proposed(staff: Staff) -> DestructionList:
    """Propose what is due."""
    return propose_destruction(people.body().pk, on=ON, by=cases.by(staff.administrator, made.DUE), at=made.DUE)


def released(staff: Staff, second: Any) -> DestructionList:
    """Propose it and let another release it."""
    row = proposed(staff)
    return release_destruction(row.pk, digest=row.digest, by=cases.by(second, made.DUE), at=made.DUE)


def test_two_people_and_then_the_site(
    one: Application, needles: list[str], case: Case, staff: Staff, second: Any, store: Store
) -> None:
    """Nothing goes before the release; after it the case is destroyed under acts that name the list and both people."""
    row = proposed(staff)
    with pytest.raises(DestructionRefused):
        run_destruction(row.pk, store=store, at=made.DUE)
    assert made.in_database([made.NAME])
    release_destruction(row.pk, digest=row.digest, by=cases.by(second, made.DUE), at=made.DUE)
    assert run_destruction(row.pk, store=store, at=made.DUE) == Report(1, 0, 0)
    assert made.in_database([made.NAME]) == {}
    told = Act.objects.get(act="destroyed", subject_kind="case", details__has_key="list").details
    assert (told["list"], told["proposed_by"], told["released_by"]) == (row.pk, staff.administrator.pk, second.pk)
    under = Act.objects.get(pk=row.items.get().act)
    assert (under.act, under.subject_kind, under.subject_id) == ("destroyed", "case", str(case.pk))
    acts = Act.objects.count()
    assert (run_released(store=store, at=made.DUE), Act.objects.count()) == (0, acts)


def test_who_proposes_does_not_release(case: Case, staff: Staff) -> None:
    """The same official is refused, and by the database too."""
    row = proposed(staff)
    with pytest.raises(NotAllowed, match="oneself"):
        release_destruction(row.pk, digest=row.digest, by=cases.by(staff.administrator, made.DUE), at=made.DUE)
    with pytest.raises(IntegrityError, match="cases_destruction_two_people"), transaction.atomic():
        DestructionList.objects.filter(pk=row.pk).update(released_by=staff.administrator, released_at=made.DUE)


@pytest.mark.parametrize("role", [one for one in RoleKind if one != RoleKind.ADMINISTRATOR])
def test_no_other_role_proposes(role: RoleKind, case: Case, staff: Staff) -> None:
    """Only an administrator of the body proposes and releases."""
    row, somebody = proposed(staff), people.person()
    people.role(somebody, role)
    who = cases.by(somebody, made.DUE)
    with pytest.raises(NotAllowed):
        propose_destruction(people.body().pk, on=ON, by=who, at=made.DUE)
    with pytest.raises(NotAllowed):
        release_destruction(row.pk, digest=row.digest, by=who, at=made.DUE)


def test_another_body_does_nothing_with_it(case: Case, staff: Staff) -> None:
    """An administrator elsewhere may not release, withdraw, or propose for this body."""
    row = proposed(staff)
    stranger = cases.by(cases.official(RoleKind.ADMINISTRATOR, body=people.body("ander")), made.DUE)
    for attempt in (
        lambda: release_destruction(row.pk, digest=row.digest, by=stranger, at=made.DUE),
        lambda: withdraw_destruction(row.pk, by=stranger, at=made.DUE),
        lambda: propose_destruction(people.body().pk, on=ON, by=stranger, at=made.DUE),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_one_list_waits_and_an_empty_one_is_none(case: Case, staff: Staff) -> None:
    """A second list is refused while one waits; withdrawn, a next may come; on a day that nothing is due there is none."""
    row = proposed(staff)
    with pytest.raises(DestructionRefused, match="wacht al"):
        proposed(staff)
    withdraw_destruction(row.pk, by=cases.by(staff.administrator, made.DUE), at=made.DUE)
    with pytest.raises(DestructionRefused, match="al beslist"):
        withdraw_destruction(row.pk, by=cases.by(staff.administrator, made.DUE), at=made.DUE)
    assert proposed(staff).pk != row.pk
    early = made.CLOSED + timedelta(days=30)
    with pytest.raises(DestructionRefused, match="geen zaak"):
        propose_destruction(people.body().pk, on=day_of(early), by=cases.by(staff.administrator, early), at=early)


def test_another_list_than_was_seen_is_not_released(case: Case, staff: Staff, second: Any) -> None:
    """A release with another hash is refused."""
    row = proposed(staff)
    with pytest.raises(DestructionRefused, match="niet de lijst"):
        release_destruction(row.pk, digest=HASH, by=cases.by(second, made.DUE), at=made.DUE)


def test_a_case_that_was_opened_again_stays(case: Case, staff: Staff, second: Any, store: Store) -> None:
    """Between release and destruction it was reopened: it is left, with the reason, and nothing of it goes."""
    row = released(staff, second)
    reopen_case(case.pk, reason="new_facts", by=cases.by(staff.assessor, made.DUE), at=made.DUE)
    assert run_destruction(row.pk, store=store, at=made.DUE + timedelta(minutes=1)) == Report(0, 1, 0)
    assert made.in_database([made.NAME])
    assert row.items.get().left == "not-due-any-more"


def test_it_stops_anywhere_and_goes_on(case: Case, staff: Staff, second: Any, store: Store) -> None:
    """Two cases, one at a time: the report says what is left, and the next run does only that."""
    other = cases.a_case()
    staff.do(other, "assessed", "refused")
    staff.do(other, "closed", at=made.CLOSED)
    row = released(staff, second)
    assert run_destruction(row.pk, store=store, at=made.DUE, most=1) == Report(1, 0, 1)
    assert run_destruction(row.pk, store=store, at=made.DUE) == Report(2, 0, 0) == report_of(row)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases_destructionlist SET due_by = '2001-01-01'",
        "UPDATE cases_destructionlist SET released_at = now()",
        "DELETE FROM cases_destructionitem",
        "DELETE FROM cases_destructionlist",
        'INSERT INTO cases_destructionitem (list_id, number, case_id, kept_until, "left")'
        " SELECT list_id, 2, case_id, kept_until, '' FROM cases_destructionitem",
        "UPDATE cases_destructionitem SET kept_until = '2001-01-01'",
        "UPDATE cases_destructionitem SET act = NULL",
    ],
    ids=["day", "released-again", "item-gone", "list-gone", "item-added", "item-changed", "item-undone"],
)
def test_what_was_agreed_stays(sql: str, case: Case, staff: Staff, second: Any, store: Store) -> None:
    """The database refuses every change of a list that was released and done."""
    run_destruction(released(staff, second).pk, store=store, at=made.DUE)
    with pytest.raises(IntegrityError, match="cases_destruction"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def a_list(staff: Staff, **other: Any) -> DestructionList:
    given = {
        "body": people.body(),
        "due_by": ON,
        "digest": HASH,
        "proposed_by": staff.administrator,
        "proposed_at": made.DUE,
    }
    return DestructionList(**(given | other))


def an_item(staff: Staff, **other: Any) -> DestructionItem:
    whole = DestructionList.objects.first() or a_list(staff)
    whole.save()
    return DestructionItem(
        **({"list": whole, "number": 1, "case": Case.objects.order_by("pk").first(), "kept_until": ON} | other)
    )


def again(staff: Staff, **other: Any) -> DestructionItem:
    an_item(staff).save()
    return an_item(staff, **other)


def waiting(staff: Staff) -> DestructionList:
    a_list(staff).save()
    return a_list(staff)


WRONG: dict[str, Callable[[Staff], models.Model]] = {
    "cases_destruction_hashed": lambda staff: a_list(staff, digest="Zelda"),
    "cases_destruction_two_people": lambda staff: a_list(staff, released_by=staff.administrator, released_at=made.DUE),
    "cases_destruction_released_whole": lambda staff: a_list(staff, released_at=made.DUE),
    "cases_destruction_one_end": lambda staff: a_list(
        staff, released_by=staff.decider, released_at=made.DUE, withdrawn_at=made.DUE
    ),
    "cases_destruction_one_waits": waiting,
    "cases_destruction_numbered": lambda staff: again(staff, case=cases.a_case()),
    "cases_destruction_case_once": lambda staff: again(staff, number=2),
    "cases_destruction_item_one_end": lambda staff: an_item(staff, act=1, left="not-due-any-more"),
}


def test_no_constraint_is_forgotten() -> None:
    """Every constraint of the two tables has a row here that breaks it."""
    tables = [apps.get_model("cases", name) for name in ("DestructionList", "DestructionItem")]
    assert set(WRONG) == {one.name for table in tables for one in table._meta.constraints}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_the_database_refuses(name: str, staff: Staff) -> None:
    """The database refuses the row by this constraint, and the model says so in its sentence."""
    cases.a_case()
    row = WRONG[name](staff)
    constraint = next(one for one in row._meta.constraints if one.name == name)
    with pytest.raises(ValidationError) as said:
        constraint.validate(type(row), row)
    assert said.value.messages == [str(constraint.violation_error_message)]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)
