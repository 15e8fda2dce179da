"""What the pages of officials say before somebody tries: what waits for a person, for a letter or for a day, and what stood there before."""

import pytest

from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Decision, Settlement
from doorleren.people.models import Person
from doorleren.web.applicant.file.told import states_told, told_of
from doorleren.web.officer.case_grounds import OPEN
from doorleren.web.surroundings import now
from tests.decisions.made import AT, YES, assessed, automatic, by
from tests.decisions.objecting import applicant, next_moment, went
from tests.web.officer.case_lives import LIVES, WORDS, Life, typed
from tests.web.officer.desk import Desk

pytestmark = pytest.mark.django_db
TO_JUDGE = "nog door een mens te beoordelen"


def words_of_file(life: Life, of: str = "") -> str:
    """Give what the applicant reads in the own file, or on a page of it."""
    desk = Desk(Person.objects.get(pk=applicant(life.case, now()).person))
    return desk.open(f"/applications/{life.case.subject_id}/file{of}").words


def test_what_the_rules_left_open_waits_for_a_person(life: Life) -> None:
    """List, filter and page say that a person must assess; assessing is offered, granting and refusing are not and say why; then they are."""
    automatic(life.case, life.bureau.known, next_moment(life.case))
    joost, fatima, at = life.bureau.joost, life.bureau.fatima, life.bureau.at
    assert f'dl-badge--maybe">{TO_JUDGE}</span>' in fatima.open("/officer/cases", official="all").page
    assert life.case.reference in fatima.open("/officer/cases", official="all", state="to_judge").words
    assert life.case.reference not in fatima.open("/officer/cases", official="all", state="assessed").words
    joost.send(f"{at}/look", why="asked")
    fatima.send(f"{at}/look", why="asked")
    page = joost.open(at)
    assert "Een medewerker moet de aanvraag beoordelen voordat iemand kan beslissen." in page.words
    assert "Iemand anders kan nu beslissen." not in page.words
    assert not {f"{at}/acts/grant", f"{at}/acts/refuse"} & set(page.links)
    assert OPEN["nl"] in page.words
    for name in ("grant", "refuse"):
        page = joost.open(f"{at}/acts/{name}")
        assert (OPEN["nl"] in page.words, 'name="seen"' in page.page) == (True, False)
    assert f"{at}/assess" in fatima.open(at).links
    assert told_of(life.case).state == states_told([life.case])[life.case.pk] == "being_assessed"
    assert "Wij bekijken uw aanvraag." in words_of_file(life)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))
    page = joost.open(at)
    assert "Iemand anders kan nu beslissen." in page.words
    assert f"{at}/acts/grant" in page.links
    assert told_of(life.case).state == "assessed"


def test_a_decision_waits_for_its_letter(life: Life) -> None:
    """After the decision the page says that it waits for its letter; once that was sent the term is told as done on that day."""
    LIVES["assessed"](life)
    joost, at = life.bureau.joost, life.bureau.at
    joost.send(f"{at}/look", why="asked")
    assert "Het besluit is genomen en wacht op zijn brief." not in joost.open(at).words
    moment = next_moment(life.case)
    row = grant(life.case.pk, by=by(life.staff["decider"], moment), at=moment)
    page = joost.open(at)
    assert "Het besluit is genomen en wacht op zijn brief." in page.words
    assert "gedaan op" not in page.words.lower()
    assert "Gedaan op" not in words_of_file(life, "/terms")
    went(row.act)
    page = joost.open(at)
    assert "Het besluit is genomen en wacht op zijn brief." not in page.words
    assert "gedaan op" in page.words.lower()
    assert "Gedaan op" in words_of_file(life, "/terms")


def test_the_last_day_is_asked_or_named_later(life: Life) -> None:
    """A grant without a last day warns before it is given; the day is named afterwards on a ground of its own, which changes nothing else."""
    life.began(3)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))
    joost, at = life.bureau.joost, life.bureau.at
    told = {"seen": str(life.case.acts), "note": ""}
    warned = "Let op: de laatste dag van de activiteiten is niet bekend."
    words = joost.send(f"{at}/acts/grant", **told).words
    assert warned in words
    assert "noem die later met 'Verlening wijzigen'" in words
    assert warned not in joost.send(f"{at}/acts/grant", **told, ends_on=typed(60)).words
    moment = next_moment(life.case)
    decision = grant(life.case.pk, by=by(life.staff["decider"], moment), at=moment)
    assert decision.activities_until is None
    went(decision.act)
    told = {"seen": str(life.case.acts), "ground": "last-day-named", "grounds": WORDS, "confirmed": "1"}
    page = joost.send(f"{at}/acts/amend", **told, cents="100", ends_on=typed(60))
    assert (joost.status, "Deze grond is alleen om de laatste dag te noemen" in page.words) == (422, True)
    joost.send(f"{at}/acts/amend", **told, cents="699,95", ends_on=typed(60))
    assert joost.status == 302
    first, second = Decision.objects.filter(case=life.case).order_by("number")
    assert (second.amount_cents, second.activities_until is None) == (first.amount_cents, False)
    assert "last-day-named" not in joost.open(f"{at}/acts/amend").page


def test_what_was_judged_before_stands_in_the_form(life: Life) -> None:
    """Assessing again begins with the answers and grounds of before; the first assessment by a person begins with the rules alone."""
    fatima, at = life.bureau.fatima, life.bureau.at
    fatima.send(f"{at}/look", why="asked")
    automatic(life.case, life.bureau.known, next_moment(life.case))
    assert "Hieronder staat het oordeel van" not in fatima.open(f"{at}/assess").words
    assessed(
        life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case), words="alles is nagekeken"
    )
    page = fatima.open(f"{at}/assess")
    assert "Hieronder staat het oordeel van" in page.words
    assert YES.ground in page.page
    assert "alles is nagekeken" in page.page


def test_the_objection_stands_where_it_is_decided_on(life: Life) -> None:
    """Who decides on an objection reads it on the page where they do, whatever they decide; other forms do not show it."""
    LIVES["objected"](life)
    life.sanne.send(f"{life.bureau.at}/look", why="asked")
    for name in ("uphold", "reject", "dismiss"):
        assert "Ik betaalde pas later." in life.sanne.open(f"{life.bureau.at}/acts/{name}").words
    assert "Ik betaalde pas later." not in life.sanne.open(f"{life.bureau.at}/acts/contact").words


def test_the_way_to_what_must_be_done_first(life: Life) -> None:
    """Settling before a sample was drawn is refused with the way to the draw; nothing that need not be chosen is asked."""
    life.began(3)
    assessed(life.case, life.bureau.known, life.staff["assessor"], YES, at=next_moment(life.case))
    moment = next_moment(life.case)
    row = grant(life.case.pk, by=by(life.staff["decider"], moment), at=moment, activities_until=day_of(AT))
    went(row.act)
    joost, at = life.bureau.joost, life.bureau.at
    joost.send(f"{at}/look", why="asked")
    page = joost.open(f"{at}/acts/settle")
    assert "Er is niets om te kiezen" not in page.words
    checks = f"/officer/rounds/{life.bureau.round.pk}/checks"
    assert checks not in page.links
    page = joost.send(f"{at}/acts/settle", seen=str(life.case.acts))
    assert "Trek eerst een steekproef van deze ronde." in page.words
    assert checks in page.links
    assert not Settlement.objects.exists()
