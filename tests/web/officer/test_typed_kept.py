"""What an official or a citizen typed in a case is there again after signing in: the session had ended, or the proof was too old."""

from typing import Any

import pytest

from doorleren.cases.commands.write_message import write_message
from doorleren.cases.models import Message, MessageKind
from doorleren.decisions.models import Assessment, Decision
from doorleren.people.models import Session
from doorleren.web.surroundings import now
from tests.decisions.objecting import applicant
from tests.web.applicant.test_unsent import LOST, sessions_end, sign_in
from tests.web.officer.case_lives import LIVES, Life, typed
from tests.web.officer.desk import Desk, whose_in

pytestmark = pytest.mark.django_db
BACK, KEPT = "Dit vulde u in voordat u opnieuw inlogde.", "staat daarna weer in het formulier"
NOTE = "Wij hebben hier lang over gedacht."
DAY = typed(21)
FORMS: dict[str, tuple[str, str, dict[str, Any], tuple[str, ...]]] = {
    "refuse": ("intended", "joost", {"ground": "other-facts", "words": NOTE}, ('value="other-facts" selected', NOTE)),
    "ask": (
        "received", "fatima", {"parts": ["training.price"], "lacking": "lacks", "until": DAY},
        ('value="training.price" checked', 'value="lacks" selected', f'value="{DAY}"'),
    ),
    "grant": ("assessed", "joost", {"note": NOTE, "confirmed": "1"}, (NOTE,)),
}  # fmt: skip
"""Forms of acts: after which life, whose, with what, and what of that stands in the page afterwards."""


@pytest.mark.parametrize(
    ("name", "late"),
    [("refuse", "session"), ("refuse", "proof"), ("grant", "session"), ("grant", "proof"), ("ask", "session")],
)
def test_a_form_of_an_act(life: Life, name: str, late: str) -> None:
    """Text, days, choices and ticks that could not be sent stand in the form again for who typed them, sealed meanwhile; nothing was done."""
    stage, who, fields, back = FORMS[name]
    LIVES[stage](life)
    desk: Desk = getattr(life.bureau, who)
    desk.send(f"{life.bureau.at}/look", why="asked")
    address, acts = f"{life.bureau.at}/acts/{name}", life.bureau.again().acts
    told = fields | {"seen": str(acts), "whose": whose_in(desk.open(address))}
    is_late(desk, late)
    page = desk.send(address, **told)
    assert (desk.status, KEPT in page.words, life.bureau.again().acts) == (403, True, acts)
    assert not any(NOTE in str(one.get_decoded()) for one in Session.objects.all())
    comes_back(desk, late)
    page = desk.open(address)
    assert (desk.status, BACK in page.words) == (200, True)
    for one in back:
        assert one in page.page, one
    desk.send(address, **(fields | {"seen": str(acts), "confirmed": "1"}))
    assert (desk.status, life.bureau.again().acts > acts) == (302, True)


def test_a_judgement(life: Life) -> None:
    """What was judged of each condition, with the grounds, stands in the form of assessing again."""
    desk = life.bureau.fatima
    address = f"{life.bureau.at}/assess"
    told = {"met-honest": "no", "ground-honest": NOTE, "words": "Zie de offerte.", "seen": str(life.bureau.case.acts)}
    told["whose"] = whose_in(desk.open(address))
    sessions_end()
    assert (KEPT in desk.send(address, **told).words, Assessment.objects.count()) == (True, 0)
    comes_back(desk, "session")
    page = desk.open(address)
    assert BACK in page.words
    for one in (NOTE, "Zie de offerte.", 'name="met-honest" value="no" checked'):
        assert one in page.page, one


def test_an_answer_to_a_message(life: Life) -> None:
    """A long answer stands under the message that it answers, and under no other, whole; sent, it is kept whole too."""
    desk, answer = life.bureau.fatima, NOTE * 20
    asked(life)
    message = asked(life)
    address = f"{life.bureau.at}/messages"
    told = {"message": str(message.number), "text": answer, "whose": whose_in(desk.open(address))}
    sessions_end()
    assert KEPT in desk.send(address, **told).words
    comes_back(desk, "session")
    page = desk.open(address)
    assert (page.words.count(BACK), answer in page.page) == (1, True)
    desk.send(address, message=str(message.number), text=answer)
    assert desk.status == 302
    assert answer in desk.open(address).words


def test_without_our_word_for_whose_it_is(life: Life) -> None:
    """A form that does not say whose it is gives nothing back and is told to be lost; neither does one that a colleague at the same browser sent."""
    LIVES["assessed"](life)
    desk, address = life.bureau.joost, f"{life.bureau.at}/acts/grant"
    fields = {"note": NOTE, "seen": str(life.bureau.again().acts)}
    desk.prove(minutes_ago=10)
    page = desk.send(address, **fields)
    assert (KEPT in page.words, LOST in page.words) == (False, True)
    desk.prove()
    assert NOTE not in desk.open(address).page
    fields["whose"] = whose_in(desk.open(address))
    sessions_end()
    desk.send(address, **fields)
    colleague = life.sanne.person
    assert colleague is not None
    sign_in(desk.client, colleague)
    desk.prove()
    desk.send(f"{life.bureau.at}/look", why="asked")
    assert NOTE not in desk.open(address).page
    assert Decision.objects.count() == 0


def is_late(desk: Desk, late: str) -> None:
    """Let the session be over, or the proof of who one is be older than a decision asks."""
    if late == "session":
        sessions_end()
    else:
        desk.prove(minutes_ago=10)


def comes_back(desk: Desk, late: str) -> None:
    """Sign in again."""
    if late == "session":
        assert desk.person is not None
        sign_in(desk.client, desk.person)
    desk.prove()


def asked(life: Life) -> Message:
    """Let the applicant ask something."""
    at = now()
    write_message(
        life.bureau.case.pk, MessageKind.QUESTION, "Wanneer hoor ik iets?", by=applicant(life.case, at), at=at
    )
    return Message.objects.latest("pk")
