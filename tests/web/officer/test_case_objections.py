"""Several objections on the page of a case: the official chooses which, and reads what each goes about."""

import pytest

from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.given_days import WRONG_ADDRESS
from doorleren.cases.models import CaseAct
from doorleren.decisions.commands.decide_objection import Heard, dismiss
from doorleren.decisions.commands.send_again import send_again
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.jobs import note_dispatches
from doorleren.decisions.models import Objection, ObjectionDecision
from doorleren.decisions.objections import objections_open
from doorleren.decisions.refusing import DecisionRefused
from doorleren.web.officer.asked import written_day
from tests.decisions.objecting import next_moment, objected, refused, went
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
    """With one objection no form asks which; with two those about objections do, mark it as needed, and refuse it where it stays empty."""
    LIVES["granted and objected"](life)
    address = f"{life.bureau.at}/acts/reject"
    assert QUESTION not in life.sanne.open(address).words
    went(life.did("decider", suspend_payment, grounds=WORDS))
    objected(life.case)
    for name in ("reject", "dismiss", "ask-repair", "extend-objection", "call"):
        assert f"{QUESTION} (nodig)" in life.sanne.open(f"{life.bureau.at}/acts/{name}").words, name
    page = life.sanne.send(address, seen=str(life.case.acts), **HOW["reject"].fields)
    assert (life.sanne.status, "Kies er een uit de lijst." in page.words) == (422, True)
    assert f"Bezwaar 1: {written_day(life.day(0))}" in page.words


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


def late(life: Life) -> CaseAct:
    """Let an objection come three months after the refusal that it is against; give that refusal."""
    life.began(120)
    decided = refused(life.case, life.bureau.known, life.staff).act
    objected(life.case, 90)
    return decided


def test_only_reasons_that_follow_from_the_case(life: Life) -> None:
    """An objection in time cannot be left untreated as too late, nor as not repaired; one that came too late can, with the day and the article."""
    LIVES["objected"](life)
    page = life.sanne.open(f"{life.bureau.at}/acts/dismiss").page
    assert ('value="no_interest"' in page, 'value="late"' in page, 'value="not_repaired"' in page) == (
        True,
        False,
        False,
    )


def test_who_answers_sees_that_it_came_too_late(life: Life) -> None:
    """Every form that answers an objection says its number, until when one could object, and that it came after that."""
    late(life)
    last = Objection.objects.get().last_day
    for name in ("reject", "dismiss"):
        words = life.sanne.open(f"{life.bureau.at}/acts/{name}").words
        assert f"Kon tot en met {written_day(last)} Te laat ja (Awb artikel 6:7)" in words, name
        assert "kwam op" not in words
    assert 'value="late"' in life.sanne.open(f"{life.bureau.at}/acts/dismiss").page


def test_too_late_and_the_letter_came_back(life: Life) -> None:
    """Where the letter of the decision came back, who dismisses is warned; sent again to the right address, the objection is late no more."""
    decided = late(life)
    life.did("assessor", note_post_returned, of=decided.number)
    words = life.sanne.open(f"{life.bureau.at}/acts/dismiss").words
    assert "Bezwaar 1 kwam te laat, maar de brief van het besluit kwam op" in words
    assert "niet opnieuw verzonden" in words
    back = CaseAct.objects.get(case=life.case, act="post_returned")
    life.did("assessor", send_again, back.number, channel="print", why=WRONG_ADDRESS, envelope=True)
    note_dispatches(now=lambda: next_moment(life.case), most=10)
    page = life.sanne.open(f"{life.bureau.at}/acts/dismiss")
    assert ("Te laat nee" in page.words, 'value="late"' in page.page, "kwam te laat" in page.words) == (
        True,
        False,
        False,
    )
    with pytest.raises(DecisionRefused) as wrong:
        life.did("second", dismiss, "late", Heard(WORDS, "waived"))
    assert wrong.value.code == "reason"
