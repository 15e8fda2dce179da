"""Nadia's case under the trial scheme, the officials of its body, and ways to ask and answer."""

from collections.abc import Callable
from typing import Any

import pytest

from doorleren.applications.corrections.commands.ask_correction import Asked, ask_correction
from doorleren.applications.models import About, CorrectionRequest
from doorleren.cases.models import Case
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions import made
from tests.decisions.conftest import known, round_, staff

__all__ = ("known", "round_", "staff")

Ask = Callable[..., CorrectionRequest]


@pytest.fixture
def case(known: Library, round_: Round) -> Case:
    """Nadia's case."""
    return made.a_case(known, round_)


@pytest.fixture
def ask(known: Library, case: Case) -> Ask:
    """Let Nadia ask to correct the price of her training, or what is said otherwise."""

    def asking(**other: Any) -> CorrectionRequest:
        given = {"about": About.APPLICATION, "wrong": "De prijs is 699,95 euro.", "wished": "650 euro", "why": "Er was korting.",
                 "application": int(case.subject_id), "fact": "training.price"}  # fmt: skip
        nadia = other.pop("who", None) or Person.objects.get(name="Nadia")
        at = other.pop("at", made.AT)
        return ask_correction(Asked(**(given | other)), library=known, by=made.by(nadia, at), at=at)

    return asking
