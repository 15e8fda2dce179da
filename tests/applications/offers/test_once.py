"""A participant counts once in the whole scheme: refused in an offer of another round, one by one and by a file."""

from datetime import datetime
from pathlib import Path

import pytest

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.models import CountsFor, CountsNoMore, Enrolment, EnrolmentWord, Outcome, Over, Word
from doorleren.applications.offers.enrolments import enrolled, enrolments_of
from doorleren.applications.offers.rules import Share
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation, Person
from doorleren.people.national_number import Keys, new_keys, read_keys
from doorleren.rounds.commands.open_gate import close_gate, reopen_gate
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.made import AT, US
from tests.applications.offers import made
from tests.applications.offers.test_enrolling import NUMBER, OTHER, Enrolling
from tests.applications.offers.test_enrolling_from_file import Giving
from tests.applications.offers.test_listing import Offering

pytestmark = pytest.mark.django_db
TRACK = 'reporter = "training_provider"\n'
SAYS = f'{TRACK}once = {{ who = "person", within = "scheme", source = "order, art. 6" }}\n'
LATER = """
[[round]]
id = "najaar"
opens = 2026-09-01T09:00:00+02:00
closes = 2026-12-31T17:00:00+01:00
ceiling_money = 1000000
source = "order"
"""
AFTER = datetime.fromisoformat("2026-07-01T10:00:00+02:00")
"""A day on which the first round is over."""
RULE = "Voor één persoon kan één keer in de hele regeling worden aangevraagd. Dat is al gebeurd"


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme, in which a participant counts once, and a second round."""
    return made.library(tmp_path / "schemes", made.FILE.replace(TRACK, SAYS, 1) + LATER)


@pytest.fixture
def both(known: Library, db: None, oost: Organisation, sanne: Person) -> tuple[Enrolling, Enrolling]:
    """An offer that stands ready in each round."""
    keys = read_keys(new_keys())
    first, second = (_offering(known, code, oost, sanne, keys) for code in ("voorjaar", "najaar"))
    return first, second


def _offering(known: Library, code: str, oost: Organisation, sanne: Person, keys: Keys) -> Enrolling:
    round_ = applications.a_round(known, made.SCHEME, code, opened=True)
    found = Offering(known, made.draft_of_school(known, round_, oost, sanne), sanne)
    found.put("kort", 30)
    found.put("duur", 1, Share("fund", "", 150_75))
    found.tell(training__labour_market_relevant=True)
    found.freeze()
    return Enrolling(found, keys)


def test_enrolled_once_in_the_scheme(both: tuple[Enrolling, Enrolling]) -> None:
    """Who is enrolled in one round is refused in the other, with which application; who denies it can be enrolled there."""
    first, second = both
    one = first(number=NUMBER)
    with pytest.raises(ApplicationRefused) as said:
        second(number=NUMBER)
    assert said.value.texts["nl"].startswith(f"{RULE} met aanvraag {one.application_id}.")
    assert said.value.facts == ("national_number",)
    assert Enrolment.objects.get() == one
    EnrolmentWord.objects.create(enrolment=one, word=Word.NOT_ME, by=first.person, at=AT)
    second(number=NUMBER)
    assert CountsNoMore.objects.get().reason == Over.DENIED
    assert CountsFor.objects.get(turn=0).enrolment == one


def test_by_a_file(both: tuple[Enrolling, Enrolling]) -> None:
    """Row by row: who counts elsewhere is refused with the rule and its source, the others are enrolled and counted."""
    first, second = both
    first(number=NUMBER)
    answers = Giving(second)(f"KORT;{NUMBER};Özlem van den Berg;01-04-1990\nKORT;{OTHER};Jan Jansen;01-04-1990\n")
    assert [one.outcome for one in answers] == [Outcome.REFUSED, Outcome.ACCEPTED]
    assert answers[0].faults[0].texts["nl"] == f"{RULE}."
    assert answers[0].faults[0].source == "Staatscourant 2026, 3, art. 6"
    assert CountsFor.objects.count() == 2


def over(one: Enrolling) -> None:
    """Let the round of an offer pass without it being submitted."""
    close_gate(one.offering.draft.round_id, by=US, at=AT)


def test_who_counts_elsewhere_falls_out(both: tuple[Enrolling, Enrolling]) -> None:
    """Enrolled in another round once this one was over: also when it is opened again the enrolment counts no more, and its place is free."""
    first, second = both
    first(number=NUMBER, code="duur")
    over(first)
    with pytest.raises(ApplicationRefused):
        second(number=NUMBER)  # its round can be opened again until its end
    taken = second(number=NUMBER, at=AFTER)
    reopen_gate(first.offering.draft.round_id, by=US, at=AFTER)
    offer, dear = first.offering.draft.pk, made.activity("duur").pk
    assert (enrolled(offer, dear), [one.lapsed for one in enrolments_of(offer)]) == (0, [True])
    assert (enrolled(taken.application_id, taken.activity_id), enrolments_of(taken.application_id).get().lapsed) == (
        1,
        False,
    )
    with pytest.raises(ApplicationRefused) as said:
        first(number=NUMBER, at=AFTER)
    assert said.value.texts["nl"].startswith(f"{RULE} met aanvraag {taken.application_id}.")
    answers = Giving(first)(f"KORT;{NUMBER};Özlem van den Berg;01-04-1990\n")
    assert [(one.outcome, one.faults[0].texts["nl"]) for one in answers] == [(Outcome.REFUSED, f"{RULE}.")]
    assert first("Jan Jansen", number=OTHER, code="duur", at=AFTER).turn == 0
    EnrolmentWord.objects.create(enrolment=taken, word=Word.NOT_ME, by=second.person, at=AFTER)
    assert first(number=NUMBER, at=AFTER).turn == 1


def test_who_counts_nowhere_else_stays(both: tuple[Enrolling, Enrolling]) -> None:
    """Where nobody took the turn before the round was opened again, the enrolment counts as before."""
    first, second = both
    one = first(number=NUMBER, code="duur")
    over(first)
    reopen_gate(one.round_id, by=US, at=AFTER)
    assert enrolled(one.application_id, one.activity_id) == 1
    with pytest.raises(ApplicationRefused):
        second(number=NUMBER, at=AFTER)


def test_a_list_over_both_rounds(both: tuple[Enrolling, Enrolling]) -> None:
    """A spelling variant in the other round is listed for a human, and was not refused."""
    first, second = both
    one, other = first(number=NUMBER), second("Berg, Ozlem vd")
    (found,) = candidates(other.round_id, first.keys)
    assert (found.enrolments, found.rounds) == ((one.pk, other.pk), (one.round_id, other.round_id))
