"""The database refuses what the table of acts forbids; table, model, migration and database say the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from doorleren.cases.acts import ACTS, COLUMNS, FAMILIES
from doorleren.cases.models import Case, CaseAct, guards
from doorleren.cases.stops import STOPS
from tests.cases.lives import BEGIN
from tests.cases.made import AT, DAY

pytestmark = pytest.mark.django_db
EARLY, LATE = BEGIN + timedelta(hours=1), BEGIN + timedelta(hours=2)
IN_A_CHECK = {stop.id: guards.stopped_in_a_check(stop) for stop in STOPS.values()}
STOPPED = [(stop, act) for stop, acts in IN_A_CHECK.items() for act in acts]
BEFORE = [(act.name, number) for act in ACTS.values() for number in range(1, len(act.after) + 1)]
ANSWERS = [act.name for act in ACTS.values() if act.answers]


def written(case: Case, **moments: datetime | None) -> None:
    """Write moments straight into the database, without any rule of ours, with families and the last act as they should be."""
    for name in moments:
        family = ACTS[name].family if name in ACTS else ""
        if family and family not in moments:
            moments = {**moments, family: moments[name]}
    last = max(one for name, one in moments.items() if one and name in ACTS)
    Case.objects.filter(pk=case.pk).update(**{f"{name}_at": at for name, at in moments.items()}, last_act_at=last)


def allowed_before(act: str) -> dict[str, datetime]:
    """Give what must have happened before an act, by name."""
    names = [after.any_of[0] for after in ACTS[act].after] + ([ACTS[act].answers] if ACTS[act].answers else [])
    found: dict[str, datetime] = {}
    for name in names:
        one = FAMILIES.get(name, (name,))[-1]
        found |= {**allowed_before(one), one: EARLY}
    return found


def by_name(name: str) -> models.BaseConstraint:
    """Give a constraint of the case by its name."""
    return next(one for one in Case._meta.constraints if one.name == name)


def says(case: Case, name: str, sentence: str, **moments: datetime | None) -> None:
    """Check that the database refuses these moments, and that the constraint says so in its sentence."""
    with pytest.raises(IntegrityError, match="cases_"), transaction.atomic():
        written(case, **moments)
    for each, at in moments.items():
        setattr(case, f"{each}_at", at)
    with pytest.raises(ValidationError) as said:
        by_name(name).validate(Case, case)
    assert said.value.messages == [sentence]


@pytest.mark.parametrize(("stop", "act"), STOPPED)
def test_a_stop(stop: str, act: str, case: Case) -> None:
    """The database refuses an act later than what stops it, by the stop's own constraint and in its sentence."""
    one = STOPS[stop]
    first = FAMILIES.get(one.by, (one.by,))[-1]
    moments = {**allowed_before(act), **allowed_before(first), first: EARLY, one.by: EARLY, act: LATE}
    for name in one.until:
        moments.pop(name, None)
        for member in FAMILIES.get(name, ()):
            moments.pop(member, None)
    if ACTS[act].family:
        moments[ACTS[act].family] = LATE
    says(case, f"cases_stop_{stop}", one.texts["nl"], **moments)


@pytest.mark.parametrize(("act", "number"), BEFORE)
def test_what_comes_before(act: str, number: int, case: Case) -> None:
    """The database refuses an act before which something must have happened, and nothing of that did."""
    after = ACTS[act].after[number - 1]
    moments = {name: at for name, at in allowed_before(act).items() if name not in members(after.any_of)}
    for one in ACTS[act].after:
        if one is not after:
            moments |= {FAMILIES.get(name, (name,))[-1]: EARLY for name in one.any_of if name not in after.any_of}
    says(case, f"cases_before_{act}_{number}", after.texts["nl"], **{**moments, act: LATE})


def members(names: tuple[str, ...]) -> set[str]:
    """Give these acts, with those of families among them."""
    return {act for name in names for act in (name, *FAMILIES.get(name, ()))}


@pytest.mark.parametrize("act", ANSWERS)
def test_an_answer_without_a_question(act: str, case: Case) -> None:
    """The database refuses an answer to what was never asked."""
    with pytest.raises(IntegrityError, match=f"cases_(before_{act}_0|answers_{act})"), transaction.atomic():
        written(case, **{act: LATE})


@pytest.mark.parametrize(("name", "act"), sorted(guards.trigger_rules()))
def test_the_trigger(name: str, act: str, case: Case) -> None:
    """The database refuses an act a second time where it happens once, was just decided, or has nothing left to answer."""
    later = [FAMILIES[STOPS[one].by][0] for one in ACTS[act].later_stops]
    before = allowed_before(later[0] if later else act)
    if before:
        written(case, **before)
    stops = [STOPS[name] for name in ACTS[act].stopped_by if STOPS[name].by in before and STOPS[name].until]
    if stops:
        written(case, **{stop.until[-1]: EARLY + timedelta(seconds=30) for stop in stops})
    if act != "opened":
        written(case, **{act: EARLY + timedelta(minutes=1)})
    if later:
        written(case, **dict.fromkeys(later, EARLY + timedelta(minutes=2)))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        written(case, **{act: LATE})


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family(family: str, case: Case) -> None:
    """The database refuses a family's moment that is not that of its last act, filled or empty."""
    act = FAMILIES[family][0]
    for wrong in ({family: LATE, act: EARLY}, {family: None, act: EARLY}):
        with pytest.raises(IntegrityError, match=f"cases_family_{family}"), transaction.atomic():
            written(case, **{**allowed_before(act), **wrong})


WRONG: dict[str, Callable[[Case], models.Model]] = {
    "cases_reference_once": lambda case: another(case, reference=case.reference),
    "cases_reference_written": lambda case: another(case, reference="K7M9QXT"),
    "cases_subject_once": lambda case: another(case, subject_id=case.subject_id),
    "cases_subject_named": lambda case: another(case, subject_kind="A matter"),
    "cases_procedure_known": lambda case: another(case, procedure="raffle"),
    "cases_framework_named": lambda case: another(case, framework=""),
    "cases_earlier_another": lambda case: another(case, id=10**6, earlier_id=10**6),
    "cases_due_of_a_term": lambda case: another(case, due_on=DAY),
    "cases_assigned_by_an_act": lambda case: another(case, assigned_to_id=1),
    "cases_assessed_as": lambda case: another(case, assessed_as="open"),
    "cases_acts_counted": lambda case: another(case, acts=0),
    "cases_last_act": lambda case: another(case, last_act_at=LATE),
    "cases_act_once": lambda case: row(case, number=1),
    "cases_act_number": lambda case: row(case, number=0),
    "cases_act_known": lambda case: row(case, act="raffled"),
    "cases_act_whole": lambda case: row(case, ground=""),
    "cases_act_sent_again_once": lambda case: twice(
        case, act="dispatched", details={"returned": 1, "why": "not_taken"}
    ),
    "cases_act_sent_again_why": lambda case: row(case, act="dispatched", details={"returned": 1, "why": "lost"}),
}


def another(case: Case, **wrong: Any) -> Case:
    """Give another case that is right, but for what is said."""
    told = {
        "reference": "222-2222", "version": case.version, "scheme": case.scheme, "body": case.body,
        "framework": case.framework, "procedure": case.procedure, "subject_kind": "matter", "subject_id": "another",
        "received_on": DAY, "opened_at": AT, "last_act_at": AT,
    }  # fmt: skip
    return Case(**(told | wrong))


def row(case: Case, **wrong: Any) -> CaseAct:
    """Give an act that is right, but for what is said."""
    told = {"number": 2, "act": "assigned", "at": AT, "happened_on": DAY, "by_kind": "site", "ground": "Awb"}
    return CaseAct(case=case, **(told | wrong))


def twice(case: Case, **told: Any) -> CaseAct:
    """Write an act, and give another that says the same."""
    row(case, **told).save()
    return row(case, number=3, **told)


@pytest.mark.parametrize("name", sorted(WRONG))
def test_other_constraints(name: str, case: Case) -> None:
    """The database refuses the row by this constraint, and the model says so in its sentence."""
    one = WRONG[name](case)
    constraint = next(each for each in one._meta.constraints if each.name == name)
    with pytest.raises(ValidationError) as said:
        constraint.validate(type(one), one)
    assert said.value.messages == [str(constraint.violation_error_message)]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        one.save(force_insert=True)


def test_none_is_forgotten() -> None:
    """Every constraint of both tables has a test above that breaks it, and a name that PostgreSQL keeps whole."""
    tested = {f"cases_stop_{stop}" for stop, _ in STOPPED} | {f"cases_before_{act}_{n}" for act, n in BEFORE}
    tested |= {f"cases_before_{act}_0" for act in ANSWERS} | {f"cases_family_{one}" for one in FAMILIES} | set(WRONG)
    found = {one.name for model in (Case, CaseAct) for one in model._meta.constraints}
    assert tested == found
    assert max(map(len, found)) <= 63


def test_the_columns_are_the_table() -> None:
    """The case has a moment for each act and family of the table, in its order, and no other."""
    columns = [one.name for one in Case._meta.fields if one.name.endswith("_at") and one.name != "last_act_at"]
    assert tuple(columns) == COLUMNS


def test_the_migration_has_the_trigger_of_the_table() -> None:
    """The function that was written out in the migration, and the one in the database, are the table's."""
    migration = import_module("doorleren.cases.migrations.0016_refunded")
    assert migration.MOVES.strip() == guards.moves_function()
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'cases_case_moves'")
        assert cursor.fetchone()[0].strip() in guards.moves_function()


def test_what_was_amended_before_a_stop_came_stands(case: Case) -> None:
    """A case that was amended after it had settled, as was possible once, is no obstacle: what comes next is written."""
    written(case, **allowed_before("settled_as_granted"), settled_as_granted=EARLY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger looks, as none did then
        written(case, amended=EARLY + timedelta(minutes=1))
        cursor.execute("SET LOCAL session_replication_role = origin")
    written(case, contact_noted=LATE)


def test_the_migrations_are_the_models() -> None:
    """No change to the tables of cases is without its migration."""
    from django.core.management import call_command

    call_command("makemigrations", "cases", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("change", [
    {"scheme": "other"}, {"subject_id": "other"}, {"received_on": DAY + timedelta(days=1)}, {"decision_term": "decision"},
])  # fmt: skip
def test_what_a_case_was_opened_with_stays(change: dict[str, Any], case: Case) -> None:
    """What a case was opened with is never changed, whoever tries."""
    with pytest.raises(IntegrityError, match="cases_pinned"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


@pytest.mark.parametrize("at", [BEGIN - timedelta(days=1), None])
def test_moments_only_grow(at: datetime | None, case: Case) -> None:
    """A moment never goes back, and what happened never becomes what did not."""
    written(case, contact_noted=LATE)
    with pytest.raises(IntegrityError, match="cases_moments_grow"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(contact_noted_at=at, last_act_at=at or AT)


def test_the_scheme_is_that_of_the_version(case: Case) -> None:
    """A case of a version under the name of another scheme is refused."""
    with pytest.raises(IntegrityError, match="cases_scheme_of_version"), transaction.atomic():
        another(case, scheme="other").save(force_insert=True)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_acts_are_insert_only(act: str, case: Case) -> None:
    """An act on a case is never changed and never goes."""
    rows = CaseAct.objects.filter(case=case)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(at=LATE) if act == "update" else rows.delete()


def test_a_case_never_goes(case: Case) -> None:
    """A case is never deleted: what is destroyed at the end of retention is its content."""
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_case WHERE id = %s", [case.pk])
