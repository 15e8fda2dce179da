"""Letters that did not go out, on the pages of officials: seen with the reason, tried again, by who may; and how a body sends letters."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.corrections.commands.answer_correction import extend_correction
from doorleren.applications.corrections.commands.ask_correction import Asked, ask_correction
from doorleren.applications.models import About
from doorleren.audit.acts import SITE
from doorleren.audit.models import Act
from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.act_by_letter import extend_by_letter
from doorleren.decisions.commands.note_representative import note_guardian_of
from doorleren.decisions.jobs import note_dispatches
from doorleren.decisions.models import ActLetter
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.models import NOTHING_LEFT, Letter
from doorleren.letters.ways import NotSent
from doorleren.people.file_keys import destroy_key
from doorleren.people.models import Body, Person, RoleKind
from doorleren.web import known
from doorleren.web.officer import failed_letters as pages
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.people import made as people
from tests.web.officer.cases_made import Bureau
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.provider.visitor import Visitor

pytestmark = pytest.mark.django_db
LIST, RETRY = "/officer/letters", "/officer/letters/retry"


class Broken:
    """A way that takes nothing."""

    def send(self, letter: Letter, pdf: bytes, turn: int) -> None:
        raise NotSent("folder-not-writable")


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Any:
    """The trial scheme on a site that knows it, and its body."""
    library = made.library(tmp_path)
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_OUTBOX = (tmp_path / "schemes",), tmp_path / "outbox"
    known.library.cache_clear()
    yield Bureau(library, a_round(library, opened=True))
    known.library.cache_clear()


@pytest.fixture
def failed(bureau: Bureau, settings: Any) -> Letter:
    """A letter of the case that was tried once, in vain; the way is whole again afterwards."""
    ways = settings.DOORLEREN_LETTER_WAYS
    one = written(bureau)
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    assert not send_letter(one.pk, at=now()).sent
    settings.DOORLEREN_LETTER_WAYS = ways
    return one


def written(bureau: Bureau, days: int = 14) -> Letter:
    """A letter of the case that nobody tried to send."""
    at = bureau.again().last_act_at + timedelta(minutes=1)
    act = extend_by_letter(bureau.case.pk, until=day_of(at) + timedelta(days=days), grounds="drukte",
                           by=made.by(bureau.fatima.person, at), at=at)  # fmt: skip
    return ActLetter.objects.get(act=act).letter


def test_who_sees_which(bureau: Bureau, failed: Letter) -> None:
    """A letter that failed is on the list of its body with the reason; one that was not tried is not, and another body sees none."""
    waiting = written(bureau, 20)
    page = bureau.fatima.open(LIST)
    for said in (bureau.case.reference, "de map voor de post is niet te beschrijven", "1 keer geprobeerd"):
        assert said in page.words, said
    assert page.words.count(bureau.case.reference) < 8
    assert f'name="letters" value="{waiting.pk}"' not in page.page
    other = bureau.desk(RoleKind.ASSESSOR, "Olga", Body.objects.create(code="other", name="Ander"))
    assert "zijn weg" in other.open(LIST).words
    for kind in (RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.PROVIDER):
        assert Desk(with_role(kind, body=bureau.body)).client.get(LIST).status_code == 403


def test_trying_again(bureau: Bureau, failed: Letter, settings: Any) -> None:
    """One press sends it and says so in the record; while the way is broken it stays, with one attempt more; what is gone is not sent twice."""
    ways = settings.DOORLEREN_LETTER_WAYS
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    bureau.fatima.send(RETRY, one=str(failed.pk))
    assert bureau.fatima.place == f"{LIST}?sent=0&left=1&gone=0"
    assert "2 keer geprobeerd" in bureau.fatima.open(LIST).words
    settings.DOORLEREN_LETTER_WAYS = ways
    bureau.fatima.send(RETRY, letters=[str(failed.pk), "x", "999999"])
    assert bureau.fatima.place == f"{LIST}?sent=1&left=0&gone=0"
    assert failed.dispatches.filter(sent=True).count() == 1
    assert "zijn weg" in bureau.fatima.open(LIST).words
    bureau.fatima.send(RETRY, one=str(failed.pk))
    assert bureau.fatima.place == f"{LIST}?sent=0&left=0&gone=0"
    told = Act.objects.filter(act="letter_retried").order_by("id").values_list("actor_id", "details__sent")
    assert list(told) == [(str(bureau.fatima.person.pk), False), (str(bureau.fatima.person.pk), True)]


def test_page_after_page(bureau: Bureau, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more letters than a page, each press tries those of one page, tells what came of all so far and how many are left, and goes on."""
    monkeypatch.setattr(pages, "PAGE", 2)
    ways = settings.DOORLEREN_LETTER_WAYS
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    numbers = [written(bureau, 14 + days).pk for days in range(5)][::-1]
    assert not any(send_letter(one, at=now()).sent for one in numbers)
    page = bureau.fatima.open(LIST)
    assert "Na deze brieven komen er nog 3." in page.words
    bureau.fatima.send(RETRY, letters=numbers[:2])
    assert bureau.fatima.place == f"{LIST}?before={numbers[1]}&sent=0&left=2&gone=0"
    page = bureau.fatima.open(bureau.fatima.place)
    assert "Verzonden: 0. Weer niet gelukt: 2. Nog te proberen: 3." in page.words
    settings.DOORLEREN_LETTER_WAYS = ways
    for name, value in (("before", numbers[1]), ("sent", 0), ("left", 2)):
        assert f'name="{name}" value="{value}"' in page.page, name
    bureau.fatima.send(RETRY, letters=numbers[2:4], before=str(numbers[1]), sent="0", left="2")
    assert bureau.fatima.place == f"{LIST}?before={numbers[3]}&sent=2&left=2&gone=0"
    bureau.fatima.send(RETRY, letters=numbers[4:], before=str(numbers[3]), sent="2", left="2")
    assert bureau.fatima.place == f"{LIST}?sent=3&left=2&gone=0"
    page = bureau.fatima.open(bureau.fatima.place)
    assert "Verzonden: 3. Weer niet gelukt: 2." in page.words
    assert [f'name="letters" value="{one}"' in page.page for one in numbers] == [True, True, False, False, False]


def test_another_body_sends_nothing(bureau: Bureau, failed: Letter) -> None:
    """The number of a letter of another body, in a form that was made by hand, changes nothing; nor does the page when it is opened."""
    other = bureau.desk(RoleKind.ASSESSOR, "Olga", Body.objects.create(code="other", name="Ander"))
    before = counts()
    other.send(RETRY, one=str(failed.pk), letters=[str(failed.pk)])
    bureau.fatima.open(LIST)
    assert counts() == before
    assert Desk(with_role(RoleKind.AUDITOR, body=bureau.body)).client.post(RETRY, {"one": failed.pk}).status_code == 403


def test_letters_about_corrections(bureau: Bureau, settings: Any) -> None:
    """The answer to a request for correction that did not go out stands among them with its mark, and is tried again by who treats such requests."""
    nadia, at = Person.objects.get(name="Nadia"), now()
    asked = ask_correction(
        Asked(about=About.APPLICATION, wrong="De prijs is te hoog.", wished="650 euro", why="Korting.",
              application=int(bureau.case.subject_id), fact="training.price"),
        library=bureau.known, by=made.by(nadia, at), at=at,
    )  # fmt: skip
    extend_correction(asked.pk, "drukte", seen=1, by=made.by(bureau.fatima.person, at), at=at)
    letter = Letter.objects.get(about_kind="correction")
    ways = settings.DOORLEREN_LETTER_WAYS
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    assert not send_letter(letter.pk, at=now()).sent
    settings.DOORLEREN_LETTER_WAYS = ways
    assert f"AVG-{asked.pk}" in bureau.fatima.open(LIST).words
    other = bureau.desk(RoleKind.ASSESSOR, "Olga", Body.objects.create(code="other", name="Ander"))
    assert f"AVG-{asked.pk}" not in other.open(LIST).words
    other.send(RETRY, one=str(letter.pk))
    assert not letter.dispatches.filter(sent=True).exists()
    bureau.fatima.send(RETRY, one=str(letter.pk))
    assert letter.dispatches.filter(sent=True).exists()


def test_of_which_nothing_is_left(bureau: Bureau, failed: Letter) -> None:
    """A letter whose content was destroyed is tried once more in vain, and said to be: then the list asks nothing, and the case says why."""
    destroy_key(party_of(bureau.case), by=SITE, at=now())
    assert bureau.case.reference in bureau.fatima.open(LIST).words
    bureau.fatima.send(RETRY, one=str(failed.pk))
    assert bureau.fatima.place == f"{LIST}?sent=0&left=0&gone=1"
    assert (
        "Kan niet meer weg: 1 (de inhoud van het dossier is vernietigd)."
        in bureau.fatima.open(bureau.fatima.place).words
    )
    page = bureau.fatima.open(bureau.at)
    assert ("gaat niet meer weg" in page.words, "de inhoud van het dossier is vernietigd" in page.words) == (True, True)
    assert NOTHING_LEFT not in page.words
    reasons = failed.dispatches.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["folder-not-writable", NOTHING_LEFT]
    page = bureau.fatima.open(LIST)
    assert ("zijn weg" in page.words, f'value="{failed.pk}"' in page.page) == (True, False)


def test_into_the_message_box_instead(bureau: Bureau, settings: Any) -> None:
    """A letter with word by e-mail for which there is no address any more goes to the message box with one press."""
    person = Person.objects.get(name="Nadia")
    Person.objects.filter(pk=person.pk).update(letters_by="e_mail", notice_email="nadia@example.org")
    one = written(bureau)
    assert one.channel == "e_mail"
    Person.objects.filter(pk=person.pk).update(letters_by="", notice_email="")
    assert send_letter(one.pk, at=now()).reason == "no-address"
    assert "er is geen e-mailadres" in bureau.fatima.open(LIST).words
    bureau.fatima.send(RETRY, box=str(one.pk))
    assert list(one.dispatches.filter(sent=True).values_list("channel", flat=True)) == ["message_box"]


def test_choosing_how_letters_come(bureau: Bureau) -> None:
    """Somebody chooses e-mail with an address in their account; without one it is refused at its field, and the choice is recorded."""
    nadia = Visitor(Person.objects.get(name="Nadia"))
    assert "Hoe wilt u uw brieven krijgen?" in nadia.open("/account/letters").words
    page = nadia.post("/account/letters", {"way": "e_mail", "address": "nergens"})
    assert (nadia.status, "Vul een e-mailadres in" in page.words) == (422, True)
    nadia.post("/account/letters", {"way": "pigeon", "address": ""})
    assert nadia.status == 422
    nadia.post("/account/letters", {"way": "e_mail", "address": "nadia@example.org"})
    assert nadia.place == "/account?done=letters"
    assert written(bureau).channel == "e_mail"
    nadia.post("/account/letters", {"way": "", "address": ""})
    assert Person.objects.get(name="Nadia").notice_email == ""
    assert written(bureau, 20).channel == "message_box"
    assert Act.objects.filter(act="chose_letters").count() == 2
    assert Desk(None).client.get("/account/letters").status_code == 302


def test_the_longest_address(db: None) -> None:
    """An address of 255 characters is refused at its field and not kept; one of 254 is taken."""
    sam = people.person(name="Sam")
    visitor, longest = Visitor(sam), "a" * 242 + "@example.org"
    page = visitor.post("/account/letters", {"way": "e_mail", "address": f"a{longest}"})
    assert (visitor.status, "Vul een e-mailadres in" in page.words) == (422, True)
    sam.refresh_from_db()
    assert (sam.letters_by, sam.notice_email) == ("", "")
    visitor.post("/account/letters", {"way": "e_mail", "address": longest})
    sam.refresh_from_db()
    assert (visitor.place, sam.notice_email, len(longest)) == ("/account?done=letters", longest, 254)


def test_how_a_body_sends(bureau: Bureau) -> None:
    """An administrator chooses for the own body alone; who has an address gets e-mail then, who has none the message box."""
    otto = bureau.desk(RoleKind.ADMINISTRATOR, "Otto")
    other = Body.objects.create(code="other", name="Ander")
    otto.send("/officer/letters/ways", **{"body": "other", "way-other": "e_mail"})
    mine = f"way-{bureau.body.code}"
    page = otto.send("/officer/letters/ways", **{"body": bureau.body.code, mine: "print"})
    assert (otto.status, f'href="#q-{mine}"' in page.page, f'id="q-{mine}-error"' in page.page) == (422, True, True)
    otto.send("/officer/letters/ways", **{"body": bureau.body.code, mine: "e_mail"})
    other.refresh_from_db()
    bureau.body.refresh_from_db()
    assert (bureau.body.letters_by, other.letters_by) == ("e_mail", "message_box")
    assert written(bureau).channel == "message_box"
    Person.objects.filter(name="Nadia").update(notice_email="nadia@example.org")
    assert written(bureau, 20).channel == "e_mail"
    bureau.fatima.open("/officer/letters/ways")
    assert bureau.fatima.status == 403


def test_ways_of_several_bodies_on_one_page(bureau: Bureau) -> None:
    """Each body has a field of its own: no id stands twice, the link of the summary leads to the field that was wrong, alone marked so."""
    otto = bureau.desk(RoleKind.ADMINISTRATOR, "Otto")
    other = Body.objects.create(code="other", name="Ander")
    people.role(otto.person, RoleKind.ADMINISTRATOR, body=other)
    page = otto.send("/officer/letters/ways", **{"body": "other", "way-other": ""})
    ids = re.findall(r' id="([^"]+)"', page.page)
    assert len(ids) == len(set(ids))
    assert {"q-way-other", f"q-way-{bureau.body.code}"} < set(ids)
    assert re.findall(r'href="#(q-[^"]+)"', page.page) == ["q-way-other"]
    assert re.findall(r' id="(q-way[^"]+)-error"', page.page) == ["q-way-other"]


def test_a_letter_that_came_back(bureau: Bureau, settings: Any) -> None:
    """Noted as back the case says so; sent again in vain the form says why and the list leads back to it; sent, the case says for what reason."""
    letter, at = written(bureau), now()
    send_letter(letter.pk, at=at)
    note_dispatches(now=lambda: at)
    of = ActLetter.objects.get(letter=letter).act.number
    noted = {"seen": str(bureau.again().acts), "confirmed": "1", "of": str(of), "on": f"{day_of(at):%d-%m-%Y}"}
    bureau.fatima.send(f"{bureau.at}/look", why="asked")
    bureau.fatima.send(f"{bureau.at}/acts/post-returned", **noted)
    assert bureau.acts()[-1] == "post_returned"
    assert (
        "teruggekomen" in bureau.fatima.open(bureau.at).words,
        f"{bureau.at}/acts/send-again" in bureau.fatima.open(bureau.at).links,
    ) == (True, True)
    again = {
        "seen": str(bureau.again().acts), "confirmed": "1", "returned": str(bureau.case.acts), "why": "wrong_address", "channel": "print",
    }  # fmt: skip
    page = bureau.fatima.send(f"{bureau.at}/acts/send-again", **again)
    assert (bureau.fatima.status, "Zorg voor een envelop met het goede adres" in page.words) == (422, True)
    again["envelope"] = "yes"
    ways = settings.DOORLEREN_LETTER_WAYS
    settings.DOORLEREN_LETTER_WAYS = dict.fromkeys(ways, f"{__name__}.Broken")
    page = bureau.fatima.send(f"{bureau.at}/acts/send-again", **again)
    assert (bureau.fatima.status, "De brief is niet weg: de map" in page.words) == (422, True)
    assert "De laatste poging mislukte" in bureau.fatima.open(bureau.at).words
    page = bureau.fatima.open(LIST)
    assert (f"{bureau.at}/acts/send-again" in page.links, "Probeer" in page.words) == (True, False)
    settings.DOORLEREN_LETTER_WAYS = ways
    bureau.fatima.send(f"{bureau.at}/acts/send-again", **again)
    assert "opnieuw: het adres klopte niet" in bureau.fatima.open(bureau.at).words
    assert "zijn weg" in bureau.fatima.open(LIST).words
    assert "Er is geen brief teruggekomen" in bureau.fatima.open(f"{bureau.at}/acts/send-again").words


def test_what_must_go_by_post_is_offered_no_other_way(bureau: Bureau) -> None:
    """Each way is offered for a letter that came back, and once somebody acts for the applicant, post alone."""
    letter, at, fatima = written(bureau), now(), made.by(bureau.fatima.person, now())
    send_letter(letter.pk, at=at)
    note_dispatches(now=lambda: at)
    note_post_returned(bureau.case.pk, of=ActLetter.objects.get(letter=letter).act.number, by=fatima, at=now())
    bureau.fatima.send(f"{bureau.at}/look", why="asked")
    form = f"{bureau.at}/acts/send-again"
    for ways in (["message_box", "e_mail", "print"], ["print"]):
        found = re.search(r'<select[^>]* name="channel".*?</select>', bureau.fatima.open(form).page, re.DOTALL)
        assert found is not None
        assert re.findall(r'value="(\w+)"', found.group()) == ways
        if len(ways) > 1:
            note_guardian_of(bureau.case.pk, "B. Bewind", "Kerkstraat 1, Voorbeeldstad", by=fatima, at=now())
