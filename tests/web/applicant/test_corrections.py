"""Asking for a correction and answering it, by the pages: what both sides see, who may, and that looking changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.corrections.standing import standing_of
from doorleren.applications.models import Answer, CorrectionRequest
from doorleren.audit.models import View
from doorleren.core.days import day_of
from doorleren.letters.jobs import send_waiting
from doorleren.letters.models import Letter
from doorleren.people.models import Assurance, Person, RoleKind
from doorleren.web.people.export.me import me
from doorleren.web.people.export.rows import rows_of
from doorleren.web.surroundings import now
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

LIST, NEW = "/account/corrections", "/account/corrections/new"


@pytest.fixture(autouse=True)
def _outbox(settings: Any, tmp_path: Path) -> None:
    """A folder for the letters that go out."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"


def asked(filed: Filed) -> CorrectionRequest:
    """Let Nadia ask to correct the price of her training."""
    about = f"application-{filed.case.subject_id}"
    filed.nadia.post(NEW, {"about": about, "fact": "training.price", "wished": "650 euro", "why": "Er was korting."})
    assert filed.nadia.status == 302
    return CorrectionRequest.objects.latest("pk")


def test_asking(filed: Filed) -> None:
    """She chooses what it is about, reads errors beside the fields, asks, and sees the day of the answer with its calculation."""
    nadia, about = filed.nadia, f"application-{filed.case.subject_id}"
    assert LIST in nadia.open("/account").links
    assert "U hebt nog niets gevraagd" in nadia.open(LIST).words
    chosen = nadia.open(NEW).words
    assert "een antwoord in mijn aanvraag" in chosen
    assert "iets in mijn dossier" in chosen
    form = nadia.open(f"{NEW}?about={about}").words
    assert "699,95" in form
    assert "Een verbetering verandert een besluit niet" in form
    typed = {"about": about, "fact": "", "wished": "650 euro", "why": "nummer 999990019"}
    wrong = nadia.post(NEW, typed).words
    assert nadia.status == 422
    assert "Kies wat er niet klopt" in wrong
    assert "burgerservicenummer. Haal het weg" in nadia.post(NEW, typed | {"fact": "training.price"}).words
    assert not CorrectionRequest.objects.exists()
    page = nadia.open(f"{LIST}/{asked(filed).pk}").words
    assert "U krijgt uiterlijk op" in page
    assert "Verordening (EEG, Euratom) 1182/71" in page
    nadia.post(NEW, {"about": "contact", "fact": "notice_email", "wished": "n@voorbeeld.nl", "why": "Het ontbreekt."})
    assert CorrectionRequest.objects.latest("pk").about == "contact"


def test_answering(filed: Filed) -> None:
    """Looking changes nothing; an official reads errors, previews with the letter, corrects once, and she reads the answer and its letter."""
    request = asked(filed)
    desk = Desk(with_role(RoleKind.DECIDER, "Joost", filed.case.body))
    one = f"/officer/corrections/{request.pk}"
    act, before = f"{one}/correct", counts()
    acts = [f"{one}/{name}" for name in ("correct-in-part", "complete", "refuse", "extend", "tell")]
    for address in ("/officer/corrections", one, act, *acts):
        assert "Nadia" in desk.open(address).words
        assert desk.status == 200, address
    assert View.objects.filter(subject_kind="correction", subject_id=str(request.pk)).exists()
    errors = desk.send(act, seen="1").words
    assert desk.status == 422
    assert errors.count("Vul in wat er moet staan") == 2
    assert errors.count("schrijf waarom niemand") == 2
    fields = {"seen": "1", "training.price": "650", "others": "Voorbeeldopleider", "words": "Wij zagen de korting."}
    preview = desk.send(act, **fields).words
    assert "Dit gaat er gebeuren" in preview
    assert "Wij hebben uw gegevens verbeterd" in preview
    stale = desk.send(act, **fields | {"seen": "0", "confirmed": "1"}).words
    assert (desk.status, "intussen iets gebeurd" in stale) == (409, True)
    assert counts() == before
    desk.send(act, **fields, confirmed="1")
    assert (desk.status, desk.place) == (302, f"{one}?done=correct")
    assert Answer.objects.get(correction=request).cents == 650_00
    assert "Dit is vastgelegd" in desk.open(desk.place).words
    assert "Verzoeken om gegevens te verbeteren" in desk.open(f"/officer/cases/{filed.case.reference}").words
    place = f"{LIST}/{request.pk}"
    letter = f"{place}/letters/{Letter.objects.latest('pk').pk}"
    assert "brief nog niet verstuurd" in desk.open(one).words
    for address in (place, LIST):
        before_sent = filed.nadia.open(address).words
        assert "Wij zagen de korting" not in before_sent
        assert "wacht op antwoord" in before_sent
    assert filed.nadia.client.get(letter).status_code == 404
    send_waiting(now)
    assert "brief nog niet verstuurd" not in desk.open(one).words
    told = filed.nadia.open(place).words
    for words in ("Voorbeeldopleider", "Wij zagen de korting", "650"):
        assert words in told
    reply = filed.nadia.client.get(letter)
    assert (reply.status_code, reply["Content-Type"], reply.content[:4]) == (200, "application/pdf", b"%PDF")
    filed.nadia.post(f"{place}/take-back", {})
    assert filed.nadia.status == 409
    nadia = request.person
    own = me(people.signed_in(nadia, at=filed.at()), filed.at())
    steps = [json.loads(one["content"]) for one in rows_of("applications.CorrectionStep", own)]
    assert [one.get("wished", one.get("new")) for one in steps] == ["650 euro", "€ 650"]
    assert rows_of("applications.CorrectionRequest", own)[0]["person"] == "you"


def objected(filed: Filed, joost: Desk, one: str, place: str) -> None:
    """Let an official refuse with signs that cannot be printed, and Nadia object: only once the letter was sent, and with words."""
    refusal = {"seen": "1", "reason": "right", "words": "De factuur klopt \U0001f600 \u540d."}
    ahead = joost.send(f"{one}/refuse", **refusal).words
    assert "In de PDF staat een code voor tekens die wij niet kunnen afdrukken: \U0001f600 \u540d" in ahead
    joost.send(f"{one}/refuse", **refusal, confirmed="1")
    assert joost.status == 302
    assert "bezwaar maken tot en met" not in filed.nadia.open(place).words
    filed.nadia.post(f"{place}/object", {"words": "Mijn factuur zegt 650 euro."})
    assert filed.nadia.status == 409
    send_waiting(now)
    assert "U kunt bezwaar maken tot en met" in filed.nadia.open(place).words
    assert "Vul dit in" in filed.nadia.post(f"{place}/object", {"words": ""}).words
    assert filed.nadia.status == 422
    filed.nadia.post(f"{place}/object", {"words": "Mijn factuur zegt 650 euro."})
    assert filed.nadia.status == 302
    assert "op uw bezwaar" in filed.nadia.open(place).words


def test_an_objection(filed: Filed) -> None:
    """She objects once the refusal was sent; who refused cannot decide on it, another previews and does, and she reads that she can appeal."""
    request = asked(filed)
    one, place = f"/officer/corrections/{request.pk}", f"{LIST}/{request.pk}"
    joost, els = (Desk(with_role(RoleKind.DECIDER, name, filed.case.body)) for name in ("Joost", "Els"))
    objected(filed, joost, one, place)
    acts, before = [f"{one}/{name}" for name in ("uphold", "uphold-in-part", "reject", "inadmissible")], counts()
    for address in acts:
        joost.open(address)
        assert joost.status == 403, address
        assert "Mijn factuur zegt 650 euro" in els.open(address).words
    assert "Bezwaar gegrond" not in joost.open(one).words
    assert "Bezwaar gegrond" in els.open(one).words
    assert "bezwaar" in els.open("/officer/corrections").words
    errors = els.send(acts[0], seen="3").words
    assert els.status == 422
    for error in (
        "Kies of u de aanvrager hebt gehoord",
        "Vul in wat er moet staan",
        "schrijf waarom niemand",
        "Vul dit in",
    ):
        assert error in errors, error
    fields = {"seen": "3", "training.price": "650", "nobody": "alleen wij hadden het", "words": "De factuur zegt het.",
              "heard": "fully_upheld"}  # fmt: skip
    preview = els.send(acts[0], **fields).words
    assert "U hebt gelijk gekregen" in preview
    assert "De aanvrager kan daarna naar de rechter" in preview
    assert counts() == before
    els.send(acts[0], **fields, confirmed="1")
    assert els.status == 302
    assert Answer.objects.get(correction=request).cents == 650_00
    assert "gegrond" not in filed.nadia.open(place).words
    send_waiting(now)
    told = filed.nadia.open(place).words
    assert "in beroep gaan bij de rechtbank" in told
    assert "De factuur zegt het" in told
    assert "650" in els.open(f"/officer/cases/{filed.case.reference}").words


def test_withdrawing_an_objection_and_entering_one_from_paper(filed: Filed) -> None:
    """An official enters one that came by post, with errors by field; she withdraws it, and another person finds neither address."""
    request = asked(filed)
    one, place = f"/officer/corrections/{request.pk}", f"{LIST}/{request.pk}"
    joost = Desk(with_role(RoleKind.DECIDER, "Joost", filed.case.body))
    joost.send(f"{one}/refuse", seen="1", reason="right", words="De factuur klopt.", confirmed="1")
    send_waiting(now)
    wrong = joost.send(f"{one}/object", seen="2", words="Nee.", received_on="1-1-2020").words
    assert joost.status == 422
    assert "Vul de dag in waarop het bezwaar binnenkwam" in wrong
    fields = {"seen": "2", "words": "Nee.", "received_on": day_of(now()).isoformat()}
    assert "Een ander dan wie antwoordde, beslist uiterlijk op" in joost.send(f"{one}/object", **fields).words
    joost.send(f"{one}/object", **fields, confirmed="1")
    assert joost.status == 302
    joost.send(f"{one}/more-time", seen="3", words="Wij zoeken de factuur.", confirmed="1")
    assert joost.status == 302
    other = Visitor(people.person(name="Een ander"))
    for name in ("object", "withdraw"):
        assert other.client.post(f"{place}/{name}").status_code == 404
        assert filed.nadia.client.get(f"{place}/{name}").status_code == 405
    filed.nadia.post(f"{place}/withdraw", {})
    assert filed.nadia.status == 302
    assert "bezwaar ingetrokken" in filed.nadia.open(place).words
    filed.nadia.post(f"{place}/withdraw", {})
    assert filed.nadia.status == 409
    assert standing_of(request).last == 5


def test_who_sees_it(filed: Filed) -> None:
    """Another person and another body find nothing, a wrong role and weak assurance are refused; her own page of officials too."""
    request = asked(filed)
    place, one = f"{LIST}/{request.pk}", f"/officer/corrections/{request.pk}"
    other = Visitor(people.person(name="Een ander"))
    for address in (place, f"{place}/letters/1"):
        assert other.client.get(address).status_code == 404
    assert other.client.post(f"{place}/take-back").status_code == 404
    assert Visitor(Person.objects.get(name="Nadia"), Assurance.LOW).client.get(LIST).status_code == 403
    assert Visitor(None).client.get(place).status_code == 302
    assert Visitor(None).client.get(one).status_code == 302
    assert Visitor(None).client.post(f"{one}/refuse").status_code == 403
    for kind in (
        RoleKind.PAYMASTER,
        RoleKind.POLICY_MAKER,
        RoleKind.ADMINISTRATOR,
        RoleKind.DESK_ADVISER,
        RoleKind.PROVIDER,
    ):
        desk = Desk(with_role(kind, f"Wie {kind}", filed.case.body))
        for address in ("/officer/corrections", one, f"{one}/refuse"):
            desk.open(address)
            assert desk.status == 403, (kind, address)
    elsewhere = Desk(with_role(RoleKind.DECIDER, "Elders", people.body("ander")))
    elsewhere.open(one)
    assert elsewhere.status == 404
    assert "Nadia" not in elsewhere.open("/officer/corrections").words
    for kind, acts in ((RoleKind.AUDITOR, ()), (RoleKind.ASSESSOR, ("correct", "complete", "extend"))):
        desk = Desk(with_role(kind, f"Wie {kind}", filed.case.body))
        page = desk.open(one).words
        assert ("Wat u kunt doen" in page) == bool(acts)
        for name in ("correct", "complete", "extend", "refuse", "correct-in-part"):
            desk.open(f"{one}/{name}")
            assert desk.status == (200 if name in acts else 403), (kind, name)
    weak = Desk(with_role(RoleKind.DECIDER, "Zonder factor", filed.case.body), second_factor=False)
    weak.send(f"{one}/refuse", seen="1", reason="right", words="x", confirmed="1")
    assert weak.status == 403
    assert standing_of(request).last == 1
    filed.nadia.post(f"{place}/take-back", {})
    assert standing_of(request).last == 2
