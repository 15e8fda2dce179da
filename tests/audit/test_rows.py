"""Rows read by a statement of our own are what Django gives for the same question."""

from typing import Any

import pytest
from django.db.models import Model

from doorleren.applications.models import Application
from doorleren.audit.models import Act
from doorleren.audit.rows import joined, rows_of
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Assessment, Decision
from doorleren.people.models import Body, FileKey, Organisation, Person, Role, RoleKind
from doorleren.rounds.models import Round, Ticket
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, YES, assessed, by
from tests.people import made as people

pytestmark = pytest.mark.django_db
MODELS = (Act, Application, Assessment, Case, CaseAct, Decision, FileKey, Person, Role, Round, Ticket)


def whole(one: Model) -> dict[str, Any]:
    """Give every column of a row."""
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


@pytest.fixture
def granted(tmp_path: Any) -> Case:
    """A case that went to a grant: there is a row of each model."""
    known = made.library(tmp_path, made.HARD)
    round_ = a_round(known, opened=True)
    case, staff = made.a_case(known, round_, "Nadia"), made.officials(round_.body)
    assessed(case, known, staff["assessor"], YES)
    grant(case.pk, by=by(staff["decider"]), at=AT)
    return case


def test_rows_are_those_of_django(granted: Case) -> None:
    """Each model gives the same rows with the same values, of the same types, in the order that was asked."""
    for model in MODELS:
        found, wanted = rows_of(model, "true ORDER BY 1", []), list(model._default_manager.order_by("pk"))
        assert [whole(one) for one in found] == [whole(one) for one in wanted]
        assert [[type(value) for value in whole(one).values()] for one in found] == [
            [type(value) for value in whole(one).values()] for one in wanted
        ]
        assert found, model
        assert all(one._state.db == "default" and not one._state.adding for one in found)
    assert granted in rows_of(Case, "id = %s", [granted.pk])
    assert rows_of(Case, "id = %s", [0]) == []


def test_several_tables_at_once() -> None:
    """Each row gives the objects in the order of the models, None where the join found nothing, and what was asked besides."""
    who, body = people.person(name="Noor"), Body.objects.create(code="noord", name="Noord")
    people.role(who, RoleKind.ASSESSOR, body=body)
    tables = "people_role r JOIN people_body b ON b.id = r.body_id LEFT JOIN people_organisation o ON o.id = r.organisation_id"
    found = joined(
        {"r": Role, "b": Body, "o": Organisation}, f"{tables} WHERE r.person_id = %s", [who.pk], ("r.person_id + 1",)
    )
    assert found == [(Role.objects.get(person=who), body, None, who.pk + 1)]
