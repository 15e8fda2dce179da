"""What somebody who was registered by an adviser takes along: how one was named there, unless one said "this is not me"."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.conf import settings as site

from doorleren.applications.bundles.rows import rows_of_json
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.commands.submit_bundle import Sealing, submit_bundle
from doorleren.applications.models import Registration, Word
from doorleren.people.models import NationalNumber, Organisation, Person
from doorleren.people.national_number import read_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import NUMBERS, row
from tests.people import made as people
from tests.web.provider.visitor import Visitor


def tables(visitor: Visitor) -> dict[str, Any]:
    """Give the tables of somebody's archive."""
    with zipfile.ZipFile(io.BytesIO(visitor.client.post("/account/export").content)) as archive:
        told: dict[str, Any] = json.loads(archive.read("gegevens.json"))["tables"]
    return told


@pytest.mark.parametrize("word", [None, Word.CONFIRMED, Word.NOT_ME], ids=["nothing_said", "confirmed", "not_me"])
def test_a_registration(
    word: Word | None, known: Library, round_: Round, firm: tuple[Person, Organisation]
) -> None:  # fmt: skip
    """Name, day of birth and answers are in it until one says "not me": then they may be another's, and only the word is."""
    keys = read_keys(site.DOORLEREN_IDENTITY_KEYS)
    submit_bundle(
        round_, rows_of_json([row(0, name="Nadia Bakker"), row(1, name="Piet Pietersen")], known.vocabulary),
        organisation=firm[1].pk, sealing=Sealing(keys, made.KEY, made.SIGNING), today=made.TODAY, library=known,
        by=made.signed_in(firm[0]), at=made.AT,
    )  # fmt: skip
    nadia = people.person(name="N. Bakker")
    NationalNumber.objects.create(person=nadia, lookup=keys.hashed(NUMBERS[0]), sealed=keys.sealed(NUMBERS[0]))
    own = Registration.objects.order_by("pk").first()
    assert own is not None
    if word is not None:
        confirm_registration(own.pk, word, by=people.signed_in(nadia, at=made.AT), at=made.AT)
    told = tables(Visitor(nadia))
    named = [(one["sealed_name"], one["sealed"]) for one in told["applications.RegisteredPerson"]]
    mine = word != Word.NOT_ME
    assert named == ([("Nadia Bakker", NUMBERS[0])] if mine else [])
    assert bool(told["applications.Answer"]) == mine
    assert [(one["id"], one["organisation"], one["adviser"]) for one in told["applications.Registration"]] == [
        (own.pk, firm[1].name, "someone_else")
    ]
    assert [one["word"] for one in told["applications.Confirmation"]] == ([] if word is None else [word])
    of_adviser = tables(Visitor(firm[0]))
    assert len(of_adviser["applications.Bundle"]) == 1
    assert (of_adviser["applications.RegisteredPerson"], of_adviser["applications.Registration"]) == ([], [])
    assert "Pietersen" not in json.dumps([told, of_adviser])
