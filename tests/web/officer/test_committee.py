"""The committee on the pages: appoint, declare, score with a running total, fix with two; each sees and may what is theirs."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorleren.decisions.commands.rank_round import rank_waiting
from doorleren.decisions.models import CommitteeMember, ConflictDeclaration, Ranking, ScoreSheet
from doorleren.people.models import RoleKind
from doorleren.web.surroundings import now
from tests.decisions.scoring import Scoring, library
from tests.people import made
from tests.web.officer.desk import Desk, counts, with_role


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.DOORLEREN_FILE_KEY = b"k" * 32


@pytest.fixture
def scoring(tmp_path: Path, db: None) -> Scoring:
    """A round that closed just now, with two cases and two members."""
    return Scoring(library(tmp_path), ("Els", "Finn"), now())


def committee(scoring: Scoring) -> str:
    """Give the address of the committee."""
    return f"/officer/rounds/{scoring.round.pk}/committee"


def of_case(scoring: Scoring, name: str) -> str:
    """Give the address at which one scores a case."""
    return f"/officer/committee/{scoring.cases[name].reference}"


WHOLE = {
    "points-quality": "8",
    "why-quality": "goed onderbouwd",
    "points-reach": "6",
    "why-reach": "veel mensen",
    "step": "give",
}


def test_from_declaring_to_the_list(scoring: Scoring) -> None:
    """Two members declare and score; one decider proposes, another fixes; then the list stands on the page."""
    for who in scoring.members:
        desk = Desk(who)
        for name in scoring.names:
            page = desk.open(of_case(scoring, name))
            assert "Hebt u een belang bij deze aanvraag?" in page.words
            assert "Leg deze punten vast" not in page.words
            desk.send(of_case(scoring, name), step="declare", conflict="no")
            assert desk.status == 302
            desk.send(of_case(scoring, name), **WHOLE | {"points-reach": "6" if name == "Els" else "7"})
            assert desk.status == 302
    one, other = Desk(scoring.staff["decider"]), Desk(scoring.staff["second"])
    assert "Alle scores zijn er. U stelt ze voor" in one.open(committee(scoring)).words
    one.send(f"{committee(scoring)}/propose")
    ranking = Ranking.objects.get()
    assert "U stelde deze scores voor. Een collega moet ze vaststellen." in one.open(committee(scoring)).words
    told = {"ranking": ranking.pk, "digest": ranking.digest}
    one.send(f"{committee(scoring)}/fix", **told)
    assert one.status == 403
    page = other.send(f"{committee(scoring)}/fix", **told | {"digest": "b" * 64})
    assert (other.status, "niet de scores die zijn voorgesteld" in page.words) == (409, True)
    other.send(f"{committee(scoring)}/fix", **told)
    assert other.status == 302
    assert rank_waiting(now=now) == 1
    words = other.open(committee(scoring)).words
    assert "binnen: € 699,95" in words
    assert words.index(scoring.cases["Finn"].reference) < words.index(scoring.cases["Els"].reference)
    assert "De hoogst mogelijke score is 30." in words
    page = f"/officer/cases/{scoring.cases['Els'].reference}"
    for desk in (reader := Desk(scoring.staff["assessor"]), bram := Desk(scoring.members[1])):
        desk.send(f"{page}/look", why="asked")
        assert "Plek 2 van 2, met 22 van ten hoogste 30 punten." in desk.open(page).words
    ConflictDeclaration.objects.create(
        member=CommitteeMember.objects.get(person=scoring.members[1]), case=scoring.cases["Els"], number=2, conflict=True,
        content=b"x", at=now(),
    )  # fmt: skip
    assert "Plek 2 van 2" not in bram.open(page).words
    assert "Plek 2 van 2" in reader.open(page).words


def test_proposing_is_offered_when_it_can_be_done(scoring: Scoring, monkeypatch: pytest.MonkeyPatch) -> None:
    """While something lacks the page says what and has no button; a day on which paper can still come in is told by its date."""
    desk = Desk(scoring.staff["decider"])
    page = desk.open(committee(scoring))
    assert "Nog niet alle scores zijn er: bij 2 aanvragen ontbreekt er iets." in page.words
    assert "Stel deze scores voor" not in page.words
    monkeypatch.setattr("doorleren.decisions.commands.fix_scores.last_day_for_paper", lambda _row: date(2999, 3, 1))
    page = desk.open(committee(scoring))
    assert "Tot en met 1 maart 2999 kan een aanvraag op papier" in page.words
    assert "Stel deze scores voor" not in page.words
    monkeypatch.setattr("doorleren.decisions.commands.fix_scores.last_day_for_paper", lambda _row: None)
    assert "Het aanvraagtijdvak is nog open." in desk.open(committee(scoring)).words


def test_a_running_total_without_a_script(scoring: Scoring) -> None:
    """The button works out what is filled in, keeps what was typed, and writes nothing; the script finds weights and scale."""
    anna = Desk(scoring.members[0])
    anna.send(of_case(scoring, "Els"), step="declare", conflict="no")
    before = counts()
    page = anna.send(of_case(scoring, "Els"), **{"points-quality": "8", "why-quality": "sterk", "step": "total"})
    assert (anna.status, counts()) == (200, before)
    assert "Score tot nu toe: 16 van 30" in page.words
    html = anna.client.get(of_case(scoring, "Els")).content.decode()
    assert 'data-weight="2.0" data-least="0" data-most="10"' in html
    assert "doorleren/score" in html


def test_errors_stand_with_their_field(scoring: Scoring) -> None:
    """What is off the scale or not explained is said with its field, and what was typed stays."""
    anna = Desk(scoring.members[0])
    page = anna.send(of_case(scoring, "Els"), step="declare")
    assert (anna.status, "Kies of u een belang hebt." in page.words) == (422, True)
    page = anna.send(of_case(scoring, "Els"), step="declare", conflict="yes", kind="work")
    assert (anna.status, "Leg uit wat uw belang is" in page.words) == (422, True)
    anna.send(of_case(scoring, "Els"), step="declare", conflict="no")
    page = anna.send(of_case(scoring, "Els"), **WHOLE | {"points-quality": "8,5", "why-reach": ""})
    assert anna.status == 422
    assert "Kies 0 tot en met 10 punten, zonder cijfers achter de komma." in page.words
    assert "Schrijf op waarom u deze punten geeft" in page.words
    assert "goed onderbouwd" in page.words
    assert not ScoreSheet.objects.exists()
    page = Desk(scoring.staff["decider"]).send(f"{committee(scoring)}/appoint", person=scoring.members[0].pk)
    assert "Deze persoon zit al in de commissie." in page.words


def test_what_is_hidden(scoring: Scoring) -> None:
    """Others' points come with one's own; who has an interest sees none, and their words are for themselves and who appoints."""
    anna, bram = (Desk(one) for one in scoring.members)
    anna.send(of_case(scoring, "Els"), step="declare", conflict="no")
    anna.send(of_case(scoring, "Els"), **WHOLE)
    for desk in (bram, Desk(scoring.staff["decider"]), Desk(scoring.staff["assessor"])):
        assert "goed onderbouwd" not in desk.open(of_case(scoring, "Els")).words
    bram.send(of_case(scoring, "Els"), step="declare", conflict="yes", kind="family", words="mijn zus werkt daar")
    page = bram.open(of_case(scoring, "Els")).words
    assert "U geeft geen punten en ziet de punten van anderen niet." in page
    assert ("goed onderbouwd" in page, "mijn zus werkt daar" in page) == (False, True)
    assert "mijn zus werkt daar" in Desk(scoring.staff["decider"]).open(of_case(scoring, "Els")).words
    assert "mijn zus werkt daar" not in anna.open(of_case(scoring, "Els")).words
    page = bram.send(of_case(scoring, "Els"), **WHOLE)
    assert (bram.status, "U hebt een belang bij deze aanvraag." in page.words) == (409, True)


@pytest.mark.parametrize("kind", [RoleKind.PAYMASTER, RoleKind.POLICY_MAKER, RoleKind.ADMINISTRATOR, None])
def test_who_may_not_look(scoring: Scoring, kind: RoleKind | None) -> None:
    """Other roles of the body and visitors are refused everything; an assessor of another body finds nothing."""
    desk = Desk(None if kind is None else with_role(kind, "Otto", scoring.round.body))
    for address in (committee(scoring), of_case(scoring, "Els")):
        desk.open(address)
        assert desk.status in ({302, 403} if kind is None else {403})
    desk.send(f"{committee(scoring)}/propose")
    assert desk.status in {302, 403}
    elsewhere = Desk(with_role(RoleKind.ASSESSOR, "Ver", made.body("elders")))
    for address in (committee(scoring), of_case(scoring, "Els")):
        elsewhere.open(address)
        assert elsewhere.status == 404


def test_who_may_not_act(scoring: Scoring) -> None:
    """An auditor and an assessor look and change nothing; a decider does not score; looking writes nothing."""
    auditor = Desk(with_role(RoleKind.AUDITOR, "Eva", scoring.round.body))
    assessor, decider = Desk(scoring.staff["assessor"]), Desk(scoring.staff["decider"])
    before = counts()
    for desk in (auditor, assessor, decider):
        for address in (committee(scoring), of_case(scoring, "Els")):
            desk.open(address)
            assert desk.status == 200
    for desk, name in (
        (auditor, "appoint"),
        (assessor, "appoint"),
        (assessor, "end"),
        (assessor, "propose"),
        (auditor, "fix"),
    ):
        desk.send(f"{committee(scoring)}/{name}", person=scoring.staff["assessor"].pk)
        assert desk.status == 403
    assessor.send(of_case(scoring, "Els"), step="declare", conflict="no")
    assert assessor.status == 409
    for desk in (auditor, decider):
        desk.send(of_case(scoring, "Els"), step="declare", conflict="no")
        assert desk.status == 403
    assert counts() == before
    assert not ConflictDeclaration.objects.exists()


def test_members_come_and_go(scoring: Scoring) -> None:
    """A decider appoints an assessor from the list and ends a membership; another round or address is not found."""
    decider = Desk(scoring.staff["decider"])
    decider.send(f"{committee(scoring)}/appoint", person=scoring.staff["assessor"].pk)
    assert decider.status == 302
    assert "Het lid is benoemd." in decider.open(decider.place).words
    member = CommitteeMember.objects.get(person=scoring.staff["assessor"])
    decider.send(f"{committee(scoring)}/end", member=member.pk)
    assert decider.status == 302
    assert CommitteeMember.objects.filter(ended_at=None).count() == 2
    for address in (f"{committee(scoring)}/elect", "/officer/rounds/999999/committee"):
        decider.send(address)
        assert decider.status in {404, 405}
    assert "De commissie en haar punten" in decider.open(f"/officer/rounds/{scoring.round.pk}").words
