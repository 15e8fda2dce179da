"""A person whom an adviser registers counts once in the whole scheme: refused in another round, listed where only the name resembles."""

from typing import Any

import pytest

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.bundles.queries import answers_of
from doorleren.applications.commands import register_people
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.models import Bundle, CountsFor, CountsNoMore, Over, Registration, Word
from doorleren.core.days import day_of
from doorleren.people.models import NationalNumber, Person
from doorleren.rounds.models import Ticket
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import AT, FREE, KEYS, LIMITED, NUMBERS, row, signed_in, submit
from tests.applications.bundles.test_race import at_once
from tests.people import made as people

pytestmark = pytest.mark.django_db
REPORTER = 'reporter = "career_adviser"\n'
SAYS = {
    within: f'{REPORTER}once = {{{{ who = "person", within = "{within}", source = "order, art. 2" }}}}\n'
    for within in ("round", "year", "scheme")
}


@pytest.fixture
def known(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library with the trial scheme, in which a person counts once."""
    monkeypatch.setattr(made, "HEAD", made.HEAD.replace(REPORTER, SAYS["scheme"], 1))
    return made.library(tmp_path / "schemes")


def answers(bundle: Bundle) -> list[tuple[str, list[str]]]:
    """Give what came of each row, with the Dutch reasons."""
    return [(one["outcome"], [why["nl"] for why in one["faults"]]) for one in answers_of(bundle)["answers"]]


def test_registered_once_in_the_scheme(known: Library, tom: Any) -> None:
    """The second round refuses the same number with the rule, its source and one's own reference; other people come in."""
    first, second = made.a_round(known, FREE), made.a_round(known, LIMITED)
    submit(known, first, tom, row(0), row(1))
    bundle = submit(known, second, tom, row(0, reference="weer-0"), row(2))
    rule = "Voor één persoon kan één keer in de hele regeling worden aangevraagd. Dat is al gebeurd bij u, met kenmerk klant-0."
    assert answers(bundle) == [("refused", [rule]), ("accepted", [])]
    assert answers_of(bundle)["answers"][0]["faults"][0]["source"] == "Staatscourant 2026, 2, art. 2"
    assert (CountsFor.objects.count(), Ticket.objects.count()) == (3, 3)


def test_by_another_adviser(known: Library, tom: Any) -> None:
    """Who was registered by another adviser is refused without a word of where."""
    submit(known, made.a_round(known, FREE), tom, row(0))
    other = submit(known, made.a_round(known, LIMITED), made.adviser("Olga", "90000031"), row(0))
    assert answers(other)[0][1][0].endswith("Dat is al gebeurd.")


def test_after_a_no(known: Library, tom: Any) -> None:
    """Who says no to a registration can be registered in another round."""
    first, second = made.a_round(known, FREE), made.a_round(known, LIMITED)
    submit(known, first, tom, row(0))
    person: Person = people.person(name="Piet")
    NationalNumber.objects.create(person=person, lookup=KEYS.hashed(NUMBERS[0]), sealed=KEYS.sealed(NUMBERS[0]))
    confirm_registration(Registration.objects.get().pk, Word.NOT_ME, by=signed_in(person), at=AT)
    assert answers(submit(known, second, tom, row(0, reference="weer-0"))) == [("accepted", [])]
    assert CountsNoMore.objects.get().reason == Over.WITHDRAWN


def test_without_a_number_nobody_is_refused(known: Library, tom: Any) -> None:
    """Spelling variants across the rounds of the scheme are listed for a human, in both rounds, and come in."""
    first, second = made.a_round(known, FREE), made.a_round(known, LIMITED)
    submit(known, first, tom, row(0, name="Özlem van den Berg"))
    bundle = submit(
        known, second, tom, row(1, name="Berg, Ozlem vd", national_number=""), row(2, name="Kees de Boer")
    )  # fmt: skip
    assert [outcome for outcome, _why in answers(bundle)] == ["accepted", "accepted"]
    found = candidates(second.pk, KEYS)
    assert [(set(one.names), one.rounds, one.numbers) for one in found] == [
        ({"Özlem van den Berg", "Berg, Ozlem vd"}, (first.pk, second.pk), 1)
    ]
    assert candidates(first.pk, KEYS) == found


@pytest.mark.parametrize(
    ("within", "years", "pairs"), [("round", 0, 0), ("year", 0, 1), ("year", 1, 0), ("scheme", 1, 1)]
)
def test_compared_within_what_the_scheme_says(
    within: str, years: int, pairs: int, tmp_path: Any, tom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """A scheme that counts a round compares within it; one that counts a year its rounds of that year; one that counts all, all."""
    monkeypatch.setattr(made, "HEAD", made.HEAD.replace(SAYS["scheme"], REPORTER).replace(REPORTER, SAYS[within], 1))
    known = made.library(tmp_path / "others")
    first, second = made.a_round(known, FREE), made.a_round(known, LIMITED)
    submit(known, first, tom, row(0, name="Özlem van den Berg"))
    later = AT.replace(year=AT.year + years)
    other = row(1, name="Ozlem Berg", national_number="")
    submit(known, second, tom, other, at=later, today=day_of(later))
    assert len(candidates(second.pk, KEYS)) == pairs


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once(known: Library, tom: Any) -> None:
    """Bundles of two advisers with the same people in two rounds at the same moment: each person counts once."""
    first, other = made.a_round(known, FREE), made.a_round(known, LIMITED)
    olga, told = made.adviser("Olga", "90000031"), [row(place) for place in range(20)]
    some = [one | {"reference": f"o-{one['reference']}"} for one in reversed(told[:3])]
    assert not at_once(lambda: submit(known, first, tom, *told), lambda: submit(known, other, olga, *some))
    assert CountsFor.objects.count() == Registration.objects.count() == Ticket.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_uncounted_two_rounds_would_take_them(known: Library, tom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where registrations are not counted, the same people are in two rounds, and counting them shows."""
    monkeypatch.setattr(register_people, "_count", lambda accepted, kept, setting: None)
    for code in (FREE, LIMITED):
        submit(known, made.a_round(known, code), tom, row(0, reference=f"{code}-0"))
    assert Registration.objects.count() == 2
