"""Appeals on the page of a case: the official says which act one is against and which one ended, and the history and the file tell it."""

import pytest

from doorleren.cases.acts import APPEALABLE
from doorleren.cases.appeals import NONE_OPEN, appeals_running
from doorleren.cases.commands.note_appeal import note_judgment
from doorleren.cases.models import CaseAct
from doorleren.cases.terms.appealing import ANNULLED
from doorleren.decisions.commands.decide_objection import reject
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.objections import objections_open
from tests.decisions.objecting import WHY, next_moment, went
from tests.web.officer.case_lives import LIVES, ON, WORDS, Life

pytestmark = pytest.mark.django_db
WHICH = "Welk beroep is geëindigd?"


def number(life: Life, act: str) -> int:
    """Give the number of the last act of a kind."""
    return CaseAct.objects.filter(case=life.case, act=act).order_by("-number")[0].number


def suspended(life: Life) -> None:
    """Grant a case, and suspend its payment."""
    LIVES["granted"](life)
    went(life.did("decider", suspend_payment, grounds=WORDS))


def appealed(life: Life, act: str) -> None:
    """Fill in that somebody appealed an act."""
    told = ON | {"against": str(number(life, act))}
    life.bureau.fatima.send(f"{life.bureau.at}/acts/appeal", **told, seen=str(life.case.acts), confirmed="1")
    assert life.bureau.fatima.status == 302


def test_the_only_decision_is_chosen_already(life: Life) -> None:
    """With one decision to appeal the form has it chosen; with two the official chooses, and one that is missing or wrong is refused."""
    LIVES["granted"](life)
    fatima, address = life.bureau.fatima, f"{life.bureau.at}/acts/appeal"
    fatima.send(f"{life.bureau.at}/look", why="asked")
    granted = f'<option value="{number(life, "granted")}" selected>verleend'
    assert granted in fatima.open(address).page
    went(life.did("decider", suspend_payment, grounds=WORDS))
    page = fatima.open(address)
    assert (granted in page.page, "betaling opgeschort" in page.words) == (False, True)
    for wrong in ("", "1", str(number(life, "assessed"))):
        page = fatima.send(address, **ON, against=wrong, seen=str(life.case.acts), confirmed="1")
        assert (fatima.status, "Kies er een uit de lijst." in page.words) == (422, True)
    assert not appeals_running(life.case)


def test_the_history_says_against_what_and_how_it_ended(life: Life) -> None:
    """A court that annuls a suspension leaves the grant as it is; the page says what was appealed and that it was annulled."""
    suspended(life)
    appealed(life, "payment_suspended")
    address = f"{life.bureau.at}/acts/judgment"
    page = life.bureau.fatima.open(address)
    assert WHICH not in page.words
    answered = ON | {"seen": str(life.case.acts), "confirmed": "1"}
    page = life.bureau.fatima.send(address, **answered, until="2027-01-04")
    assert (
        life.bureau.fatima.status,
        "Dat kan alleen na een vernietiging waarna wij opnieuw beslissen" in page.words,
    ) == (422, True)
    life.bureau.fatima.send(address, **answered)
    assert life.bureau.fatima.status == 302
    assert (CaseAct.objects.get(case=life.case, act="appeal_ended").details["judgment"], life.case.state) == (
        ANNULLED,
        "granted",
    )
    page = life.bureau.fatima.open(life.bureau.at)
    assert page.words.count("tegen: betaling opgeschort") == 2
    assert "de rechter vernietigde het" in page.words


def test_which_appeal_ended_is_asked_where_two_run(life: Life) -> None:
    """The form asks which one, refuses an answer that is missing or no open appeal, and ends the one that was chosen."""
    suspended(life)
    appealed(life, "granted")
    appealed(life, "payment_suspended")
    first, second = appeals_running(life.case)
    fatima, address = life.bureau.fatima, f"{life.bureau.at}/acts/appeal-ended"
    assert WHICH in fatima.open(address).words
    told = ON | {"judgment": "unfounded", "seen": str(life.case.acts), "confirmed": "1"}
    page = fatima.send(address, **told)
    assert (fatima.status, "Kies er een uit de lijst." in page.words) == (422, True)
    page = fatima.send(address, **told, appeal="1")
    assert "Kies er een uit de lijst." in page.words
    fatima.send(address, **told, appeal=str(second.number))
    assert [one.number for one in appeals_running(life.case)] == [first.number]
    assert "ongegrond: het besluit blijft" in fatima.open(life.bureau.at).words


def test_what_leads_nowhere_is_not_offered(life: Life) -> None:
    """Without an open appeal no judgment can be noted, and once the only decision was annulled there is nothing to appeal; the form says so."""
    LIVES["appealed"](life)
    fatima = life.bureau.fatima
    fatima.send(f"{life.bureau.at}/look", why="asked")
    life.did("assessor", note_judgment, ANNULLED)
    for name, why in (("judgment", NONE_OPEN), ("appeal-ended", NONE_OPEN), ("appeal", APPEALABLE.texts)):
        page = fatima.open(f"{life.bureau.at}/acts/{name}")
        assert (fatima.status, why["nl"] in page.words) == (409, True), name
    assert f"{life.bureau.at}/acts/appeal" not in fatima.open(life.bureau.at).links


def test_an_annulled_answer_is_decided_again_on_the_page(life: Life) -> None:
    """After the judgment the objection is in hand again: who decides reads it, rejects it once more, and the letter goes."""
    LIVES["objected"](life)
    at = next_moment(life.case)
    went(reject(life.case.pk, WHY, by=life.as_("second", at), at=at).act)
    appealed(life, "objection_rejected")
    life.bureau.fatima.send(f"{life.bureau.at}/acts/judgment", **ON, seen=str(life.case.acts), confirmed="1")
    (again,) = objections_open(life.case.pk)
    life.sanne.send(f"{life.bureau.at}/look", why="asked")
    assert "bezwaar in behandeling genomen" in life.sanne.open(life.bureau.at).words
    told = {"words": WORDS, "without_hearing": "waived", "seen": str(life.case.acts), "confirmed": "1"}
    life.sanne.send(f"{life.bureau.at}/acts/reject", **told)
    assert life.sanne.status == 302
    assert again.answers.count() == 2
    assert (life.case.state, objections_open(life.case.pk)) == ("refused", [])
