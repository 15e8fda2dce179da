"""What the database refuses of assessments, decisions and batches, each with its sentence; and that none is forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models, transaction

from doorleren.cases.models import Case
from doorleren.decisions.commands.propose_batch import digest_now, propose_batch
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.commands.run_batch import run_batch
from doorleren.decisions.models import ActLetter, Assessment, Batch, BatchItem, Decision
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import AT, a_case, automatic, by, later

TABLES: tuple[type[models.Model], ...] = (Assessment, Decision, Batch, BatchItem, ActLetter)
Rows = dict[str, Any]


@pytest.fixture
def rows(known: Library, round_: Round, staff: dict[str, Person]) -> Rows:
    """A batch that was released and decided on one of its two cases, and all that came of it."""
    cases = [a_case(known, round_, name) for name in ("Nadia", "Omar")]
    found = [automatic(case, known) for case in cases]
    batch = propose_batch(round_.pk, ["honest"], by=by(staff["decider"]), at=AT)
    release_batch(batch.pk, digest_now(batch), by=by(staff["second"]), at=AT)
    run_batch(batch.pk, now=later, most=1)
    return {"case": cases[1], "assessment": found[1], "batch": Batch.objects.get(), "decision": Decision.objects.get(),
            "staff": staff, "item": BatchItem.objects.get(pending=True)}  # fmt: skip


def copy(row: models.Model, **wrong: Any) -> models.Model:
    """Give a copy of a row that is right, as a new row, but for what is said."""
    told = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    return type(row)(**(told | wrong))


def assessment(rows: Rows, **wrong: Any) -> models.Model:
    """Give another assessment, of the act that opened the case."""
    return copy(rows["assessment"], **({"number": 2, "act_id": rows["case"].rows.get(number=1).pk} | wrong))


def decision(rows: Rows, **wrong: Any) -> models.Model:
    """Give a decision on the other case, in the place of the one that is there."""
    told = {
        "case_id": rows["case"].pk,
        "act_id": rows["case"].rows.get(number=1).pk,
        "assessment_id": rows["assessment"].pk,
    }
    return copy(rows["decision"], **(told | wrong))


def batch(rows: Rows, **wrong: Any) -> models.Model:
    """Give another batch."""
    return copy(rows["batch"], **wrong)


def item(rows: Rows, **wrong: Any) -> models.Model:
    """Give another item of the batch."""
    first = BatchItem.objects.get(pending=False)
    other = Case.objects.exclude(pk__in=[first.case_id, rows["case"].pk]).values_list("pk", flat=True).first()
    return copy(rows["item"], **({"number": 9, "case_id": other or 0} | wrong))


REFUSED = {"kind": "refused", "amount_cents": 0, "ground": "ceiling", "article": "Awb, art. 4:25(2)", "arrangement": "",
           "advance_cents": None}  # fmt: skip
WRONG: dict[str, Callable[[Rows], models.Model]] = {
    "decisions_assessment_once": lambda rows: assessment(rows, number=1),
    "decisions_assessment_number": lambda rows: assessment(rows, number=0),
    "decisions_assessment_outcome": lambda rows: assessment(rows, outcome="maybe"),
    "decisions_assessment_clear": lambda rows: assessment(rows, automatic=False, clear=True),
    "decisions_assessment_cents": lambda rows: assessment(rows, amount_cents=-1),
    "decisions_assessment_hashed": lambda rows: assessment(rows, rules_digest="x"),
    "decisions_decision_once": lambda rows: decision(rows, case_id=rows["decision"].case_id),
    "decisions_decision_number": lambda rows: decision(rows, number=2),
    "decisions_decision_amount": lambda rows: decision(rows, kind="partly_granted"),
    "decisions_decision_reasoned": lambda rows: decision(rows, **(REFUSED | {"article": ""})),
    "decisions_decision_advance": lambda rows: decision(rows, advance_cents=10**9),
    "decisions_decision_assessed": lambda rows: decision(rows, **REFUSED, assessment_id=None),
    "decisions_decision_place": lambda rows: decision(rows, position=None),
    "decisions_decision_within_place": lambda rows: decision(rows, place_cents=1),
    "decisions_decision_within_ceiling": lambda rows: decision(
        rows, ceiling_cents=100_000, granted_before_cents=30_006
    ),
    "decisions_decision_within_number": lambda rows: decision(rows, ceiling_number=1, granted_before_number=1),
    "decisions_batch_two_people": lambda rows: batch(rows, released_by_id=rows["batch"].proposed_by_id),
    "decisions_batch_released": lambda rows: batch(rows, released_digest=""),
    "decisions_batch_hashed": lambda rows: batch(rows, list_digest="x"),
    "decisions_batch_one_end": lambda rows: batch(rows, withdrawn_at=AT),
    "decisions_batch_runs_once_released": lambda rows: batch(
        rows, released_by_id=None, released_at=None, released_digest="", stopped_at=AT
    ),
    "decisions_batch_settles": lambda rows: batch(rows, settles=True),
    "decisions_item_number": lambda rows: item(rows, number=1),
    "decisions_item_once": lambda rows: item(rows, case_id=rows["case"].pk),
    "decisions_item_kind": lambda rows: item(rows, kind="left_out"),
    "decisions_item_one_end": lambda rows: item(rows, left="assessed_anew"),
    "decisions_item_why_out": lambda rows: item(rows, taken_out_why="look"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_constraint(name: str, rows: Rows) -> None:
    """The database refuses the row by this constraint, and the model says so in its sentence."""
    one = WRONG[name](rows)
    constraint = next(each for each in one._meta.constraints if each.name == name)
    with pytest.raises(ValidationError) as said:
        constraint.validate(type(one), one)
    assert said.value.messages == [str(constraint.violation_error_message)]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        one.save(force_insert=True)


def test_what_is_right_is_let_in(rows: Rows) -> None:
    """The rows that the tests above break are let in as they are: only what is said of them is refused."""
    for one in (assessment(rows), decision(rows, granted_before_cents=30_005, ceiling_cents=100_000), batch(rows)):
        with transaction.atomic():
            one.save(force_insert=True)


def test_none_is_forgotten() -> None:
    """Every constraint of these tables has a test above that breaks it, and a name that PostgreSQL keeps whole."""
    found = {one.name for table in TABLES for one in table._meta.constraints}
    assert found == set(WRONG)
    assert max(map(len, found)) <= 63


@pytest.mark.django_db
def test_the_migrations_are_the_models() -> None:
    """No change to these tables is without its migration."""
    call_command("makemigrations", "decisions", check=True, dry_run=True, verbosity=0)


def test_rows_that_never_change(rows: Rows) -> None:
    """Assessments, decisions and which letter belongs to which act are neither changed nor removed."""
    changes: list[Callable[[], object]] = [
        lambda: Assessment.objects.update(outcome="meets"),
        lambda: Assessment.objects.all()._raw_delete("default"),
        lambda: Decision.objects.update(kind="refused"),
        lambda: ActLetter.objects.update(letter=1),
        lambda: ActLetter.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match=r"insert-only|verandert niet"), transaction.atomic():
            change()
    ActLetter.objects.update(noted_at=AT)
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        ActLetter.objects.update(noted_at=None)
