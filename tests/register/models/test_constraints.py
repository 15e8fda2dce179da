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
    Alert,
    Delivery,
    FormerPrice,
    OccupationSkill,
    ProofDocument,
    Provider,
    ProviderLocation,
    ProviderRecognition,
    RecognitionAct,
    RecognitionStated,
    RunOffered,
    ShortageOccupation,
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
    if model is ShortageOccupation:
        return {"code": "2512", "label": "", "listed_from": EARLIER}
    if model is OccupationSkill:
        return {"occupation": "o", "skill": "s", "essential": True}
    if model is Delivery:
        return {"source": made(Source), "form": "csv", "received_at": AT, "received_by": "t"}
    if model is Alert:
        return {"address": "a@b.nl", "search": "", "language": "nl", "asked_at": AT, "seen_until": AT}
    if model in (ProviderLocation, ProofDocument, RecognitionStated, RecognitionAct):
        return told_by_a_provider(model)
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


def told_by_a_provider(model: type[models.Model]) -> dict[str, Any]:
    """The same for what a provider says of itself."""
    if model is ProviderLocation:
        return {"provider": made(Provider), "place_in_order": 0, "place": "Zeist"}
    if model is ProofDocument:
        proof = {"file_name": "f", "media_type": "image/png", "size": 1, "sha256": "h", "content": b"x"}
        return proof | {"provider": made(Provider)}
    if model is RecognitionStated:
        return {
            "provider": made(Provider), "route": "ocw", "number": "1", "link": "https://x.example", "stated_at": AT,
            "stated_by": "t",
        }  # fmt: skip
    if model is RecognitionAct:
        return {"stated": made(RecognitionStated), "act": "confirmed", "done_at": AT, "done_by": "t"}
    raise LookupError(model)


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
    Case(
        ShortageOccupation, "shortage_ends_after_start", {"listed_from": LATER, "listed_until": EARLIER},
        {"listed_from": LATER, "listed_until": LATER},
    ),
    Case(ProviderRecognition, "recognition_route_known", {"route": "iso"}, {"route": "sector"}),
    Case(
        ProviderRecognition, "recognition_ends_after_start", {"starts_on": LATER, "ends_on": EARLIER},
        {"starts_on": LATER, "ends_on": LATER},
    ),
    Case(Alert, "alert_address_has_at", {"address": "a.nl"}, {"address": "b@b.nl"}),
    Case(Alert, "alert_address_has_at", {"address": "a@b.nl\nBcc: c@b.nl"}, {"address": "a.b@b.nl"}),
    Case(Alert, "alert_about_one_thing", {"search": "q=x", "scheme": "s"}, {"search": "", "scheme": "s"}),
    Case(Alert, "alert_language_known", {"language": "de"}, {"language": "en"}),
    Case(Alert, "alert_looked_at_when_confirmed", {"looked_on": LATER}, {"looked_on": LATER, "confirmed_at": AT}),
    Case(ProviderLocation, "location_is_somewhere", {"place": "", "name": "x"}, {"place": "", "postcode": "1234"}),
    Case(ProofDocument, "proof_media_type_known", {"media_type": "text/html"}, {"media_type": "application/pdf"}),
    Case(ProofDocument, "proof_not_too_large", {"size": 0}, {"size": 1}),
    Case(ProofDocument, "proof_not_too_large", {"size": 5_000_001}, {"size": 5_000_000}),
    Case(RecognitionStated, "stated_route_known", {"route": "iso"}, {"route": "evc"}),
    Case(
        RecognitionStated, "stated_ends_after_start", {"starts_on": LATER, "ends_on": EARLIER},
        {"starts_on": LATER, "ends_on": LATER},
    ),
    Case(RecognitionStated, "stated_with_proof", {"number": ""}, {"number": "", "document": ProofDocument}),
    Case(RecognitionStated, "stated_with_proof", {"link": ""}, {"link": "", "document": ProofDocument}),
    Case(RecognitionAct, "recognition_act_known", {"act": "praised"}, {"act": "withdrawn"}),
    Case(RecognitionAct, "recognition_rejected_has_reason", {"act": "rejected"}, {"act": "rejected", "reason": "r"}),
    Case(Source, "refused_percent_0_to_100", {"most_refused_percent": -1}, {"most_refused_percent": 0}),
    Case(Source, "refused_percent_0_to_100", {"most_refused_percent": 101}, {"most_refused_percent": 100}),
    Case(Source, "source_form_known", {"form": "xml"}, {"form": "edudex"}),
    Case(Source, "source_every_hours_positive", {"every_hours": 0}, {"every_hours": 1}),
    Case(Source, "source_least_rows_not_negative", {"least_rows": -1}, {"least_rows": 0}),
    *(
        Case(Source, "source_secret_is_a_name", {"secret": wrong}, {"secret": "school-2"})
        for wrong in ("../key", "-a", "A", "a b")
    ),
    *(
        Case(
            Source, "source_kvk_eight_digits", {"provider_kvk": wrong, "provider_name": "P"},
            {"provider_kvk": "12345678", "provider_name": "P"},
        )
        for wrong in ("1234567", "1234567\n")
    ),
    Case(Source, "source_kvk_and_name", {"provider_kvk": "12345678"}, {}),
    Case(Source, "source_kvk_and_name", {"provider_name": "P"}, {"provider_kvk": "12345678", "provider_name": "P"}),
    Case(Delivery, "delivery_form_known", {"form": "xml"}, {"form": "form"}),
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
        Case(
            AdmissionDecision, "admission_refusal_has_reason", {"act": act, "reason": "", "checks": ["c"]},
            {"act": act, "reason": "r", "checks": ["c"]},
        )
        for act in ("refused", "suspended", "removed")
    ),
    Case(AdmissionDecision, "admission_cap_positive", {"grants_a_year": 0}, {"grants_a_year": 1}),
    Case(
        AdmissionDecision, "admission_refusal_names_check", {"act": "refused", "reason": "r"},
        {"act": "refused", "reason": "r", "checks": ["c"]},
    ),
    *(
        Case(
            AdmissionDecision, "admission_cap_of_admitted", {"act": act, "reason": "r", "checks": ["c"], "grants_a_year": 5},
            {"act": act, "reason": "r", "checks": ["c"]},
        )
        for act in ("applied", "refused", "suspended", "removed")
    ),
]  # fmt: skip

TWICE = [
    (Alert, "alert_once_per_address_and_subject", {}, {"language": "en"}, {"search": "q=x"}),
    (Provider, "provider_kvk_once", {"kvk": "12345678"}, {"code": "q"}, {"kvk": ""}),
    (Activity, "activity_code_once_per_provider", {}, {}, {"code": "b"}),
    (RunOffered, "run_place_once", {}, {}, {"place_in_order": 1}),
    (ProviderLocation, "location_place_once", {}, {"place": "Epe"}, {"place_in_order": 1}),
    (RecognitionAct, "recognition_act_once", {}, {"done_by": "z"}, {"act": "withdrawn"}),
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
