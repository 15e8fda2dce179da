"""Several decisions that are late, on the page of a case: which one a notice of default is about, and which penalty is fixed."""

import pytest

from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.models import FixedPenalty
from tests.decisions.objecting import granted, objected, went
from tests.web.officer.case_lives import LIVES, WORDS, Life, typed

pytestmark = pytest.mark.django_db
ABOUT = "Over welke beslissing gaat de ingebrekestelling?"
WHICH = "Voor welke ingebrekestelling?"


def two_late(life: Life) -> None:
    """Let nobody decide for months on an objection against a grant, and on one against the suspension of its payment."""
    life.began(200)
    granted(life.case, life.bureau.known, life.staff)
    act = went(life.did("decider", suspend_payment, grounds=WORDS))
    objected(life.case, against=CaseAct.objects.get(case=life.case, act="granted").number)
    objected(life.case, against=act.number)


def told() -> list[int]:
    """Give what the notices of default are about, in order."""
    rows = CaseAct.objects.filter(act="declared_in_default").order_by("number")
    return [int(one.details["objection"]) for one in rows]


def test_the_official_says_which_decision_is_late(life: Life) -> None:
    """With one decision the form does not ask; with two that are late it does, refuses none or a wrong one, and takes each once."""
    address = f"{life.bureau.at}/acts/default"
    assert ABOUT not in life.bureau.fatima.open(address).words
    two_late(life)
    page = life.bureau.fatima.open(address)
    assert ABOUT in page.words
    for said in ("het bezwaar van", "(verleend, ", "(betaling opgeschort, "):
        assert said in page.words, said
    for fields, why in (({}, "Kies er een: bezwaar 1, bezwaar 2."), ({"objection": "7"}, "Kies er een uit de lijst.")):
        page = life.bureau.fatima.send(address, on=typed(0), seen=str(life.case.acts), **fields)
        assert (life.bureau.fatima.status, why in page.words) == (422, True), why
    for number, left in ((2, [2]), (1, [2, 1])):
        fields = {"on": typed(0), "objection": str(number), "seen": str(life.case.acts), "confirmed": "1"}
        life.bureau.fatima.send(address, **fields)
        assert (life.bureau.fatima.status, told()) == (302, left)
    page = life.bureau.fatima.send(address, on=typed(0), objection="1", seen=str(life.case.acts))
    assert "Een tweede verandert niets." in page.words
    assert told() == [2, 1]


def test_each_has_its_terms_and_its_penalty(life: Life) -> None:
    """Each notice has its line with what it costs until today; the form to fix a penalty asks which, and the other is left."""
    two_late(life)
    first, second = (
        life.did("assessor", give_notice_of_default, on=life.day(days), objection=number, days=days)
        for number, days in ((2, 110), (1, 1))
    )
    page = life.bureau.fatima.open(life.bureau.at)
    assert page.words.count("Tot en met vandaag kost te laat beslissen € 1.442") == 2
    assert page.words.count(": het bezwaar van ") == 4
    assert page.words.count("over het bezwaar van ") == 2
    address = f"{life.bureau.at}/acts/penalty"
    assert WHICH in life.bureau.joost.open(address).words
    for row, asked in ((second, {"notice": str(second.number)}), (first, {})):
        life.bureau.joost.send(address, **asked, seen=str(life.case.acts), confirmed="1")
        assert life.bureau.joost.status == 302
        assert FixedPenalty.objects.latest("act__number").notice == row
        assert WHICH not in life.bureau.joost.open(address).words
    assert life.bureau.fatima.open(life.bureau.at).words.count("Ingebrekestelling") >= 2


def test_one_notice_is_not_asked_about(life: Life) -> None:
    """With a single notice the form to fix the penalty asks nothing."""
    LIVES["late"](life)
    assert WHICH not in life.bureau.joost.open(f"{life.bureau.at}/acts/penalty").words
