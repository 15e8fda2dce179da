"""Requests and steps to test with, and the rows of them that a constraint refuses."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model

from doorleren.applications.models import Answer, Application, CorrectionRequest, CorrectionStep
from doorleren.core.days import day_of
from tests.applications.made import AT


def request(one: Application, **other: Any) -> CorrectionRequest:
    """Give a request that is right, but for what is said."""
    given = {"person_id": one.applicant_number, "body": one.round.body, "about": "case", "application": one, "asked_at": AT,
             "due_on": day_of(AT) + timedelta(days=31)}  # fmt: skip
    return CorrectionRequest(**(given | other))


def kept(one: Application) -> CorrectionRequest:
    """Keep a request with its first step."""
    made = request(one)
    made.save()
    step(made, number=1, step="asked").save()
    return made


def step(made: CorrectionRequest, **other: Any) -> CorrectionStep:
    """Give a second step that is right, but for what is said."""
    given = {
        "request": made,
        "number": 2,
        "step": "corrected",
        "by_kind": "person",
        "by_id": "1",
        "at": AT,
        "content": b"x",
    }
    return CorrectionStep(**(given | other))


def after(one: Application, first: str, **other: Any) -> CorrectionStep:
    """Give a third step after a second of a kind."""
    made = kept(one)
    step(made, step=first, until=day_of(AT) if first == "extended" else None).save()
    return step(made, **({"number": 3} | other))


def contested(one: Application, **other: Any) -> CorrectionStep:
    """Give a fifth step after an objection that was given more time."""
    made = kept(one)
    day = day_of(AT)
    for number, (name, until) in enumerate(
        (("refused", None), ("objected", day), ("objection_extended", day)), start=2
    ):
        step(made, number=number, step=name, until=until).save()
    return step(made, **({"number": 5} | other))


def decided(one: Application) -> CorrectionStep:
    """Give a second decision on an objection."""
    first = contested(one, step="objection_upheld")
    first.save()
    return step(first.request, number=6, step="objection_rejected")


WRONG: Mapping[str, Callable[[Application], Model]] = {
    "applications_correction_about": lambda one: request(one, about="contact", application=None, fact="shoe_size"),
    "applications_correction_step_number": lambda one: after(one, "extended", number=2),
    "applications_correction_ended_once": lambda one: after(one, "refused"),
    "applications_correction_extended_once": lambda one: after(one, "extended", step="extended", until=day_of(AT)),
    "applications_correction_objected_once": lambda one: contested(one, step="objected", until=day_of(AT)),
    "applications_correction_more_time_once": lambda one: contested(one, step="objection_extended", until=day_of(AT)),
    "applications_correction_objection_ended_once": decided,
    "applications_correction_step_first": lambda one: step(kept(one), step="asked"),
    "applications_correction_step_until": lambda one: step(kept(one), until=day_of(AT)),
    "applications_correction_step_words": lambda one: step(kept(one), content=None),
    "applications_correction_step_by": lambda one: step(kept(one), by_id=""),
    "applications_answer_corrected_by_official": lambda one: Answer(
        application=one,
        fact="training.price",
        cents=1,
        origin="self",
        by_kind="person",
        by_id="1",
        at=AT,
        correction=kept(one),
    ),
}
