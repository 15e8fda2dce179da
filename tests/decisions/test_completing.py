"""Asking to complete, completing and leaving out move the place in the round as it was announced, and the letter says so."""

from datetime import timedelta
from pathlib import Path

import pytest

from doorleren.applications.commands.act_in_own_case import complete_own_case
from doorleren.applications.models import Application
from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.act_by_letter import ask_by_letter
from doorleren.decisions.commands.complete_application import complete_application
from doorleren.decisions.commands.decide import grant, leave_out, refuse
from doorleren.decisions.commands.propose_batch import preview
from doorleren.decisions.completeness import lacking_asked, makes_incomplete
from doorleren.decisions.late_wins import pot_at
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import ActLetter, Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.queries import content_of
from doorleren.payments.commands.post_decisions import post_decisions
from doorleren.payments.jobs import follow_all
from doorleren.people.models import Person
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.models import Completeness, Round
from doorleren.rounds.queries import announced_for, place_now
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, a_case, assessed, by, later

pytestmark = pytest.mark.django_db
Staff = dict[str, Person]


class Season:
    """A round of 1,000 euros under a framework: the first of three has 699.95, the second 300.05, the third nothing."""

    def __init__(self, folder: Path, text: str = made.TIGHT) -> None:
        """Let three people apply."""
        self.known: Library = made.library(folder, text)
        self.round: Round = a_round(self.known, opened=True)
        self.staff: Staff = made.officials(self.round.body)
        self.cases = [a_case(self.known, self.round, name) for name in ("Nadia", "Omar", "Els")]

    def ask(self, case: Case, *, explains: bool = False, minutes: int = 1) -> str:
        """Ask for the price; give the letter as text."""
        at = later(minutes)
        act = ask_by_letter(
            case.pk, until=day_of(at) + timedelta(days=14), parts={"training.price": "de prijs"}, explains=explains,
            by=by(self.staff["assessor"], at), at=at,
        )  # fmt: skip
        case.refresh_from_db()
        return " ".join(one.text for one in content_of(ActLetter.objects.get(act=act).letter).pieces)

    def complete(self, case: Case, minutes: int = 2) -> None:
        """Note that it was completed."""
        at = later(minutes)
        complete_application(case.pk, by=by(self.staff["assessor"], at), at=at)

    def places(self) -> list[int]:
        """Give the places, once everything that waits was done."""
        while fill_freed(self.round.pk, at=later(3)):
            pass
        found = [place_now(matter_of(one).ticket) for one in self.cases]
        return [-1 if one is None else one.cents for one in found]

    def left_out(self, case: Case, days: int = 15) -> Decision:
        """Leave a case out once the letter went out and its day is over."""
        asked = case.rows.filter(act="asked_to_complete").latest("number")
        note_dispatch(case.pk, of=asked.number, on=day_of(AT), by=SITE, at=later(4))
        at = AT + timedelta(days=days)
        return leave_out(case.pk, by=by(self.staff["decider"], at), at=at)


@pytest.fixture
def season(tmp_path: Path) -> Season:
    """The round with its three cases."""
    return Season(tmp_path)


def test_the_framework_says_it(season: Season, tmp_path: Path) -> None:
    """A place follows completeness where the framework says so and the file nothing else; a file that does goes before it."""
    assert announced_for(season.round).follows_completion
    stays = made.TIGHT.replace('last = "partly"', 'last = "partly"\nplace_from = "submission"')
    known = made.library(tmp_path / "other", stays)
    assert not announced_for(a_round(known)).follows_completion


def test_asking_frees_the_place(season: Season) -> None:
    """Who lacks something has no place until it is completed, and then comes after who is complete; the letter says so."""
    first, second, _ = season.cases
    assert season.places() == [69_995, 30_005, 0]
    told = season.ask(first)
    assert "Tot dan houden wij geen geld voor u vast" in told
    assert "niet te behandelen" in told
    assert season.places() == [0, 69_995, 30_005]
    season.complete(first)
    assert season.places() == [0, 69_995, 30_005]
    at = later(5)
    assessed(second, season.known, season.staff["assessor"], at=at)
    assert grant(second.pk, by=by(season.staff["decider"], at), at=at).amount_cents == 69_995


def test_only_an_explanation(season: Season) -> None:
    """What is there and is to be explained costs no place, and is no reason to leave the application out."""
    first, *_ = season.cases
    told = season.ask(first, explains=True)
    assert "volgorde" not in told
    assert "niet te behandelen" not in told
    assert season.places() == [69_995, 30_005, 0]
    assert lacking_asked(first) is None
    with pytest.raises(DecisionRefused, match="alleen om uitleg"):
        season.left_out(first)
    assert Completeness.objects.count() == 0


def test_what_makes_it_incomplete(tmp_path: Path) -> None:
    """A fact of the rules, or evidence that is asked when applying, lacks; evidence of a later stage never does."""
    for stage, lacks in (("application", True), ("claim", False)):
        text = made.UNDER_LAW.replace('stage = "application"', f'stage = "{stage}"')
        version = made.library(tmp_path / stage, text).scheme(made.SCHEME).versions[-1]
        assert makes_incomplete(version, ["offer"], explains=False) is lacks
        assert makes_incomplete(version, ["offer", "training.price"], explains=False)
        assert not makes_incomplete(version, ["offer", "training.price"], explains=True)


def test_the_party_completes(season: Season) -> None:
    """An applicant who says that all was given gets the place that follows, as when an official notes it."""
    first, _, third = season.cases
    season.ask(first)
    season.ask(third)
    own = Application.objects.get(pk=int(first.subject_id))
    complete_own_case(own.pk, by=by(Person.objects.get(pk=own.applicant_number), later(6)), at=later(6))
    assert season.places() == [30_005, 69_995, 0]


def test_left_out_frees_the_place(season: Season) -> None:
    """What is left out gives its place to the next; the decision keeps the one that it had, and the ledger follows."""
    follow_all(lambda: later(1))
    first, *_ = season.cases
    season.ask(first)
    made_ = season.left_out(first)
    assert (made_.kind, made_.place_cents, pot_at(made_).room) == ("left_out", 69_995, 69_995)
    assert season.places() == [0, 69_995, 30_005]
    at = AT + timedelta(days=16)
    follow_all(lambda: at)
    assert post_decisions(at=at).waiting == 0


@pytest.mark.parametrize("stays", [True, False], ids=["places stay", "places follow"])
def test_left_out_where_places_stay(stays: bool, tmp_path: Path) -> None:
    """Where a place stays that of the submission, it is freed only once the application is left out."""
    text = made.TIGHT.replace('last = "partly"', 'last = "partly"\nplace_from = "submission"') if stays else made.TIGHT
    season = Season(tmp_path, text)
    first, *_ = season.cases
    told = season.ask(first)
    assert ("volgorde" in told) is not stays
    assert season.places() == ([69_995, 30_005, 0] if stays else [0, 69_995, 30_005])
    assert season.left_out(first).place_cents == 69_995
    assert season.places() == [0, 69_995, 30_005]


def test_nobody_is_refused_while_money_comes_free(season: Season) -> None:
    """Who stands outside is not refused for want of money while a place that was freed is yet to be given; then it is theirs."""
    first, _, third = season.cases
    assessed(third, season.known, season.staff["assessor"])
    season.ask(first)
    with pytest.raises(RoundRefused, match="nog bepaald"):
        refuse(third.pk, "ceiling", by=by(season.staff["decider"], later(3)), at=later(3))
    assert season.places() == [0, 69_995, 30_005]
    assert grant(third.pk, by=by(season.staff["decider"], later(4)), at=later(4)).amount_cents == 30_005


def test_incomplete_is_not_outside(season: Season) -> None:
    """Who is incomplete is not refused because the money ran out, and stands in no batch of decisions."""
    first, *_ = season.cases
    assessed(first, season.known, season.staff["assessor"])
    season.ask(first)
    season.places()
    with pytest.raises(DecisionRefused, match="volgt niet uit"):
        refuse(first.pk, "ceiling", by=by(season.staff["decider"], later(4)), at=later(4))
    season.complete(first, 5)
    assert first.pk not in {one.case for one in preview(season.round).lines}
