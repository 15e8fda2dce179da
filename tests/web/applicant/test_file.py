"""The file of an application: what one reads, that nobody else does, what one writes in it, and everything as one archive."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from doorleren.audit.acts import Party
from doorleren.audit.models import View
from doorleren.audit.viewing import note_views
from doorleren.cases.commands.look_into import look_into
from doorleren.cases.commands.write_message import LONGEST, answer_message
from doorleren.cases.messages import messages_of
from doorleren.cases.models import CaseAct, Message
from doorleren.cases.queries import terms_of_case
from doorleren.cases.terms.deciding import STANDS_STILL
from doorleren.letters.queries import pdf_of
from doorleren.people import national_number
from doorleren.people.models import IN_BODY, Mandate, NationalNumber, RoleKind
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from doorleren.web.applicant.file.words import expected
from tests.applications.evidence import files
from tests.decisions import made
from tests.people import made as people
from tests.web.applicant.filed import Filed, made_of_a_firm, of_the_firm
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

NUMBER = "999990019"
PAGES = ("", "/terms", "/decision", "/seen", "/all", "/write/question", "/write/objection", "/withdraw", "/complete")


def test_from_the_list_to_the_file(filed: Filed) -> None:
    """The list leads to the file in one click; it says how it stands, whose turn it is, by when, and the day is counted."""
    page = filed.nadia.open("/applications")
    assert filed.place in page.links
    page = filed.nadia.open(filed.place)
    for said in (filed.case.reference, "Wij hebben uw aanvraag", "Wij zijn aan zet", "Er zijn nog geen brieven"):
        assert said in page.words, said
    assert "hoort u wat wij beslissen" in page.words or "Wij zijn te laat" in page.words
    assert f"{filed.place}/terms" in page.links
    counted = filed.nadia.open(f"{filed.place}/terms")
    assert "Laatste dag" in counted.words
    assert "Bron:" in counted.words


def test_the_honest_day(filed: Filed) -> None:
    """Until its last day a term says by when; the day after it says that we are late; one that stands still says so."""
    term = next(one for one in terms_of_case(filed.case) if one.id == "decision")
    assert term.last is not None
    assert expected(term, term.last, "direct").startswith("Uiterlijk")
    assert "te laat" in expected(term, term.last + timedelta(days=1), "direct")
    assert "staat stil" in expected(replace(term, last=None, waits=STANDS_STILL), term.last, "direct")
    assert expected(None, term.last, "direct") == ""


def test_nothing_before_the_letter_is_sent(filed: Filed) -> None:
    """A decision of which the letter was not sent is not told: no decision, no letter, no amount, no term for objection."""
    filed.decided(sent=False)
    page = filed.nadia.open(filed.place)
    for hidden in ("Wij kenden", "699,95", "bezwaar"):
        assert hidden not in page.words, hidden
    assert "De brief komt eraan" in page.words
    assert filed.nadia.client.get(f"{filed.place}/letters/{filed.letter.pk}").status_code == 404
    assert filed.nadia.client.get(f"{filed.place}/letters/{filed.letter.pk}/pdf").status_code == 404
    assert filed.nadia.client.get(f"{filed.place}/decision").status_code == 404
    filed.nadia.open(f"{filed.place}/write/objection")
    assert filed.nadia.status == 409


def test_a_letter(filed: Filed) -> None:
    """A letter that was sent is read in the page, says which term runs, and comes as the same PDF with a name of no person."""
    filed.decided()
    page = filed.nadia.open(filed.place)
    one = f"{filed.place}/letters/{filed.letter.pk}"
    assert one in page.links
    assert "Bezwaar kon tot en met" in page.words
    assert "699,95" in filed.nadia.open(one).words
    reply = filed.nadia.client.get(f"{one}/pdf")
    assert reply.content == pdf_of(filed.letter)
    assert (reply["Content-Type"], reply["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert reply["Content-Disposition"] == f'attachment; filename="{filed.case.reference}-{filed.letter.pk}.pdf"'


def test_the_decision(filed: Filed) -> None:
    """The decision shows the reason per condition with its source, the calculation, and the answers with their origin."""
    filed.decided()
    page = filed.nadia.open(f"{filed.place}/decision")
    for said in ("Wij kennen uw aanvraag toe", "voldaan", "de deelnemer is 18 jaar of ouder", "699,95", "van uzelf",
                 "Staatscourant", "de offerte is van na de aanvraag"):  # fmt: skip
        assert said in page.words, said
    for name in ("assessor", "decider"):
        assert name not in page.words
    assert "Het geld" not in page.words


@pytest.mark.parametrize("kind", list(RoleKind))
def test_nobody_else(kind: RoleKind, filed: Filed, round_of_law: Round) -> None:
    """No role opens somebody else's file, letter, archive or form: there is no such page for them, and nothing is written."""
    filed.decided()
    other = Desk(with_role(kind, "Otto", round_of_law.body if kind in IN_BODY else None))
    before = counts()
    for end in (*PAGES, f"/letters/{filed.letter.pk}", f"/letters/{filed.letter.pk}/pdf", "/messages/1/document"):
        assert other.client.get(filed.place + end).status_code == 404, end
    for end in ("/write/question", "/withdraw", "/complete"):
        assert other.client.post(filed.place + end, {"text": "hallo", "step": "send"}).status_code == 404, end
    assert counts() == before


def test_a_visitor_and_another_person(filed: Filed, round_of_law: Round) -> None:
    """A visitor is asked to sign in; another applicant finds nothing, and a letter of Nadia's is not found in his own file."""
    filed.decided()
    assert Desk(None).client.get(filed.place).status_code == 302
    own = made.a_case(filed.known, round_of_law, "Piet")
    piet = Visitor(people.Person.objects.get(name="Piet"))
    assert piet.client.get(filed.place).status_code == 404
    mine = f"/applications/{own.subject_id}/file"
    assert piet.client.get(mine).status_code == 200
    assert piet.client.get(f"{mine}/letters/{filed.letter.pk}").status_code == 404
    assert piet.client.get(f"{mine}/letters/{filed.letter.pk}/pdf").status_code == 404


def test_reading_writes_nothing(filed: Filed) -> None:
    """No page of a file writes anything, and the national number is on none of them."""
    filed.decided()
    keys, nadia = national_number.keys(), people.Person.objects.get(name="Nadia")
    NationalNumber.objects.create(person=nadia, lookup=keys.hashed(NUMBER), sealed=keys.sealed(NUMBER))
    filed.nadia.send(f"{filed.place}/write/question", text="Wanneer krijg ik het geld?", step="send")
    before = counts(("people_session",))
    for end in (*PAGES, f"/letters/{filed.letter.pk}", f"/letters/{filed.letter.pk}/pdf"):
        reply = filed.nadia.client.get(filed.place + end)
        assert reply.status_code in (200, 409), end
        assert NUMBER.encode() not in reply.content
    assert counts(("people_session",)) == before


def test_a_question_and_its_answer(filed: Filed) -> None:
    """A question is looked over, sent and sealed; the official's answer stands in the file without a name."""
    address = f"{filed.place}/write/question"
    page = filed.nadia.send(address, text="Wanneer krijg ik het geld?", step="check")
    assert "Klopt dit?" in page.words
    assert not Message.objects.exists()
    page = filed.nadia.send(address, text="Wanneer krijg ik het geld?", step="back")
    assert "Wanneer krijg ik het geld?" in page.page
    filed.nadia.send(address, text="Wanneer krijg ik het geld?", step="send")
    assert filed.nadia.place == f"{filed.place}?done=question"
    one = Message.objects.get()
    nadia = people.Person.objects.get(name="Nadia")
    assert (one.act.act, one.act.details["about"], one.act.by_id) == ("contact_noted", "question", str(nadia.pk))
    assert b"geld" not in bytes(one.text)
    filed.case.refresh_from_db()
    at = filed.at()
    answer_message(one.pk, "Binnen zes weken na het besluit.", by=made.by(filed.staff["assessor"], at), at=at)
    page = filed.nadia.open(filed.place)
    for said in ("U stelde een vraag", "Binnen zes weken", "antwoord op bericht 1", "Wij gaven antwoord"):
        assert said in page.words, said
    assert "assessor" not in page.words
    asked = messages_of(filed.case.pk)[0]
    assert (asked.kind, asked.text) == ("question", "Wanneer krijg ik het geld?")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_act WHERE details::text LIKE '%geld%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(("text", "said"), [("  ", "Schrijf eerst uw bericht"), ("a" * (LONGEST + 1), "hoogstens 10000 tekens")],
                         ids=["empty", "long"])  # fmt: skip
@pytest.mark.parametrize("step", ["check", "send"])
def test_an_error_at_its_field(text: str, said: str, step: str, filed: Filed) -> None:
    """A text that is empty or endless comes back with what is wrong at the field, and nothing is kept."""
    page = filed.nadia.send(f"{filed.place}/write/change", text=text, step=step)
    assert filed.nadia.status == 422
    assert said in page.words
    assert 'aria-describedby="q-text-error"' in page.page
    assert not Message.objects.exists()


def test_a_document_with_a_message(filed: Filed) -> None:
    """A document goes along sealed and comes back as it was; what is no document is refused at its field."""
    address = f"{filed.place}/write/change"
    wrong = {"text": "Ik ben verhuisd.", "step": "send", "file": SimpleUploadedFile("scan.pdf", b"geen pdf")}
    page = filed.nadia.post(address, wrong)
    assert filed.nadia.status == 422
    assert "herkennen dit soort bestand niet" in page.words
    filed.nadia.post(address, {**wrong, "file": SimpleUploadedFile("Nadia.pdf", files.pdf())})
    assert filed.nadia.status == 302
    one = Message.objects.get()
    assert one.file is not None
    assert files.pdf() not in bytes(one.file)
    reply = filed.nadia.client.get(f"{filed.place}/messages/1/document")
    assert reply.content == files.pdf()
    assert (reply["X-Content-Type-Options"], reply["Content-Type"]) == ("nosniff", "application/pdf")
    assert "Nadia" not in reply["Content-Disposition"]
    assert filed.nadia.client.get(f"{filed.place}/messages/2/document").status_code == 404


def test_a_scanner_that_does_not_answer(filed: Filed, settings: Any) -> None:
    """While the scanner is down a document is not taken, and the text stays on the page."""
    settings.DOORLEREN_SCANNER = "command:false-is-no-scanner-here"
    told = {"text": "Ik ben verhuisd.", "step": "send", "file": SimpleUploadedFile("scan.pdf", files.pdf())}
    page = filed.nadia.post(f"{filed.place}/write/change", told)
    assert filed.nadia.status == 503
    assert "Ik ben verhuisd." in page.words
    assert not Message.objects.exists()


def test_an_objection(filed: Filed) -> None:
    """From the decision, the button, a text and a look make an objection that is received with its words and document."""
    filed.decided()
    page = filed.nadia.open(f"{filed.place}/decision")
    address = f"{filed.place}/write/objection"
    assert [one for one in page.links if one.startswith(f"{address}?against=")] != []
    filed.nadia.send(address, text="Ik vroeg meer.", step="check")
    told = {"text": "Ik vroeg meer.", "step": "send", "file": SimpleUploadedFile("a.pdf", files.pdf())}
    filed.nadia.post(address, told)
    assert filed.nadia.place == f"{filed.place}?done=objection"
    filed.case.refresh_from_db()
    assert filed.case.state == "objection"
    assert [one.kind for one in messages_of(filed.case.pk)] == ["objection"]
    page = filed.nadia.open(filed.place)
    assert "bezwaar in behandeling" in page.words
    assert "Ik vroeg meer." in page.words
    assert address not in page.links
    filed.nadia.send(address, text="Nog eens.", step="send")
    assert filed.nadia.status == 409


def test_withdrawing(filed: Filed) -> None:
    """Withdrawing is asked twice, and withdraws the application and its case together; after the decision it is refused."""
    page = filed.nadia.open(f"{filed.place}/withdraw")
    assert "U kunt dit niet terugdraaien" in page.words
    filed.nadia.send(f"{filed.place}/withdraw")
    filed.case.refresh_from_db()
    assert filed.case.state == "withdrawn"
    page = filed.nadia.open(filed.place)
    assert "door u ingetrokken" in page.words
    assert f"{filed.place}/withdraw" not in page.links


@pytest.mark.parametrize("address", ["/file/withdraw", "/withdraw"])
def test_no_withdrawing_after_the_decision(address: str, filed: Filed) -> None:
    """What has been decided on cannot be withdrawn, neither in the file nor by the page of the receipt."""
    filed.decided()
    filed.nadia.send(filed.place.removesuffix("/file") + address, sure="1")
    assert filed.nadia.status == 409
    filed.case.refresh_from_db()
    assert (filed.case.state, filed.case.withdrawn_at) == ("granted", None)


def test_completing(filed: Filed) -> None:
    """What was asked stands in the file with its last day and what it does to the place; completing makes the term run on."""
    filed.nadia.send(f"{filed.place}/write/more_time", text="Ik wacht op de opleider.", step="send")
    assert filed.nadia.status == 409
    filed.asked()
    page = filed.nadia.open(filed.place)
    place = "Voor uw plaats in de volgorde telt het moment waarop uw aanvraag compleet is."
    for said in ("U bent aan zet", "Dit ontbreekt nog", "U hebt tot en met", place):
        assert said in page.words, said
    filed.nadia.send(f"{filed.place}/write/more_time", text="Ik wacht op de opleider.", step="send")
    assert filed.nadia.place == f"{filed.place}?done=more_time"
    page = filed.nadia.open(f"{filed.place}/complete")
    assert (place in page.words, "Ik heb alles gegeven" in page.words) == (True, True)
    filed.nadia.send(f"{filed.place}/complete")
    page = filed.nadia.open(filed.nadia.place)
    assert filed.nadia.status == 200
    assert "U vulde uw aanvraag aan." in page.words
    assert "U bent aan zet" not in page.words
    filed.case.refresh_from_db()
    assert filed.case.completed_at is not None
    filed.nadia.send(f"{filed.place}/complete")
    assert filed.nadia.status == 409


def test_a_view_waits_for_nothing_else(filed: Filed) -> None:
    """Who was told of an intent may give a view, also after a question came and was answered; not once it was given or decided."""
    filed.intent(viewed=False)
    assert "Geef uw mening, als u dat wilt." in filed.nadia.open(filed.place).words
    filed.asked()
    view = f"{filed.place}/write/view"
    assert {view, f"{filed.place}/complete"} <= set(filed.nadia.open(filed.place).links)
    filed.nadia.send(f"{filed.place}/complete")
    page = filed.nadia.open(filed.place)
    assert view in page.links
    assert "U bent aan zet" in page.words
    filed.nadia.post(view, {"text": "Dit klopt niet.", "step": "send"})
    page = filed.nadia.open(filed.place)
    assert view not in page.links
    assert "Wij zijn aan zet" in page.words


def test_who_looked(filed: Filed, round_of_law: Round) -> None:
    """Who looked is told by role and body, with the reason that was given, and never by name; not oneself."""
    otto = with_role(RoleKind.AUDITOR, "Otto", round_of_law.body)
    at = filed.at()
    look_into(filed.case.pk, why="checking", by=made.by(otto, at), at=at)
    note_views([Party("case", str(filed.case.pk))], by=Party("person", str(otto.pk)), page="case", at=filed.at())
    person = people.Person.objects.get(name="Nadia")
    note_views([Party("case", str(filed.case.pk))], by=Party("person", str(person.pk)), page="x", at=filed.at())
    page = filed.nadia.open(f"{filed.place}/seen")
    assert f"controleur, {round_of_law.body.name} bekeek uw dossier" in page.words
    assert "deed een controle" in page.words
    assert "Otto" not in page.words
    assert View.objects.filter(subject_kind="case").count() == 2


def test_everything(filed: Filed) -> None:
    """The archive has each letter as it was sent and the rest as JSON, without officials' names, and twice the same bytes."""
    filed.decided()
    filed.nadia.send(f"{filed.place}/write/question", text="Wanneer?", step="send")
    reply = filed.nadia.client.get(f"{filed.place}/all")
    assert reply["Content-Disposition"] == f'attachment; filename="{filed.case.reference}.zip"'
    with zipfile.ZipFile(io.BytesIO(reply.content)) as made_of:
        assert made_of.read(f"brief-{filed.letter.pk}.pdf") == pdf_of(filed.letter)
        raw = made_of.read("dossier.json").decode()
    told = json.loads(raw)
    assert "699,95" in told["decision"]["amount"] or "699.95" in told["decision"]["amount"]
    assert told["messages"][0]["text"] == "Wanneer?"
    assert [one["sha256"] for one in told["letters"]] == [filed.letter.digest]
    for name in ("assessor", "decider"):
        assert name not in raw
    assert filed.nadia.client.get(f"{filed.place}/all").content == reply.content


def test_english(filed: Filed) -> None:
    """The pages have an English address."""
    filed.decided()
    assert filed.nadia.client.get(f"/en{filed.place}").status_code == 200
    assert filed.nadia.client.get(f"/en{filed.place}/decision").status_code == 200


def test_nothing_without_a_case(known: Library, round_of_law: Round, db: None) -> None:
    """An application without a case has no file, and the list leads to the application itself."""
    one = made.applied(web_known.library(), round_of_law)
    nadia = Visitor(people.Person.objects.get(name="Nadia"))
    assert nadia.client.get(f"/applications/{one.pk}/file").status_code == 404
    assert f"/applications/{one.pk}" in nadia.open("/applications").links
    assert not CaseAct.objects.exists()


def test_the_file_of_an_organisation(round_of_law: Round) -> None:
    """Who has role and mandate reads the organisation's file and writes in it; whose mandate ended finds nothing."""
    firm = people.organisation("90000031")
    case = made_of_a_firm(web_known.library(), round_of_law, firm)
    place = f"/applications/{case.subject_id}/file"
    emre, wim = (Visitor(people.Person.objects.get(name="Emre")), Visitor(of_the_firm("Wim", firm)))
    assert place in wim.open("/applications").links
    assert "voor Bedrijf 90000031" in wim.open(place).words
    emre.send(f"{place}/write/question", text="Wanneer beslist u?", step="send")
    assert "door een collega" in wim.open(place).words
    Mandate.objects.filter(person__name="Wim").update(ends_on=people.LONG_AGO + timedelta(days=1))
    assert wim.client.get(place).status_code == 404
    wim.send(f"{place}/write/question", text="En nu?", step="send")
    assert wim.status == 404
    assert Message.objects.count() == 1


def test_a_whole_way(filed: Filed) -> None:
    """Asked, completed by the applicant, assessed, decided and sent: every page opens, and what happened stands in order."""
    filed.asked()
    filed.nadia.send(f"{filed.place}/complete")
    filed.decided()
    page = filed.nadia.open(filed.place)
    said = [
        page.words.index(one)
        for one in (
            "Wij kenden uw aanvraag toe",
            "U vulde uw aanvraag aan",
            "Wij vroegen u om uw aanvraag aan te vullen",
        )
    ]
    assert said == sorted(said)
    for end in ("/terms", "/decision", "/seen", "/all"):
        assert filed.nadia.client.get(filed.place + end).status_code == 200, end
