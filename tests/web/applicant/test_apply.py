"""Applying without a browser: from a round to a draft, question by question, to what stands ready."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from doorleren.applications.models import Answer, Application
from doorleren.people.models import RoleKind
from doorleren.people.sessions import SessionStore
from doorleren.register.portal import Portal
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Gate, Round, RoundProposal
from doorleren.rules.library import Library
from doorleren.server.demo_round import open_demo_rounds
from doorleren.web import known as web_known
from tests.applications import made
from tests.applications.made import AT, TODAY
from tests.applications.partners import partner
from tests.people import made as people
from tests.web.markup import Markup
from tests.web.provider.visitor import Visitor

BIRTH = {"person.birth_date.day": "1", "person.birth_date.month": "4", "person.birth_date.year": "1990"}


ROUND_BEFORE = """
id = "voorjaar"
opens = 2026-02-01T09:00:00+01:00
closes = 2026-04-30T17:00:00+02:00
ceiling_money = 100000
source = "order"
"""
"""A round that opens before the one of the trial scheme."""


def begin(one: Visitor, round_: Round, **given: str) -> str:
    """Start a draft and give its address."""
    one.post("/applications/start", {"round": round_.pk, "as": "learner:person"} | given)
    assert one.status == 302
    return one.place


def shown(page: Any) -> str:
    """Give the facts that a page asks."""
    found = re.search(r'name="shown" value="([^"]*)"', page.page)
    return found.group(1) if found else ""


def test_from_round_to_ready(nadia: Visitor, round_: Round) -> None:
    """The rounds lead to a draft; each group of questions is saved and leads to the next; then the draft stands ready."""
    assert "Proefregeling leren" in nadia.open("/applications/new").words
    assert "Voor andere aanvragers" not in nadia.open("/applications/new").words
    start = nadia.post("/applications/new", {"round": round_.pk})
    assert "U vraagt aan voor: uzelf" in start.words
    place = begin(nadia, round_)
    page = nadia.open(place)
    assert shown(page) == "person.birth_date,person.labour_market_link"
    assert "de deelnemer is 18 jaar of ouder" in page.words
    assert "nog niet ingediend" in page.words
    assert "de offerte van de opleider" in page.words

    nadia.post(place, {"group": "person", "shown": shown(page), "person.labour_market_link": "true", **BIRTH})
    assert nadia.place == f"{place}?group=training"
    page = nadia.open(nadia.place)
    assert shown(page) == "training.price"
    nadia.post(place, {"group": "training", "shown": "training.price", "training.price": "699,95"})
    assert nadia.place == f"{place}/ready"
    page = nadia.open(nadia.place)
    assert "burger" in page.words
    assert "de opleiding is niet al betaald" in page.words
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    assert nadia.place == f"{place}/submit"
    assert "Dien nu in" in nadia.open(nadia.place).words
    assert "klaar om in te dienen" in nadia.open("/applications").words
    assert not Answer.objects.filter(fact="person.eu_citizen").exists()


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ({"opened_at": None, "closed_at": None}, "zodra het tijdvak opengaat op 1 maart 2026 09:00"),
        ({"opened_at": AT, "closed_at": None}, "Dat kan nu: het tijdvak is open."),
        ({"opened_at": AT, "closed_at": AT}, "Dit aanvraagtijdvak is gesloten."),
    ],
    ids=["announced", "open", "closed"],
)  # fmt: skip
def test_when_one_can_submit_is_said_as_it_is(
    nadia: Visitor, round_: Round, gate: dict[str, Any], said: str
) -> None:  # fmt: skip
    """Before the last step a page says whether one can submit now, from when, or no more; never two of these."""
    place = begin(nadia, round_, **{"person.labour_market_link": "true", "training.price": "699,95", **BIRTH})
    Gate.objects.filter(pk=round_.pk).update(**gate)
    words = nadia.open(f"{place}/ready").words
    all_of_them = ("zodra het tijdvak opengaat", "Dat kan nu", "Dit aanvraagtijdvak is gesloten")
    assert said in words
    assert sum(one in words for one in all_of_them) == 1
    assert ("Alles klopt, zet klaar" in words) is (gate["closed_at"] is None)


def test_until_when_after_it_was_opened_again(nadia: Visitor, round_: Round) -> None:
    """A round that two people opened again until another moment says that moment, and not the one that has passed."""
    place = begin(nadia, round_)
    assert "U kunt aanvragen tot 30 april 2026 17:00." in nadia.open(place).words
    until = {"until": "2026-06-15T17:00:00+02:00"}
    RoundProposal.objects.create(
        round=round_, body=round_.body, act="reopen", details=until, reason="Er ging iets mis.", proposed_by=people.person(name="Joost"),
        proposed_at=AT, released_by=people.person(name="Mirjam"), released_at=AT,
    )  # fmt: skip
    words = nadia.open(place).words
    assert "U kunt aanvragen tot 15 juni 2026 17:00." in words
    assert "30 april" not in words


def test_answers_of_the_finder_come_along(nadia: Visitor, round_: Round) -> None:
    """What was told in the finder is shown before the start, kept with the start, and not asked again."""
    told = {"person.labour_market_link": "true", "training.price": "699.95", **BIRTH}
    page = nadia.post("/applications/new", {"round": round_.pk, **told})
    assert "Dit vertelde u al" in page.words
    place = begin(nadia, round_, **told)
    nadia.open(place)
    assert nadia.place == f"{place}/ready"
    assert Application.objects.get().answers.count() == 3


def test_a_visitor_with_answers_can_sign_in_with_them(round_: Round) -> None:
    """Before signing in the answers stand in the form of the page, for this tab to keep or to come back to; none in a link."""
    told = {"person.labour_market_link": "true", "training.price": "699.95", **BIRTH}
    sessions = SessionStore.get_model_class().objects
    before = sessions.count()
    reply = Client(headers={"host": "localhost"}).post(f"/applications/new?round={round_.pk}", told)
    page = Markup(reply.content.decode())
    assert (page.faults, Application.objects.count(), sessions.count()) == ([], 0, before)
    assert "data-takes-answers" in page.page
    assert 'form="answers"' in page.page
    assert 'name="training.price" value="699.95"' in page.page
    assert not any("699" in link for link in page.links)
    none = Markup(Client(headers={"host": "localhost"}).get(f"/applications/new?round={round_.pk}").content.decode())
    assert "data-takes-answers" not in none.page
    assert any(link.startswith("/sign-in") for link in none.links)


def test_what_cannot_be_read_comes_back(nadia: Visitor, round_: Round) -> None:
    """A day that does not exist comes back with its sentence and as it was typed; the other answer is kept."""
    place = begin(nadia, round_)
    typed = {**BIRTH, "person.birth_date.day": "31", "person.labour_market_link": "true"}
    page = nadia.post(place, {"group": "person", "shown": "person.birth_date,person.labour_market_link", **typed})
    assert nadia.status == 422
    assert "Vul een dag in die bestaat" in page.words
    assert 'value="31"' in page.page
    assert Answer.objects.get().fact == "person.labour_market_link"


def test_incomplete_is_kept_and_said(nadia: Visitor, round_: Round) -> None:
    """A step without all answers is saved; the page that looks it over says what lacks and has no button to go on."""
    place = begin(nadia, round_)
    nadia.post(place, {"group": "person", "shown": "person.birth_date,person.labour_market_link", **BIRTH})
    page = nadia.open(f"{place}/ready")
    assert "Nog niet compleet" in page.words
    assert "band met de Nederlandse arbeidsmarkt" in page.words
    assert "zet klaar" not in page.words
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    assert nadia.status == 422
    nadia.open(f"{place}/submit")
    assert nadia.place == f"{place}/ready"


def test_a_question_that_stayed_open_is_named(nadia: Visitor, round_: Round) -> None:
    """Who saves a page and comes back to it for a question without an answer reads which one; with all of it answered nothing is said."""
    place = begin(nadia, round_)
    nadia.post(place, {"group": "person", "shown": "person.birth_date,person.labour_market_link", **BIRTH})
    assert nadia.place == f"{place}?group=person&left=1"
    page = nadia.open(nadia.place)
    said = "niet elke vraag heeft een antwoord"
    assert said in page.words
    assert "#q-person-labour_market_link" in page.links
    assert "#q-person-birth_date" not in page.links
    assert said not in nadia.open(f"{place}?group=person").words
    nadia.post(place, {"group": "person", "shown": "person.labour_market_link", "person.labour_market_link": "true"})
    assert nadia.place == f"{place}?group=training"


def test_what_fails_is_named_with_the_way_to_it(nadia: Visitor, round_: Round) -> None:
    """Who cannot get it reads on the page itself which condition fails, with a link to the answers that it looks at and to no other."""
    place = begin(nadia, round_, **{"person.labour_market_link": "false", "training.price": "699.95", **BIRTH})
    page = nadia.open(f"{place}/ready")
    told = Markup("<ul>" + page.page.partition('id="failing">')[2].partition("</ul>")[0] + "</ul>")
    assert "de deelnemer heeft een band met de arbeidsmarkt" in told.words
    assert "18 jaar of ouder" not in told.words
    assert told.links == [f"{place}?group=person&change=1"]


def test_only_the_questions_of_the_form_are_taken(nadia: Visitor, round_: Round) -> None:
    """A fact that the track does not use is not kept, whatever is posted."""
    place = begin(nadia, round_)
    nadia.post(place, {"group": "person", "shown": "person.sector,person.eu_citizen", "person.sector": "C"})
    assert not Answer.objects.exists()


def test_not_open_yet(nadia: Visitor, known: Any, db: None) -> None:
    """Before the gate opens a draft can stand ready, and the page says when submitting begins instead of a button."""
    round_ = made.a_round(known)
    told = {"person.labour_market_link": "true", "training.price": "699.95", **BIRTH}
    place = begin(nadia, round_, **told)
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    page = nadia.open(f"{place}/submit")
    assert "gaat open op 1 maart 2026 09:00" in page.words
    assert "Dien nu in" not in page.words


def test_nobody_applies_before_it_opens(nadia: Visitor, known: Library, tmp_path: Path) -> None:
    """A round that is not open yet offers to put an application ready, and not to apply; an open one offers to apply."""
    made.library(tmp_path / "schemes", made.FILE.replace("closes = 2026-04-30", "closes = 2099-04-30"))
    web_known.library.cache_clear()
    round_ = made.a_round(web_known.library())
    button = re.compile(rf'name="round" value="{round_.pk}">([^<]*)<')
    assert button.findall(nadia.open("/applications/new").page) == ["Maak uw aanvraag vast klaar"]
    start = nadia.post("/applications/new", {"round": round_.pk})
    assert "Indienen kan pas als het tijdvak open is." in start.words
    open_gate(round_.pk, by=made.US, at=made.AT)
    assert button.findall(nadia.open("/applications/new").page) == ["Vraag aan"]


def test_without_an_intake(nadia: Visitor, round_: Round) -> None:
    """When the intake does not answer the page says so and offers the same button again; nothing is lost."""
    told = {"person.labour_market_link": "true", "training.price": "699.95", **BIRTH}
    place = begin(nadia, round_, **told)
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    page = nadia.post(f"{place}/submit", {})
    assert nadia.status == 503
    assert "Probeer het nog een keer" in page.words
    assert "klaar om in te dienen" in nadia.open("/applications").words


def test_withdrawing_with_the_way_back(nadia: Visitor, round_: Round) -> None:
    """A draft can be withdrawn and brought back from its own page."""
    place = begin(nadia, round_)
    nadia.post(f"{place}/withdraw", {})
    assert "Toch niet intrekken" in nadia.open(place).words
    nadia.post(f"{place}/undo", {})
    assert shown(nadia.open(place))


def test_a_rehearsal_can_be_practised_with(nadia: Visitor, known: Any, db: None) -> None:
    """A rehearsal of a scheme that is open takes applications by all its tracks and says that nobody gets money."""
    from doorleren.people.models import Body
    from doorleren.rounds.announced import announced_of
    from doorleren.rounds.commands.announce_round import announce_round
    from doorleren.rounds.commands.open_gate import open_gate
    from doorleren.schemes.commands.publish_version import publish_version
    from tests.applications.made import AT, SCHEME, US

    version = known.scheme(SCHEME).versions[0]
    row = publish_version(known.resolved(version), by=US, at=AT)
    body = Body.objects.create(code="oefening", name="Oefening")
    rules = announced_of(version.rounds[0])
    told = {"body": body, "opens_at": AT, "closes_at": None, "rehearsal": True, "by": US, "at": AT}
    round_ = announce_round(row, "practice", rules, **told)
    assert "Proefregeling" not in nadia.open("/applications/new").words
    open_gate(round_.pk, by=US, at=AT)
    assert "niemand krijgt hier geld" in nadia.open(f"/applications/new?scheme={SCHEME}").words
    assert shown(nadia.open(begin(nadia, round_))) == "person.birth_date,person.labour_market_link"


def test_the_token_stands_on_the_page_only_where_browsers_may_send_it(
    nadia: Visitor, round_: Round, settings: Any
) -> None:
    """Without an intake for browsers the page has no token; with one its origin, and no other, may be asked by a script."""
    told = {"person.labour_market_link": "true", "training.price": "699.95", **BIRTH}
    place = begin(nadia, round_, **told)
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    plain = nadia.client.get(f"{place}/submit")
    assert ("data-token" in plain.content.decode(), "connect-src" in plain["Content-Security-Policy"]) == (False, False)
    settings.DOORLEREN_INTAKE_PUBLIC = "https://tickets.example"
    scripted = nadia.client.get(f"{place}/submit")
    assert 'data-intake="https://tickets.example/tickets"' in scripted.content.decode()
    assert scripted["Content-Security-Policy"].endswith("; connect-src 'self' https://tickets.example")


class Listed:
    """Stands for a training of the register: what a portal finds of it."""

    def __init__(self, key: int) -> None:
        self.listing = SimpleNamespace(key=key, entry=SimpleNamespace(title="Lassen, niveau 2"))
        self.facts = {"training.price": 69_995}


@pytest.fixture
def one_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register with one training, by its number."""
    monkeypatch.setattr(Portal, "activity", lambda _portal, key, **_asked: Listed(key) if key == 8 else None)


@pytest.mark.parametrize("how", ["link", "form", "list"])
def test_round_and_training_of_an_address_stay(how: str, nadia: Visitor, round_: Round, one_training: None) -> None:
    """A link, a form with answers and the list of rounds each take the training along to the draft."""
    told = {"person.labour_market_link": "true"}
    if how == "link":
        page = nadia.open(f"/applications/new?round={round_.pk}&activity=8")
    elif how == "form":
        page = nadia.post(f"/applications/new?round={round_.pk}&activity=8", told)
    else:
        rounds = nadia.post("/applications/new?scheme=proefregeling&activity=8", told)
        assert 'name="activity" value="8"' in rounds.page
        page = nadia.post("/applications/new?scheme=proefregeling", {"round": round_.pk, "activity": "8", **told})
    assert "Voor de opleiding: Lassen, niveau 2." in page.words
    assert 'name="activity" value="8"' in page.page
    assert ("Dit vertelde u al" in page.words) is (how != "link")
    nadia.post("/applications/new?round=1&activity=9", {})
    assert nadia.status == 404


def test_signing_in_keeps_the_training(round_: Round, one_training: None) -> None:
    """Who has to sign in first comes back to the same round and training."""
    page = Visitor(None).open(f"/applications/new?round={round_.pk}&activity=8")
    assert f"next=/applications/new%3Fround%3D{round_.pk}%26activity%3D8" in page.page


def test_the_list_says_who_files_and_on_which_day(nadia: Visitor, known: Library) -> None:
    """A rehearsal says that it is one, for whom, and on which other day it judges."""
    open_demo_rounds(known, TODAY)
    page = nadia.open("/applications/new")
    assert "de arbeidsmarktregio" in page.words
    assert "Wij beoordelen uw aanvraag alsof het" in page.words
    assert "U vraagt aan met het plan voor" in page.words


def test_a_value_beside_does_not_apply_comes_back(nadia: Visitor, round_: Round) -> None:
    """A price and "does not apply" together are refused at the field, both are still there, and nothing is kept."""
    place = begin(nadia, round_)
    page = nadia.post(place, {"group": "training", "shown": "training.price", "training.price": ["699,95", "n/a"]})
    assert (nadia.status, Answer.objects.count()) == (422, 0)
    assert "koos ook “Dit geldt niet voor mij”" in page.words
    assert 'value="699,95"' in page.page
    assert re.search(r'name="training.price" value="n/a" checked', page.page)


def test_rounds_of_one_s_organisation_come_first(round_: Round, known: Library, tmp_path: Path) -> None:
    """Who acts for an organisation finds the round for organisations before one for persons only; who is a person keeps the order."""
    head, learner, _firm = made.FILE.split("[[track]]")
    text = f"{head}[[track]]{learner}[[round]]\n{ROUND_BEFORE}".replace(made.SCHEME, "mensenproef").replace(
        "Proefregeling", "Mensenproef"
    )
    made.a_round(made.library(tmp_path / "schemes", text, "mensenproef"), "mensenproef", opened=True)
    web_known.library.cache_clear()
    firm = people.organisation("90000053")
    order = {}
    for name, one in (("firm", partner(firm, "Emre", RoleKind.EMPLOYER)), ("person", people.person(name="Nadia"))):
        words = Visitor(one).open("/applications/new").words
        order[name] = words.index("Proefregeling leren") < words.index("Mensenproef leren")
    assert order == {"firm": True, "person": False}


def test_what_others_apply_for_stands_apart(nadia: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds in which one can file for nobody are folded away, and still there to read."""
    monkeypatch.setattr("doorleren.web.applicant.start.ONESELF", "region")
    page = nadia.open("/applications/new")
    assert page.words.index("Voor andere aanvragers") < page.words.index("Proefregeling leren")
