"""What was typed when the session had ended is there again for the same person, on the same page, and for nobody else."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from doorleren.applications.models import Answer
from doorleren.people.claims import Claims
from doorleren.people.models import Assurance, Person, Session
from doorleren.rounds.models import Round
from doorleren.web.people import unsent
from doorleren.web.people.sessions import keep
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.applicant.test_access import employee
from tests.web.applicant.test_apply import begin
from tests.web.markup import Markup
from tests.web.provider.visitor import Visitor

TYPED = "1234,56"
BACK = "Dit vulde u in voordat u opnieuw inlogde."
KEPT, LOST, FILE = "staat daarna weer in het formulier", "is niet bewaard", "Koos u een bestand?"
FIELDS = ("group", "shown", "seen", "whose")


def form_of(page: Markup, **typed: str) -> dict[str, str]:
    """Give what the form of a draft sends."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.page))
    return {name: unescape(found[name]) for name in FIELDS} | {
        name.replace("__", "."): value for name, value in typed.items()
    }


def sessions_end() -> None:
    """Let every session be over."""
    Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))


def sign_in(client: Client, person: Person) -> None:
    """Sign in with the session that the browser has, as the way back from the provider does."""
    request, at = HttpRequest(), datetime.now(UTC)
    request.session = client.session
    keep(request, person, Claims("test", "one", Assurance.SUBSTANTIAL, name=person.name, proven_at=at), at=at)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""


def person_of(one: Visitor) -> Person:
    """Give who a visitor is."""
    return Person.objects.get(pk=one.client.session["_auth_user_id"])


@pytest.fixture
def place(nadia: Visitor, round_: Round) -> str:
    """The address of Nadia's draft."""
    return begin(nadia, round_)


def test_the_same_person_finds_it_on_the_page_and_can_save_it(nadia: Visitor, place: str) -> None:
    """Nothing is saved without a session; after signing in the page that is led to has what was typed, and saving it saves that."""
    person = person_of(nadia)
    form = form_of(nadia.open(f"{place}?group=training"), training__price=TYPED)
    sessions_end()
    page = nadia.post(place, form)
    assert (nadia.status, Answer.objects.count()) == (403, 0)
    assert KEPT in page.words
    assert f"/sign-in?next={place.replace('/', '%2F')}" in page.links
    assert TYPED not in Session.objects.get(person=None).session_data
    assert TYPED not in str(nadia.client.session.items())
    sign_in(nadia.client, person)
    page = nadia.open(place)
    assert BACK in page.words
    assert f'value="{TYPED}"' in page.page
    assert BACK not in nadia.open(f"{place}?group=person").words
    nadia.post(place, form_of(nadia.open(place), training__price=TYPED))
    assert Answer.objects.get(fact="training.price").cents == 123456
    assert BACK not in nadia.open(f"{place}?group=training").words


def test_what_a_colleague_saved_meanwhile_is_not_written_over(round_: Round, db: None) -> None:
    """The page knows the answers of when it was opened first, so that saving what came back is held against what came since."""
    firm = people.organisation("90000031")
    emre, wim = employee(firm, "Emre"), employee(firm, "Wim")
    emre.post("/applications/start", {"round": round_.pk, "as": f"firm:{firm.kvk}"})
    place, person = emre.place, person_of(emre)
    form = form_of(emre.open(f"{place}?group=employer"), employer__employees="12")
    wim.post(place, {"group": "employer", "shown": "employer.employees", "employer.employees": "40"})
    sessions_end()
    emre.post(place, form)
    sign_in(emre.client, person)
    assert form_of(emre.open(place))["seen"] == form["seen"]
    assert Answer.objects.get().whole == 40


def test_a_colleague_in_the_same_browser_does_not_see_it(round_: Round, db: None) -> None:
    """Who signs in as somebody else, though they may change the same draft, gets the page as it was saved; and it is gone for good."""
    firm = people.organisation("90000031")
    emre, wim = employee(firm, "Emre"), employee(firm, "Wim")
    emre.post("/applications/start", {"round": round_.pk, "as": f"firm:{firm.kvk}"})
    place, own, other = emre.place, person_of(emre), person_of(wim)
    form = form_of(emre.open(f"{place}?group=employer"), employer__employees="1234")
    sessions_end()
    emre.post(place, form)
    for person in (other, own):
        sign_in(emre.client, person)
        page = emre.open(f"{place}?group=employer")
        assert (emre.status, BACK in page.words, "1234" in page.page) == (200, False, False)


@pytest.mark.parametrize("where", ["file", "correction"])
def test_what_one_writes_to_an_authority(filed: Filed, where: str) -> None:
    """A question in one's file, or a request to correct, that came in without a session stands in its form again, in no other, and is sent once; a file must be chosen again."""
    nadia, text = filed.nadia, "Ik schreef hier lang aan. " * 20
    person, about = person_of(nadia), f"application-{filed.case.subject_id}"
    place, open_at, elsewhere, typed = {
        "file": (f"{filed.place}/write/question", "", "?against=99", {"text": text, "step": "check"}),
        "correction": ("/account/corrections/new", f"?about={about}", "?about=contact", {"about": about, "fact": "training.price", "wished": "650 euro", "why": text}),
    }[where]  # fmt: skip
    typed["whose"] = unescape(re.findall(r'name="whose" value="([^"]*)"', nadia.open(place + open_at).page)[0])
    sessions_end()
    page = nadia.post(place, typed)
    assert (nadia.status, KEPT in page.words, FILE in page.words) == (403, True, True)
    plain = nadia.client.post(place, urlencode(typed), content_type="application/x-www-form-urlencoded")
    said = Markup(plain.content.decode()).words
    assert (KEPT in said, FILE in said) == (True, False)
    assert f"/sign-in?next={place.replace('/', '%2F')}" in page.links
    sign_in(nadia.client, person)
    page = nadia.open(place + elsewhere)
    assert (BACK in page.words, text.strip() in page.page) == (False, False)
    page = nadia.open(place)
    assert (BACK in page.words, text.strip() in page.page) == (True, True)
    nadia.post(place, typed | {"step": "send"})
    assert nadia.status == 302
    assert BACK not in nadia.open(place + open_at).words


@pytest.mark.parametrize("wrong", ["", "forged", "of another page", "too old"])
def test_nothing_is_kept_of_a_form_that_does_not_say_whose_it_is(
    wrong: str, nadia: Visitor, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not carry our word for whom and which page it was is not kept, makes no session, and the page says that it is lost."""
    person = person_of(nadia)
    form = form_of(nadia.open(f"{place}?group=training"), training__price=TYPED)
    if wrong == "of another page":
        form["whose"] = form_of(nadia.open(begin(nadia, Round.objects.get())))["whose"]
    elif wrong == "too old":
        monkeypatch.setattr(unsent, "OPEN_FOR", timedelta(seconds=-1))
    else:
        form["whose"] = wrong and f"{form['whose'][:-1]}!"
    Session.objects.all().delete()
    reply = nadia.client.post(place, form, headers={"referer": f"http://localhost{place}?group=training"})
    page = Markup(reply.content.decode())
    assert (reply.status_code, LOST in page.words, Session.objects.count()) == (403, True, 0)
    assert any(one.startswith("/sign-in?next=%2Fapplications%2F") and "training" in one for one in page.links)
    sign_in(nadia.client, person)
    assert BACK not in nadia.open(place).words


def test_a_form_without_its_cookie_gets_a_page_of_ours(round_: Round, db: None) -> None:
    """A browser that keeps no cookies reads in plain words, in the language of the page, what happened and what to do; a program a problem."""
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    dutch, english = "Uw formulier is niet aangekomen", "Your form did not arrive"
    for address, said, other in (
        ("/applications/start", dutch, english), ("/en/applications/start", english, dutch),
    ):  # fmt: skip
        reply = strict.post(
            address, {"round": round_.pk}, headers={"referer": "http://localhost/applications/new?round=1"}
        )
        page = Markup(reply.content.decode())
        assert (reply.status_code, page.faults) == (403, [])
        assert said in page.words
        assert other not in page.words
        assert "CSRF" not in page.words
        assert "/applications/new?round=1" in page.links
    elsewhere = strict.post("/applications/start", headers={"referer": "http://evil.example/x"})
    assert "evil.example" not in elsewhere.content.decode()
