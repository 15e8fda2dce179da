"""The pure parts: values in columns, the day, the state, the hashes, and the form of every scheme that has a round."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from doorleren.applications.content import canonical, content_hash, person_hash
from doorleren.applications.form import form_of, of_track
from doorleren.applications.models import COLUMNS
from doorleren.applications.parties import NOBODY, Named, parties_of
from doorleren.applications.rules import as_rehearsed, filing_day, kind_for_pot, state_of
from doorleren.applications.values import UNKNOWN, column_of, value_of
from doorleren.core.days import day_of
from doorleren.rules.cases import read_cases
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import NA
from tests.applications.made import SCHEME

LIBRARY = open_library()
VALUES: dict[str, Any] = {
    "bool": False, "int": 0, "money": 69995, "decimal": 1_500_000, "date": date(2026, 3, 1), "set": frozenset(),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["bool", "code", "date", "decimal", "enum", "int", "money", "set"])
@pytest.mark.parametrize("absent", ["value", "n/a", "unknown"])
def test_a_value_comes_back(kind: str, absent: str) -> None:
    """A value of each type, "n/a" and "unknown" come back from their column as they were, and fill no other."""
    fact = next(
        one for one in LIBRARY.vocabulary.facts.values() if one.type == kind and (one.values or kind not in ("enum", "code"))
    ) if kind != "code" else next(one for one in LIBRARY.vocabulary.facts.values() if one.type == kind)  # fmt: skip
    value = VALUES.get(kind, next(iter(fact.values or fact.value_labels), "x"))
    value = {"value": value, "n/a": NA, "unknown": UNKNOWN}[absent]
    column, kept = column_of(fact, value)
    assert column in COLUMNS
    assert value_of(fact, dict.fromkeys(COLUMNS) | {column: kept}) == value


def test_the_form_of_every_round() -> None:
    """Every track of every round of every scheme gives a form without a line of code of its own."""
    tried = 0
    for scheme in LIBRARY.schemes.values():
        for version in scheme.versions:
            for opened in version.rounds:
                day = filing_day(opened.opens, opened.closes, day_of(opened.opens), version)
                for track in opened.tracks:
                    settled = of_track(version, track, day, LIBRARY.vocabulary, LIBRARY.law)
                    form = form_of(settled, {}, LIBRARY.vocabulary)
                    assert form.track.id == track
                    assert form.judgement.truth is not False, (version.id, track)
                    assert {fact.name for fact in form.needed} <= settled.facts
                    assert all(form.why(fact.name) or form.for_amount(fact.name) for fact in form.needed)
                    tried += 1
    assert tried > 20


def test_the_worked_examples_as_applications() -> None:
    """Who is eligible in a worked example of a scheme with rounds and of whom nothing more is asked stands ready for its amount."""
    tried, vocabulary = 0, LIBRARY.vocabulary
    for name, scheme in LIBRARY.schemes.items():
        path = LIBRARY.places[name][0].parent / "cases.toml"
        for case in read_cases(path, vocabulary) if path.exists() else ():
            version = scheme.on(case.asked.day)
            if version is None or not version.rounds or case.expect.get("verdict") != "eligible":
                continue
            forms = [
                form_of(of_track(version, track.id, case.asked.day, vocabulary, LIBRARY.law), case.profile, vocabulary)
                for track in version.tracks
            ]
            able = [form for form in forms if form.judgement.truth is True and form.complete]
            told = case.expect.get("amount")
            if isinstance(told, int | str | Decimal) and told != "none" and able:
                assert int(Decimal(str(told)) * 100) in {form.cents for form in able}, (name, case.id)
            tried += bool(able)
    assert tried > 400


def test_the_state_follows_from_moments() -> None:
    """Withdrawn goes first, then submitted, then ready."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert state_of(frozen_at=None, withdrawn_at=None, ticket=False) == "draft"
    assert state_of(frozen_at=at, withdrawn_at=None, ticket=False) == "ready"
    assert state_of(frozen_at=None, withdrawn_at=None, ticket=True) == "submitted"
    assert state_of(frozen_at=at, withdrawn_at=at, ticket=True) == "withdrawn"


def test_the_day_lies_in_the_round(known: Library) -> None:
    """Before the opening the first day counts, within the round today, after it the last day."""
    version = known.scheme(SCHEME).versions[0]
    opened = version.rounds[0]
    days = {
        today: filing_day(opened.opens, opened.closes, today, version)
        for today in (date(2026, 2, 1), date(2026, 3, 10), date(2027, 1, 1))
    }
    assert list(days.values()) == [date(2026, 3, 1), date(2026, 3, 10), date(2026, 4, 30)]


def test_who_is_not_named_yet(known: Library) -> None:
    """A role that the applicant has in the scheme is the applicant; another is nobody yet, and a pot apart is by role."""
    learner, firm = known.scheme(SCHEME).versions[0].tracks
    one, two = Named("person", 3), Named("organisation", 4)
    assert set(parties_of(learner, one).columns().values()) == {"person", 3}
    assert parties_of(firm, two).reporter == NOBODY
    assert (kind_for_pot(firm, frozenset({"employer"})), kind_for_pot(learner, frozenset({"employer"}))) == (
        "employer",
        "",
    )


def test_hashes_say_nothing_and_everything() -> None:
    """The order of answers does not matter, everything else does; without the salt nobody can guess the content."""
    answers = [("application", 0, "a.b", True, "self"), ("application", 0, "a.c", "5", "register")]
    same = canonical({"round": "r"}, answers), canonical({"round": "r"}, answers[::-1])
    other = canonical({"round": "r"}, [*answers[:1], ("application", 0, "a.c", "6", "register")])
    assert same[0] == same[1]
    assert len({content_hash(same[0], "00"), content_hash(other, "00"), content_hash(same[0], "01")}) == 3
    assert person_hash("person:1", b"a") != person_hash("person:1", b"b")


def test_in_a_rehearsal_planned_days_move_along() -> None:
    """Judged on a day long ago, a training in six weeks starts in six weeks then; a day of birth stays what it is."""
    told = {"training.starts_on": date(2027, 1, 3), "person.birth_date": date(1990, 4, 1), "training.price": 100}
    moved = as_rehearsed(told, date(2023, 2, 27), date(2026, 11, 22), LIBRARY.vocabulary)
    assert moved == told | {"training.starts_on": date(2023, 4, 10)}
