"""Entering an application for somebody on the pages: from the paper to the letter, in the pages that applicants use too."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorleren.applications.models import Answer, Application, EnteredFor
from doorleren.audit.models import View
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.models import NUMBER_BITS, Batch, Gate, Round, Ticket
from doorleren.rounds.receipts import Entered, sign_batch
from tests.applications.made import AT
from tests.people import made as people
from tests.web.applicant.test_apply import BIRTH
from tests.web.officer.desk import Desk, counts
from tests.web.provider.visitor import Visitor

pytestmark = pytest.mark.django_db
NEW = "/officer/entered/new"
PAPER = {
    "channel": "paper", "received_on": "9-3-2026", "national_number": "9999.90.019", "kvk": "", "name": "N. Bakker",
    "address": "Dorpsstraat 1\n1234 AB Dorp", "signed_on": "8-3-2026", "kept_as": "map 12",
}  # fmt: skip
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHERS = [one for one in RoleKind if one not in (RoleKind.DESK_ADVISER, RoleKind.ASSESSOR)]


def desk(kind: RoleKind, round_: Round, **more: Any) -> Desk:
    """Somebody with a role, at the body of the round where it is an official's."""
    person = people.person(name="Bram")
    people.role(person, kind, **({"body": round_.body} if kind in (RoleKind.DESK_ADVISER, RoleKind.ASSESSOR) else {}))
    return Desk(person, **more)


@pytest.fixture
def bram(round_: Round) -> Desk:
    """A desk adviser."""
    return desk(RoleKind.DESK_ADVISER, round_)


def entered(one: Desk, round_: Round, **other: str) -> str:
    """Enter what stands on the paper, and give the address of the draft."""
    one.send(NEW, way=f"{round_.pk}:learner", **(PAPER | other))
    assert one.status == 302
    return one.place


def submitted(application: Application) -> None:
    """Enter its ticket as the intake does."""
    frozen = application.freezes.get()
    round_, id_ = application.round_id, (application.round_id << NUMBER_BITS) + 1
    entry = Entered(round_, 1, application.key, frozen.content, frozen.cents, frozen.kind)
    signed, _tree = sign_batch([entry], id_, AT.isoformat(), SIGNING)
    Batch.objects.create(id=id_, at=signed.at, size=1, root=signed.root, signature=signed.signature)
    Ticket.objects.create(
        id=id_, round_id=round_, key=application.key, person=frozen.person, content=frozen.content, cents=frozen.cents,
        kind=frozen.kind, batch=id_, arrived_at=AT,
    )  # fmt: skip


def test_from_the_paper_to_the_letter(bram: Desk, round_: Round) -> None:
    """A desk adviser enters a paper, answers its questions in the applicant's own pages, and prints the letter of what came in."""
    assert "aanname" in bram.open(NEW).words
    place = entered(bram, round_)
    page = bram.open(place)
    assert "voerde deze aanvraag in voor N. Bakker" in page.words
    assert "Brief met het ontvangstbewijs" not in page.words
    for group, told in (
        ("person", {"person.labour_market_link": "true", **BIRTH}), ("training", {"training.price": "699,95"}),
    ):  # fmt: skip
        shown = ",".join(
            dict.fromkeys(name.removesuffix(".day").removesuffix(".month").removesuffix(".year") for name in told)
        )
        bram.client.post(place, {"group": group, "shown": shown, **told})
    assert set(Answer.objects.values_list("origin", flat=True)) == {"official"}
    assert "Wijzig" in bram.open(f"{place}/ready").words
    bram.client.post(f"{place}/ready", {"person.eu_citizen": "true"})
    submitted(Application.objects.get())
    assert "Brief met het ontvangstbewijs" in bram.open(f"{place}/receipt").words
    letter = bram.open(f"/officer/entered/{Application.objects.get().pk}/letter")
    assert bram.status == 200
    for said in ("N. Bakker", "Dorpsstraat 1", "op papier", "9 maart 2026", "8 maart 2026", "€ 699,95", "signature"):
        assert said in letter.words
    assert "ingediend" in bram.open("/officer/entered").words


def test_the_applicant_sees_it_too(bram: Desk, round_: Round) -> None:
    """Who it was entered for finds it among their own applications, with the letter; the official has it not among theirs."""
    place = entered(bram, round_)
    person = Person.objects.get(pk=Application.objects.get().applicant_number)
    nadia = Visitor(person)
    assert "Proefregeling leren" in nadia.open("/applications").words
    assert "voerde deze aanvraag in voor N. Bakker" in nadia.open(place).words
    assert "Proefregeling leren" not in bram.open("/applications").words


@pytest.mark.parametrize("kind", OTHERS, ids=str)
def test_others_may_not_enter(kind: RoleKind, bram: Desk, round_: Round) -> None:
    """Nobody without the role sees the list, the form or the letter, and a form that is sent makes nothing."""
    place = entered(bram, round_)
    number = Application.objects.get().pk
    other = desk(kind, round_)
    for address in ("/officer/entered", NEW):
        other.open(address)
        assert other.status == 403
    for address in (place, f"/officer/entered/{number}/letter"):
        other.open(address)
        assert other.status == 404
    other.send(NEW, way=f"{round_.pk}:learner", **PAPER)
    assert (other.status, Application.objects.count()) == (403, 1)


def test_without_a_second_factor(bram: Desk, round_: Round) -> None:
    """A desk adviser without a second factor is asked to sign in again, on the list and on what was entered."""
    place = entered(bram, round_)
    weak = Desk(bram.person, second_factor=False)
    for address in ("/officer/entered", NEW, place):
        weak.open(address)
        assert weak.status == 403


@pytest.mark.parametrize(
    "name", ["channel", "received_on", "national_number", "name", "address", "signed_on", "kept_as"]
)
def test_what_is_wrong_stands_at_its_field(name: str, bram: Desk, round_: Round) -> None:
    """An empty field comes back with what is allowed and what else was typed, and nothing is made."""
    page = bram.send(NEW, way=f"{round_.pk}:learner", **(PAPER | {name: ""}))
    assert bram.status == 422
    assert f'id="q-{name}-error"' in page.page
    if name != "kept_as":
        assert 'value="map 12"' in page.page
    assert not Application.objects.exists()


def test_a_day_that_is_none(bram: Desk, round_: Round) -> None:
    """What is no day comes back with what was given and what is allowed; a round that is not on the list too."""
    page = bram.send(NEW, way=f"{round_.pk}:learner", **(PAPER | {"received_on": "gisteren"}))
    assert bram.status == 422
    assert "gisteren" in page.words
    page = bram.send(NEW, way="1:no-such", **(PAPER | {"name": ""}))
    assert bram.status == 422
    assert 'id="q-way-error"' in page.page
    assert 'id="q-name-error"' in page.page


def test_looking_writes_nothing_but_that_it_was_seen(bram: Desk, round_: Round) -> None:
    """Opening the list, the form and a draft changes no table; that the official saw the application is in the log of views."""
    place = entered(bram, round_)
    number = str(EnteredFor.objects.get().pk)
    before = counts()
    for address in ("/officer/entered", NEW, place):
        bram.open(address)
        assert bram.status == 200
    assert counts() == before
    seen = View.objects.filter(subject_kind="application", subject_id=number)
    assert set(seen.values_list("viewer_id", flat=True)) == {str(bram.person.pk)}
    assert seen.count() == 2


def test_no_page_tells_the_national_number(bram: Desk, round_: Round) -> None:
    """After the form was sent no page has the number, in the list, the draft or what it was entered with."""
    place = entered(bram, round_)
    for address in ("/officer/entered", place, f"{place}/ready"):
        assert "999990019" not in bram.open(address).page


def test_where_the_day_counts_letter_and_receipt_say_which(bram: Desk, round_: Round) -> None:
    """A paper in a round where the day counts: the form says within how many days, letter and receipt say on which day it counts."""
    Round.objects.filter(pk=round_.pk).update(announced=round_.announced | {"per_day": True, "paper_days": 5})
    Gate.objects.filter(pk=round_.pk).update(opened_at=AT - timedelta(days=9))
    assert "papier: dien in binnen 5 dagen na ontvangst" in bram.open(NEW).words
    place = entered(bram, round_)
    whole = {"person.labour_market_link": "true", **BIRTH}
    for group, told in (("person", whole), ("training", {"training.price": "699,95"})):
        shown = ",".join(dict.fromkeys(".".join(name.split(".")[:2]) for name in told))
        bram.client.post(place, {"group": group, "shown": shown, **told})
    bram.client.post(f"{place}/ready", {"person.eu_citizen": "true"})
    submitted(Application.objects.get())
    for page in (f"/officer/entered/{Application.objects.get().pk}/letter", f"{place}/receipt"):
        assert "Uw aanvraag telt op 9 maart 2026" in bram.open(page).words
