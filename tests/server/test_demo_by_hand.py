"""Each kind of procedure by hand in the demo: from an application in its rehearsal to what is granted, and owed where it pays at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from doorleren.applications.models import Application, Freeze
from doorleren.applications.refusing import ApplicationRefused
from doorleren.cases.models import PROCEDURES, Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.payments.checking import check_ledger
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.national_number import new_keys
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round, Ticket
from doorleren.rounds.queries import in_turn
from doorleren.rules.library import Library, open_library
from doorleren.schemes.queries import version_of
from doorleren.server.clock import now
from doorleren.server.demo_cases.acting import Life
from doorleren.server.demo_cases.examples import Example, examples
from doorleren.server.demo_cases.filing import put_ready
from doorleren.server.demo_cases.scene import LONGEST_AGO, Scene, applicant_of, scene_of
from doorleren.server.demo_round import CODE, open_demo_rounds
from doorleren.server.intake.keys import read_keys

pytestmark = pytest.mark.django_db
AT_ONCE = {"direct", "loan"}
"""What is paid as soon as it is granted; of the others a part may be."""


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes of the product."""
    return open_library()


def apply(scene: Scene, procedure: str) -> tuple[Round, Application, int]:
    """Let somebody of the demo apply in a rehearsal of this procedure, with the first example that can be filed there."""
    for round_ in Round.objects.filter(code=CODE).order_by("pk"):
        version = version_of(round_.version_id)
        if not in_turn(round_):
            continue  # its places come after a draw or at the end of a day
        for one in examples(scene.library, procedure):
            if one.version.digest != version.digest:
                continue
            try:
                with transaction.atomic():
                    return round_, *_filed(scene, round_, one)
            except ApplicationRefused:
                continue
    raise LookupError(f"no rehearsal of {procedure} that can be filed in")


def _filed(scene: Scene, round_: Round, one: Example) -> tuple[Application, int]:
    at = now()
    applicant, person = applicant_of(scene, one, "nadia", at)
    made, _ = put_ready(
        round_, one, applicant, library=scene.library, by=scene.person(person, at), today=day_of(at),
        listed_at=scene.at(LONGEST_AGO), clock=now,
    )  # fmt: skip
    return made, person


def enter(round_: Round, application: Application) -> None:
    """Submit what stands ready, as the intake would have it, and give it its place at once."""
    one, id_ = Freeze.objects.get(application=application), round_.pk << 32 | 1
    Ticket.objects.create(
        id=id_, round=round_, key=application.key, person=one.person, content=one.content, cents=one.cents,
        kind=one.kind, batch=id_, arrived_at=now(),
    )  # fmt: skip
    while allocate(round_.pk, at=now()):
        pass


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_from_an_application_to_a_grant(procedure: str, library: Library, tmp_path: Path, settings: Any) -> None:
    """Somebody of the demo applies in a rehearsal that is open, gets a place and a case; two officials assess and grant it, and the ledger holds."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    settings.DOORLEREN_DEMO = True
    enrol_demo_people(at=now())
    open_demo_rounds(library, day_of(now()))
    scene = scene_of(library, read_keys(tmp_path), now() + timedelta(hours=2))
    round_, application, person = apply(scene, procedure)
    enter(round_, application)
    open_cases(at=now(), rehearsals=True)
    case = Case.objects.get(subject_id=str(application.pk))
    assert case.procedure == procedure
    life = Life(scene, case.pk, person)
    life.assess(0)
    made = life.grant(0, until=-30)
    assert made.kind in {"granted", "partly_granted"}
    assert (life.payable > 0) >= (procedure in AT_ONCE)
    assert check_ledger().holds
