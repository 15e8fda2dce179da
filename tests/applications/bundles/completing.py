"""The trial scheme of advisers with more in it: what is asked to complete a registration. And the way there, through commands."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.check_document import check_document
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.commands.receive_piece import receive_piece
from doorleren.applications.evidence.scanning import scanner_of
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Document, Registration, Word
from doorleren.people.models import NationalNumber, Person
from doorleren.people.national_number import Keys
from doorleren.rounds.commands.allocate import allocate
from doorleren.rules.library import Library, open_library
from tests.applications.bundles import made
from tests.applications.evidence import files
from tests.applications.made import AT
from tests.people import made as people

MORE = """
[[condition]]
id = "free_of_charge"
why = "only the adviser knows"
nl = "de deelnemer betaalt niets"
en = "the participant pays nothing"
source = "order, art. 5"
[[evidence]]
id = "roadmap"
nl = "routekaart"
en = "roadmap"
proves = "delivery"
stage = "claim"
types = ["pdf"]
source = "order, art. 6"
[[evidence]]
id = "account"
nl = "eindverslag"
stage = "settlement"
types = ["pdf"]
source = "order, art. 7"
"""
PROMISE = "free_of_charge"
PDF = files.pdf()


def library(folder: Path) -> Library:
    """Open the library with the trial scheme and what completing asks."""
    made.library(folder)
    for file in (folder / made.SCHEME).glob("20*.toml"):
        file.write_text(file.read_text("utf-8") + MORE, "utf-8")
    return open_library([folder])


def say_yes(place: int, registration: Registration, keys: Keys = made.KEYS, *, at: datetime = AT) -> Person:
    """The participant signs in and says that it is right."""
    person = people.person(name="Nadia")
    lookup = keys.hashed(made.NUMBERS[place])
    NationalNumber.objects.create(person=person, lookup=lookup, sealed=keys.sealed(made.NUMBERS[place]))
    confirm_registration(registration.pk, Word.CONFIRMED, by=people.signed_in(person), at=at)
    return person


def give_place(registration: Registration) -> None:
    """Give out the places of the round."""
    allocate(registration.round_id, at=AT)


def give(
    registration: Registration, adviser: Person, store: Store, evidence: str = "roadmap", raw: bytes = PDF
) -> Document:
    """The adviser gives a document, and it is looked at."""
    told: dict[str, Any] = {"store": store, "by": made.signed_in(adviser), "at": AT}
    one = begin_document(
        registration.application_id, evidence=evidence, file_name="plan.pdf", size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(), **told,
    )  # fmt: skip
    receive_piece(one.pk, raw, offset=0, **told)
    check_document(one.pk, store=store, scanner=scanner_of(None), at=AT)
    return one
