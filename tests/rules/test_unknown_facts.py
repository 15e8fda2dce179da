"""Filling in what was unknown never turns a settled verdict, and no profile of the vocabulary makes the finder fail."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorleren.core.days import Asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.profile import NA, Profile, plain, read_value
from doorleren.rules.settled import Settled
from doorleren.rules.verdicts import Judgement, judge
from doorleren.rules.vocabulary import Fact
from tests.applications import made
from tests.rules.grid import chosen_bases
from tests.rules.limits import ABSENT, Limits

LIBRARY = open_library()
SCHEMES = list(LIBRARY.places)
DAYS = [
    date(2014, 6, 1),
    date(2019, 12, 31),
    date(2020, 8, 15),
    date(2021, 7, 12),
    date(2022, 3, 1),
    date(2023, 3, 17),
    date(2025, 3, 10),
    date(2031, 6, 1),
]
ROLE = "asker.role"


def neighbourhoods(scheme: str) -> list[tuple[Settled, Profile, dict[str, list[Any]]]]:
    """Give bases of a scheme with the values worth trying around each, the own value included."""
    found = []
    for version in LIBRARY.scheme(scheme).versions:
        for day, base in chosen_bases(LIBRARY, version)[:6]:
            settled = LIBRARY.settled(version, day)
            values = Limits(settled, LIBRARY.vocabulary).around(base)
            tried = {
                name: [value for value in [*few, base.get(name)] if value is not None and value is not ABSENT]
                for name, few in values.items()
            }
            found.append((settled, base, tried))
    return found


@st.composite
def known_and_filled_in(
    draw: st.DrawFn, places: list[tuple[Settled, Profile, dict[str, list[Any]]]]
) -> tuple[Settled, Profile, Profile]:
    """Draw a profile, and the same profile with some unknown facts filled in; nobody asks as a person.

    When a person asks, unknown conditions of advisers and providers are presumed: there filling in may turn a verdict.
    """
    settled, base, values = draw(st.sampled_from(places))
    whole = dict(base)
    for name in draw(st.sets(st.sampled_from(sorted(values)), max_size=4)) if values else ():
        whole[name] = draw(st.sampled_from(values[name]))
    whole.pop(ROLE, None)
    asked = sorted(name for name in whole if name in settled.facts) or sorted(whole)
    unknown = draw(st.sets(st.sampled_from(asked), max_size=6))
    again = draw(st.sets(st.sampled_from(sorted(unknown)))) if unknown else set()
    less = {name: value for name, value in whole.items() if name not in unknown}
    return settled, less, {**less, **{name: whole[name] for name in again}}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_filling_in_an_unknown_never_turns_a_verdict(scheme: str) -> None:
    """What was eligible or not eligible with facts unknown stays so whatever these facts turn out to be."""
    places = neighbourhoods(scheme)

    @settings(max_examples=150)
    @given(known_and_filled_in(places))
    def holds(drawn: tuple[Settled, Profile, Profile]) -> None:
        settled, less, more = drawn
        before, after = judge(settled, less), judge(settled, more)
        assert before.truth is None or after.truth is before.truth
        for earlier, later in zip(before.holds, after.holds, strict=True):
            assert earlier is None or later is earlier
        if len(settled.tracks) == 1:
            check_amounts(before, after)

    holds()


def check_amounts(before: Judgement, after: Judgement) -> None:
    """With one track: a known amount stays, and the most an amount can be never rises by knowing more."""
    if before.amount is not None:
        assert after.amount == before.amount
    if before.amount_max is not None and after.truth is not False:
        assert after.amount_max is not None
        assert after.amount_max <= before.amount_max


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_missing_facts_are_those_that_matter(scheme: str) -> None:
    """A verdict is unknown only with facts missing; none of those is known, and the version looks at each of them."""
    places = neighbourhoods(scheme)

    @settings(max_examples=60)
    @given(known_and_filled_in(places))
    def holds(drawn: tuple[Settled, Profile, Profile]) -> None:
        settled, less, _ = drawn
        judgement = judge(settled, less)
        missing = judgement.missing()
        assert missing <= settled.facts - less.keys()
        if judgement.truth is not None:
            assert not missing

    holds()


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Draw any value that a profile may hold of a fact, "does not apply" included."""
    match fact.type:
        case "bool":
            found: st.SearchStrategy[Any] = st.booleans()
        case "date":
            found = st.dates().map(date.isoformat) | st.dates(date(1940, 1, 1), date(2026, 1, 1)).map(date.isoformat)
        case "enum":
            found = st.sampled_from(fact.values)
        case "code":
            found = (
                st.sampled_from(sorted(fact.value_labels))
                if fact.value_labels
                else st.from_regex(fact.pattern, fullmatch=True)
            )
        case "set":
            found = st.lists(st.sampled_from(fact.values or tuple(SCHEMES)), unique=True)
        case "money":
            found = st.decimals(0, 10**12, places=2) | st.integers(0, 200_000)
        case "decimal":
            found = st.decimals(0, 10**6, places=6) | st.integers(0, 100)
        case _:
            found = st.integers(0, 10**12) | st.integers(0, 300)
    return st.just("n/a") | found


WHOLE_PROFILES = st.fixed_dictionaries(
    {}, optional={name: values_of(fact) for name, fact in LIBRARY.vocabulary.facts.items()}
)


@settings(max_examples=120)
@given(WHOLE_PROFILES, st.sampled_from(DAYS))
def test_no_profile_makes_the_finder_fail(facts: dict[str, Any], day: date) -> None:
    """Every profile that the vocabulary allows gets an answer on every day, with all reasons, in JSON."""
    known = LIBRARY.vocabulary.facts
    profile = {name: read_value(known[name], value) for name, value in facts.items()}
    answer = answer_as_dict(check(LIBRARY, profile, Asked(day)), LIBRARY.vocabulary)
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    for verdict in answer["verdicts"]:
        assert verdict["amount"] is None or verdict["verdict"] == "eligible"
        assert verdict["verdict"] != "unknown" or verdict["missing"]


@given(WHOLE_PROFILES)
def test_a_profile_is_written_as_it_was_read(facts: dict[str, Any]) -> None:
    """Each value of a profile, written out and read again, is the same value."""
    known = LIBRARY.vocabulary.facts
    for name, value in facts.items():
        kept = read_value(known[name], value)
        assert read_value(known[name], plain(known[name], kept)) == kept
        assert (kept is NA) == (value == "n/a")


QUALIFIED = """[[track.condition]]
id = "adviser_qualified"
of = "adviser"
when = "adviser.qualified"
nl = "de loopbaanadviseur is gekwalificeerd"
source = "order"
[[track.condition]]
id = "honest"
"""


def test_presuming_is_for_persons_only(tmp_path: Path) -> None:
    """When a person asks, an unknown condition of the adviser is told as provided; for anyone else it is asked."""
    library = made.library(tmp_path, made.FILE.replace('[[track.condition]]\nid = "honest"\n', QUALIFIED, 1))
    (version,) = library.scheme(made.SCHEME).versions
    base: Profile = {
        "person.birth_date": date(1985, 4, 1), "person.labour_market_link": True, "person.eu_citizen": True,
        "training.price": 80000, "employer.employees": 100,
    }  # fmt: skip
    settled = library.settled(version, version.starts)
    person, adviser = judge(settled, {**base, ROLE: "person"}), judge(settled, {**base, ROLE: "career_adviser"})
    assert "adviser.qualified" in adviser.missing()
    assert adviser.truth is None
    assert "adviser_qualified" in [one.id for one in person.provided()]
    assert judge(settled, {**base, ROLE: "person", "adviser.qualified": False}).truth is False
