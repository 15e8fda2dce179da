"""Every constraint of the register's tables refuses what it says, one field at a time, and lets the rest in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from doorleren.people.models import Organisation
from doorleren.register.models import (
    Activity,
    ActivityVersion,
    AdmissionDecision,
    Delivery,
    FormerPrice,
    OccupationSkill,
    Provider,
    ProviderRecognition,
    RunOffered,
    Source,
    Upload,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
EARLIER, LATER = date(2026, 5, 1), date(2026, 5, 2)
PARTS = ("tuition", "examination", "material", "registration")


def row(model: type[models.Model]) -> dict[str, Any]:
    """The columns of a row that every constraint allows, with what it refers to."""
    if model is Provider:
        return {"code": "p", "name": "P", "changed_at": AT}
    if model is Source:
        return {"name": "s", "form": "csv"}
    if model is Organisation:
        return {"kvk": "12345678", "name": "O"}
    if model is Upload:
        return {
            "organisation": made(Organisation),
            "made_at": AT,
            "made_by": "t",
            "file_name": "f",
            "size": 1,
            "state": "judged",
        }
    if model is OccupationSkill:
        return {"occupation": "o", "skill": "s", "essential": True}
    if model is Delivery:
        return {"source": made(Source), "form": "csv", "received_at": AT, "received_by": "t"}
    if model is ProviderRecognition:
        return {"provider": made(Provider), "route": "ocw"}
    if model is AdmissionDecision:
        return {
            "provider": made(Provider),
            "act": "admitted",
            "effective_on": EARLIER,
            "decided_at": AT,
            "decided_by": "t",
        }
    if model is Activity:
        return {"provider": made(Provider), "code": "a", "current": None}
    if model is FormerPrice:
        return {"activity": made(Activity), "on": EARLIER, "cents": 0, "source": "s"}
    if model is RunOffered:
        return {"version": made(ActivityVersion), "place_in_order": 0, "place": "", "postcode": ""}
    return {
        "activity": made(Activity), "delivery": made(Delivery), "made_at": AT, "fingerprint": "f", "title": "T",
        "description": "", "learning_outcomes": [], "language": "nl", "entry_requirements": "", "occupations": [],
        "skills": [], "certificate": "", "url": "",
    }  # fmt: skip


def made(model: type[models.Model]) -> models.Model:
    """A row that is allowed; the one that is there already if there is one."""
    return model._default_manager.first() or model._default_manager.create(**row(model))


@dataclass(frozen=True)
class Case:
    """What a constraint refuses and what next to it is allowed; a callable is asked when the database is there."""

    model: type[models.Model]
    constraint: str
    refused: dict[str, Any]
    allowed: dict[str, Any]


CASES = [
    Case(Provider, "provider_kvk_eight_digits", {"kvk": "1234567"}, {"kvk": "12345678"}),
    Case(Provider, "provider_kvk_eight_digits", {"kvk": "1234567a"}, {"kvk": ""}),
    Case(Provider, "provider_kvk_eight_digits", {"kvk": "1234567\n"}, {"kvk": "00000000"}),
    Case(ProviderRecognition, "recognition_route_known", {"route": "iso"}, {"route": "sector"}),
    Case(
        ProviderRecognition, "recognition_ends_after_start", {"starts_on": LATER, "ends_on": EARLIER},
        {"starts_on": LATER, "ends_on": LATER},
    ),
    Case(Source, "refused_percent_0_to_100", {"most_refused_percent": -1}, {"most_refused_percent": 0}),
    Case(Source, "refused_percent_0_to_100", {"most_refused_percent": 101}, {"most_refused_percent": 100}),
    Case(Delivery, "delivery_undone_at_and_by", {"undone_at": AT}, {"undone_at": AT, "undone_by": "t"}),
    Case(Delivery, "delivery_undone_at_and_by", {"undone_by": "t"}, {}),
    Case(
        Delivery, "delivery_undone_after_received", {"undone_at": AT.replace(hour=8), "undone_by": "t"},
        {"undone_at": AT, "undone_by": "t"},
    ),
    Case(Upload, "upload_state_known", {"state": "lost"}, {"state": "dropped"}),
    Case(Upload, "upload_received_has_delivery", {"state": "received"}, {"state": "judged"}),
    Case(Upload, "upload_received_has_delivery", {"delivery": Delivery}, {}),
    Case(ActivityVersion, "activity_has_title", {"title": ""}, {"title": "x"}),
    *(
        Case(ActivityVersion, f"{kind}_level_1_to_8", {f"{kind}_level": wrong}, {f"{kind}_level": right})
        for kind in ("nlqf", "eqf")
        for wrong, right in ((0, 1), (9, 8), (-1, None))
    ),
    Case(ActivityVersion, "certificate_value_known", {"certificate_value": ""}, {"certificate_value": "none"}),
    Case(
        ActivityVersion, "publication_ends_after_start", {"published_from": LATER, "published_until": EARLIER},
        {"published_from": LATER, "published_until": LATER},
    ),
    *(
        Case(ActivityVersion, f"{part}_price_not_negative", {f"{part}_cents": -1}, {f"{part}_cents": 0})
        for part in PARTS
    ),
    Case(
        RunOffered, "run_ends_after_start", {"starts_on": LATER, "ends_on": EARLIER},
        {"starts_on": LATER, "ends_on": LATER},
    ),
    Case(FormerPrice, "former_price_not_negative", {"cents": -1}, {"cents": 0}),
    Case(AdmissionDecision, "admission_of_provider_or_activity", {"provider": None}, {}),
    Case(
        AdmissionDecision, "admission_of_provider_or_activity", {"activity": Activity},
        {"provider": None, "activity": Activity},
    ),
    Case(AdmissionDecision, "admission_act_known", {"act": "praised"}, {"act": "applied"}),
    *(
        Case(AdmissionDecision, "admission_refusal_has_reason", {"act": act, "reason": ""}, {"act": act, "reason": "r"})
        for act in ("refused", "suspended", "removed")
    ),
    Case(AdmissionDecision, "admission_cap_positive", {"grants_a_year": 0}, {"grants_a_year": 1}),
]  # fmt: skip

TWICE = [
    (Provider, "provider_kvk_once", {"kvk": "12345678"}, {"code": "q"}, {"kvk": ""}),
    (Activity, "activity_code_once_per_provider", {}, {}, {"code": "b"}),
    (RunOffered, "run_place_once", {}, {}, {"place_in_order": 1}),
    (FormerPrice, "former_price_once_per_day_and_source", {}, {"cents": 5}, {"on": LATER}),
    (FormerPrice, "former_price_once_per_day_and_source", {}, {"cents": 5}, {"source": "z"}),
    (OccupationSkill, "occupation_skill_once", {}, {"essential": False}, {"skill": "z"}),
    (OccupationSkill, "occupation_skill_once", {}, {"essential": False}, {"occupation": "z"}),
]
"""Model, constraint, what both rows have, what the second may say otherwise and is refused still, and what lets it in."""


def filled(model: type[models.Model], more: dict[str, Any]) -> models.Model:
    """An allowed row with some columns otherwise, not yet in the database."""
    told = {name: made(value) if isinstance(value, type) else value for name, value in more.items()}
    return model(**row(model) | told)


def constraints(kind: type[models.BaseConstraint]) -> set[tuple[str, str]]:
    """Model and name of every constraint of a kind in the register."""
    of_register = apps.get_app_config("register").get_models()
    return {
        (model.__name__, one.name) for model in of_register for one in model._meta.constraints if isinstance(one, kind)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.constraint}-{next(iter(case.refused))}")
def test_a_constraint_refuses_what_it_says(case):
    """The database refuses the one row by this constraint, and takes the other that lies next to it."""
    wrong = filled(case.model, case.refused)
    with pytest.raises(IntegrityError, match=case.constraint), transaction.atomic():
        wrong.save(force_insert=True)
    filled(case.model, case.allowed).save(force_insert=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.constraint}-{next(iter(case.refused))}")
def test_a_constraint_says_why_to_a_reader(case):
    """Before the database, the constraint itself refuses with a Dutch sentence."""
    found = next(one for one in case.model._meta.constraints if one.name == case.constraint)
    with pytest.raises(ValidationError) as refused:
        found.validate(case.model, filled(case.model, case.refused))
    assert refused.value.messages[0].endswith(".")
    assert "Constraint" not in refused.value.messages[0]


@pytest.mark.parametrize(("model", "constraint", "both", "again", "otherwise"), TWICE)
def test_what_is_there_once_is_refused_twice(model, constraint, both, again, otherwise):
    """The second row is refused by this constraint, also when other columns differ, and taken when its key differs."""
    filled(model, both).save(force_insert=True)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        filled(model, both | again).save(force_insert=True)
    filled(model, both | again | otherwise).save(force_insert=True)


@pytest.mark.parametrize(("model", "field", "value"), [(Provider, "code", "p"), (Source, "name", "s")])
def test_a_unique_field_is_unique(model, field, value):
    """A second row with the same name or code is refused."""
    made(model)
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        filled(model, {field: value}).save(force_insert=True)


def test_no_constraint_is_forgotten():
    """Every constraint that the models have stands in the tables above."""
    assert constraints(models.CheckConstraint) == {(one.model.__name__, one.constraint) for one in CASES}
    assert constraints(models.UniqueConstraint) == {(model.__name__, name) for model, name, *_ in TWICE}
