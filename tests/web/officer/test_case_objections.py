"""Several objections on the page of a case: the official chooses which, and reads what each goes about."""

import pytest

from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.models import Objection, ObjectionDecision
from doorleren.decisions.objections import objections_open
from tests.decisions.objecting import objected, went
from tests.web.officer.case_lives import HOW, LIVES, WORDS, Life, typed

pytestmark = pytest.mark.django_db
QUESTION = "Over welk bezwaar gaat dit?"


def two(life: Life) -> list[Objection]:
    """Let the applicant object to a grant and to the suspension of its payment."""
    LIVES["granted and objected"](life)
    went(life.did("decider", suspend_payment, grounds=WORDS))
    objected(life.case, against=CaseAct.objects.get(case=life.case, act="payment_suspended").number)
    return objections_open(life.case.pk)


def test_the_question_is_asked_where_there_are_several(life: Life) -> None:
    """With one objection no form asks which; with two those about objections do, and it may stay empty."""
    LIVES["granted and objected"](life)
    address = f"{life.bureau.at}/acts/reject"
    assert QUESTION not in life.sanne.open(address).words
    went(life.did("decider", suspend_payment, grounds=WORDS))
    objected(life.case)
    for name in ("reject", "uphold", "dismiss", "ask-repair", "extend-objection", "call"):
        assert QUESTION in life.sanne.open(f"{life.bureau.at}/acts/{name}").words, name


def test_the_chosen_one_is_answered(life: Life) -> None:
    """The second is answered first; the page shows that the other still runs, and what is not open cannot be chosen."""
    first, second = two(life)
    address, how = f"{life.bureau.at}/acts/reject", HOW["reject"].fields
    page = life.sanne.send(address, **how, objection="7")
    assert "Kies er een uit de lijst." in page.words
    life.sanne.send(address, **how, objection=str(second.number), seen=str(life.case.acts), confirmed="1")
    assert ObjectionDecision.objects.get().objection == second
    assert objections_open(life.case.pk) == [first]
    assert life.case.state == "objection"


def test_paper_against_another_decision_is_registered(life: Life) -> None:
    """An official enters an objection that came by post while another one runs, with the day on which it came."""
    LIVES["granted and objected"](life)
    went(life.did("decider", suspend_payment, grounds=WORDS))
    act = CaseAct.objects.get(case=life.case, act="payment_suspended")
    told = {"against": str(act.number), "words": WORDS, "received_on": typed(0), "committee": "no"}
    life.bureau.fatima.send(f"{life.bureau.at}/acts/objection", **told, seen=str(life.case.acts), confirmed="1")
    assert [one.against_id for one in objections_open(life.case.pk)][1:] == [act.pk]


def test_a_change_while_an_objection_runs(life: Life) -> None:
    """The forms that change a grant say that an objection runs, and are not refused for it."""
    LIVES["granted and objected"](life)
    page = life.bureau.joost.open(f"{life.bureau.at}/acts/intend-to-revoke")
    assert life.bureau.joost.status == 200
    assert "Dat schorst het besluit niet" in page.words
