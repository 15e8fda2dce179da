"""Which acts the page of a case offers in which state, and that the command refuses the others with the same sentence."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import STOPS
from doorleren.core.days import day_of
from doorleren.decisions.advances import accepted
from doorleren.decisions.commands.accept_progress import accept_progress
from doorleren.decisions.commands.decide_objection import Heard
from doorleren.decisions.commands.notify_intent import notify_intent
from doorleren.decisions.commands.receive_objection import withdraw_objection
from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.decisions.commands.suspend_payment import suspend_payment
from doorleren.decisions.commands.uphold_settlement import uphold_settlement
from doorleren.decisions.objections import objections_open
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.representatives import HEIRS, NOBODY, representative_of
from doorleren.decisions.room_to_uphold import ALL_SETTLED, NOT_ASSESSED
from doorleren.decisions.settling import CONTESTED
from doorleren.web.officer.case_act_kinds import FORMS
from doorleren.web.officer.case_stands import CaseStands
from doorleren.web.officer.case_words import objection_runs
from doorleren.web.surroundings import now
from tests.decisions.made import YES, assessed
from tests.decisions.objecting import applicant, next_moment, objected, went
from tests.decisions.objecting import refused as decided
from tests.web.officer.case_lives import HOW, LIVES, WORDS, Life, typed
from tests.web.officer.desk import Desk

pytestmark = pytest.mark.django_db
SUSPENDS_NOT = "Dat schorst het besluit niet (Awb artikel 6:16)"


def offers(life: Life, desk: Desk, name: str) -> bool:
    """Say whether the page of the case offers an act to somebody."""
    desk.send(f"{life.bureau.at}/look", why="asked")
    return f"{life.bureau.at}/acts/{name}" in desk.open(life.bureau.at).links


@pytest.mark.parametrize(
    ("name", "stage", "offered"),
    [
        ("intent", "received", True), ("intent", "granted", False), ("intent", "objected", False), ("intent", "settled lower", False),
        ("intend-to-revoke", "granted", True), ("intend-to-revoke", "settled lower", True), ("intend-to-revoke", "objected", False),
        ("intend-to-revoke", "revoked and objected", False),
        ("intend-lower", "questioned", True), ("intend-lower", "settled lower", False), ("intend-lower", "granted and objected", False),
        ("ask-delivery", "granted", True), ("ask-delivery", "settled lower", False), ("ask-delivery", "granted and objected", True),
        ("check", "granted", True), ("check", "granted and objected", False),
        ("accept-progress", "progressed", True), ("accept-progress", "granted and objected", True),
        ("settle", "reported", True), ("settle", "granted and objected", False), ("settle-nil", "granted and objected", False),
        ("view", "intended", True), ("view", "objected", False), ("amend", "granted", True), ("amend", "settled lower", False),
        ("recover", "settled lower", True), ("recover", "recovered", False), ("remind", "recovered", True),
        ("revoke", "revoking", True), ("revoke", "granted", False), ("revoke", "settled lower", False), ("settle-lower", "announced", True),
        ("settle-lower", "revoking", False), ("end-representing", "received", False), ("end-representing", "represented", True),
    ],
)  # fmt: skip
def test_only_what_the_law_allows(life: Life, name: str, stage: str, offered: bool) -> None:
    """An act that the state of the case leaves no room for is not offered; its form says why and has no button."""
    LIVES[stage](life)
    desk = life.bureau.fatima if HOW[name].who == "fatima" else life.bureau.joost
    assert offers(life, desk, name) is offered
    page = desk.open(f"{life.bureau.at}/acts/{name}")
    assert ('name="seen"' in page.page) is offered, page.words


UPHOLDING = [name for name in FORMS if name.startswith("uphold")]


@pytest.mark.parametrize(
    ("stage", "possible"),
    [
        ("objected", ["uphold"]), ("granted and objected", []), ("settled lower and objected", ["uphold-settlement"]),
        ("revoked and objected", ["uphold-revocation"]), ("recovered and objected", ["uphold-recovery"]),
        ("penalised and objected", ["uphold-penalty"]), ("payment suspended and objected", ["uphold-suspension"]),
    ],
)  # fmt: skip
def test_only_what_an_objection_can_lead_to(life: Life, stage: str, possible: list[str]) -> None:
    """Upholding is offered in the way that the objection leaves room for, and in no other; rejecting it always is."""
    LIVES[stage](life)
    life.sanne.send(f"{life.bureau.at}/look", why="asked")
    links = life.sanne.open(life.bureau.at).links
    assert [name for name in UPHOLDING if f"{life.bureau.at}/acts/{name}" in links] == possible
    assert f"{life.bureau.at}/acts/reject" in links


def test_what_was_settled_as_granted_goes_no_higher(life: Life) -> None:
    """An objection against a settlement of all that was granted leaves nothing to uphold: the page says so, and the command refuses it."""
    LIVES["reported"](life)
    went(life.did("decider", settle_as_granted, words=WORDS).act)
    objected(life.case)
    page = life.sanne.open(f"{life.bureau.at}/acts/uphold-settlement")
    assert (life.sanne.status, ALL_SETTLED["nl"] in page.words, 'name="seen"' in page.page) == (409, True, False)
    with pytest.raises(DecisionRefused) as refused:
        life.did("second", uphold_settlement, 69_995, Heard(WORDS, "waived"))
    assert refused.value.code == "cents"


def test_an_assessment_comes_before_upholding(life: Life) -> None:
    """A refusal that is objected to is upheld only once it was assessed anew; before that the page says what comes first."""
    life.began(3)
    decided(life.case, life.bureau.known, life.staff)
    objected(life.case)
    page = life.sanne.open(f"{life.bureau.at}/acts/uphold")
    assert (life.sanne.status, NOT_ASSESSED["nl"] in page.words) == (409, True)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))
    assert NOT_ASSESSED["nl"] not in life.sanne.open(f"{life.bureau.at}/acts/uphold").words
    assert life.sanne.status == 200


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("recovered", ("defer", "set-off", "writ", "waive")),
        ("granted and objected", ("settle", "intend-lower", "settle-lower", "settle-nil")),
    ],
)
def test_what_more_acts_ask_is_asked_once(life: Life, stage: str, names: tuple[str, ...]) -> None:
    """Whether the ledger claims something, or an objection is against the grant, is asked as often for four acts as for one."""
    LIVES[stage](life)
    case, told = Case.objects.get(pk=life.case.pk), list[int]()
    for some in (names[:1], names):
        stands = CaseStands(case)
        with CaptureQueriesContext(connection) as asked:
            for name in some:
                FORMS[name].why_not(case, moments_of(case), stands)
        told.append(len(asked))
    assert told[0] == told[1] > 0


@pytest.mark.parametrize(
    ("name", "article"), [("remind", "4:112"), ("waive", "4:94a"), ("defer", "4:94"), ("set-off", "4:93")]
)
def test_a_form_of_collecting_names_its_own_article(name: str, article: str, life: Life) -> None:
    """A form that rests on a note or a recovery names the article of what it does, and not that of noting something."""
    LIVES["recovered"](life)
    words = life.bureau.joost.open(f"{life.bureau.at}/acts/{name}").words
    assert article in words
    assert "Archief" not in words


def test_the_form_of_an_intent_says_how_long_a_view_takes(life: Life) -> None:
    """The field of the last day for a view names the first that can be, as an assumption; an earlier one is refused beside it."""
    LIVES["assessed"](life)
    address, seen = f"{life.bureau.at}/acts/intent", life.case.acts
    assert "dat het er ten minste zoveel zijn, is onze aanname" in life.bureau.joost.open(address).words
    page = life.bureau.joost.send(address, seen=str(seen), ground="bankruptcy", words="failliet", until=typed(3))
    assert "zodat er tijd is om een mening te geven" in page.words
    assert Case.objects.get(pk=life.case.pk).acts == seen


def test_no_refusal_is_meant_after_a_decision(life: Life) -> None:
    """After a grant the command refuses notice of a refusal with the sentence of the page, and nothing is written."""
    LIVES["granted"](life)
    at = next_moment(life.case)
    before = life.case.acts
    until = life.day(14)
    with pytest.raises(CaseRefused, match="al beslist") as refused:
        notify_intent(life.case.pk, "other-facts", until=until, by=life.as_("decider", at), at=at)
    assert refused.value.texts == STOPS["decided"].texts
    page = life.bureau.joost.send(
        f"{life.bureau.at}/acts/intent", seen=str(before), confirmed="1", ground="other-facts", until=typed(14)
    )
    assert (life.bureau.joost.status, "Er is al beslist op de aanvraag." in page.words) == (409, True)
    assert life.case.acts == before


def test_an_objection_does_not_stop_what_the_grant_gives(life: Life) -> None:
    """A report is accepted while an objection runs, with a warning that names the article before the button; without one there is none."""
    LIVES["progressed"](life)
    joost, address = life.bureau.joost, f"{life.bureau.at}/acts/accept-progress"
    joost.send(f"{life.bureau.at}/look", why="asked")
    assert SUSPENDS_NOT not in joost.open(address).words
    objected(life.case)
    assert objection_runs(day_of(now())) in joost.open(address).words
    page = joost.send(address, seen=str(life.case.acts))
    assert (joost.status, SUSPENDS_NOT in page.words, "Dit gaat er gebeuren" in page.words) == (200, True, True)
    joost.send(address, seen=str(life.case.acts), confirmed="1")
    assert (joost.status, accepted(life.case.pk)) == (302, True)


def test_a_grant_that_is_objected_to_is_not_settled(life: Life) -> None:
    """Settling waits for an objection against the grant, on page and command, and says why; withdrawn, it no longer does."""
    LIVES["granted and objected"](life)
    joost, address = life.bureau.joost, f"{life.bureau.at}/acts/settle"
    joost.send(f"{life.bureau.at}/look", why="asked")
    page = joost.open(address)
    assert (joost.status, CONTESTED["nl"] in page.words) == (409, True)
    at = next_moment(life.case)
    with pytest.raises(DecisionRefused) as refused:
        settle_as_granted(life.case.pk, words=WORDS, by=life.as_("decider", at), at=at)
    assert refused.value.code == "contested"
    withdraw_objection(life.case.pk, by=life.as_("assessor", at), at=at)
    assert CONTESTED["nl"] not in joost.open(address).words
    later = next_moment(life.case)
    accept_progress(life.case.pk, by=life.as_("decider", later), at=later)


def test_no_check_is_chosen_while_a_second_objection_waits(life: Life) -> None:
    """Once the first of two objections went, the next is in hand, and the page offers no check as the command refuses it; then it does."""
    LIVES["granted"](life)
    joost = life.bureau.joost
    assert offers(life, joost, "check")
    objected(life.case)
    at = next_moment(life.case)
    act = suspend_payment(life.case.pk, grounds="er is een vermoeden", by=life.as_("decider", at), at=at)
    went(act)
    objected(life.case, against=act.number)
    for offered in (False, True):
        at = next_moment(life.case)
        first = objections_open(life.case.pk)[0]
        withdraw_objection(life.case.pk, by=applicant(life.case, at), at=at, party=True, objection=first.number)
        assert offers(life, joost, "check") is offered


def test_a_representation_ends(life: Life) -> None:
    """Ended by its form, letters go to the applicant again, one entry says so, and it cannot be ended twice; noted anew it can."""
    LIVES["represented"](life)
    fatima, address = life.bureau.fatima, f"{life.bureau.at}/acts/end-representing"
    assert representative_of(life.case) is not None
    fatima.send(address, seen=str(life.case.acts), confirmed="1", on=typed(0))
    assert fatima.place.endswith("?done=end-representing")
    assert "Brieven gaan weer naar de aanvrager." in fatima.open(fatima.place).words
    assert representative_of(life.case) is None
    told = Act.objects.filter(subject_kind="case", subject_id=str(life.case.pk)).latest("id")
    assert (told.act, told.details["what"]) == ("contact_noted", "representing_ended")
    assert "vertegenwoordiging beëindigd" in fatima.open(life.bureau.at).words
    page = fatima.send(address, seen=str(life.case.acts), confirmed="1", on=typed(0))
    assert (fatima.status, NOBODY["nl"] in page.words) == (409, True)
    LIVES["represented"](life)
    assert representative_of(life.case) is not None
    assert offers(life, fatima, "end-representing")


def test_who_acts_for_the_heirs_is_not_ended(life: Life) -> None:
    """After a death no representation is ended, as nobody else could get the letters: another is noted in its place."""
    life.bureau.fatima.send(
        f"{life.bureau.at}/acts/death", seen=str(life.case.acts), confirmed="1", **HOW["death"].fields
    )
    page = life.bureau.fatima.open(f"{life.bureau.at}/acts/end-representing")
    assert (life.bureau.fatima.status, HEIRS["nl"] in page.words) == (409, True)
    assert not offers(life, life.bureau.fatima, "end-representing")
    assert not CaseAct.objects.filter(case=life.case, act="contact_noted").exists()
