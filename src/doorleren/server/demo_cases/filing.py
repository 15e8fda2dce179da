"""Applying in the demo with the facts of an example, by the product's own commands: from an invented person to what stands ready."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.grants import for_one_training
from doorleren.applications.models import Application, Freeze
from doorleren.applications.parties import Named
from doorleren.audit.acts import Party, record
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import FACTS
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.server.demo_cases.examples import Example
from doorleren.server.demo_cases.training import training_of


def put_ready(
    round_: Round, one: Example, applicant: Named, *, library: Library, by: SignedIn, today: date, listed_at: datetime,
    clock: Callable[[], datetime],
) -> tuple[Application, Freeze]:  # fmt: skip
    """Fill in and freeze an application. `listed_at`: when its training was in the register, where it is for one.

    Raises ApplicationRefused where it asks something that the demo cannot give.
    """
    told = one.told(library, today)
    activity, registered = None, dict[str, Any]()
    if for_one_training(round_, one.track, library):
        activity = training_of(one, told, listed_at)
        registered = {name: value for name, value in told.items() if name in FACTS}
    draft = start_draft(
        round_, one.track.id, applicant=applicant, activity=activity, told=told, registered=registered, library=library,
        by=by, at=clock(),
    )  # fmt: skip
    facts, key = library.vocabulary.facts, bytes(settings.DOORLEREN_PERSON_KEY)
    sensitive = {fact: value for fact, value in told.items() if facts[fact].sensitive}
    frozen = freeze_draft(
        draft.pk, sensitive=sensitive, person_key=key, today=today, library=library, by=by, at=clock()
    )
    return draft, frozen


def invented(name: str, by: Party, at: datetime) -> int:
    """Enrol an invented person, who cannot sign in; give the number."""
    made = Person.objects.create(name=name, created_at=at)
    record("enrolled_for_demo", Party("person", str(made.pk)), by=by, at=at, details={"role": "participant"})
    return made.pk
