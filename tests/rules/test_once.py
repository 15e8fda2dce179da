"""For whom an application counts once, as a scheme's file may say it: read, said in a sentence, announced; or a refusal that names what is wrong."""

import json
import tomllib
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from doorleren.rounds.announced import announced_of, hash_of, read, written
from doorleren.rules.caps import Cap, caps_of
from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import read_version
from doorleren.rules.library import Library
from doorleren.rules.once import is_counted, read_once, said, said_of, times_of
from doorleren.rules.shape import Part
from doorleren.rules.versions import Citation, DatedValue, Once, ParameterHistory
from tests.applications.made import FILE

CITED = Citation("a source", "binding")
SIX = ParameterHistory("six", "number", (DatedValue(date(2026, 1, 1), None, Fraction(6), CITED),), {})
PARAMETERS = {"six": SIX, "price": ParameterHistory("price", "euro", SIX.values, {})}
PERSON = {"applicant": "person", "beneficiary": "person"}
FIRM = {"applicant": "employer", "beneficiary": "person"}
ADVISER = {"applicant": "career_adviser", "beneficiary": "person"}
REGION = {"applicant": "region", "beneficiary": "region"}


def told(track: dict[str, str] | None = None, **once: Any) -> Once | None:
    """Read what a track says."""
    content: dict[str, Any] = {**(track or PERSON), "once": once} if once else {**(track or PERSON)}
    return read_once(Part(content, "track"), PARAMETERS, lambda part: part.required("source", str) and CITED)


def test_it_is_read() -> None:
    """All that it says comes back; without a word it is a round; a silent track has none."""
    assert told(who="person", within="year", source="s") == Once("person", "year", "", CITED)
    assert told(who="person", source="s", note="n") == Once("person", "round", "", CITED)
    assert told(FIRM, who="applicant", within="scheme", times="six", source="s") == Once(
        "applicant", "scheme", "six", CITED
    )
    assert told(FIRM, who="application", source="s") == Once("application", "round", "", CITED)
    assert told() is None


@pytest.mark.parametrize(
    ("track", "once", "words"),
    [
        (PERSON, {"who": "somebody"}, "who: given 'somebody', allowed is person, applicant, application"),
        (PERSON, {"within": "year"}, "who"),
        (PERSON, {"who": "person", "within": "month"}, "within: given 'month', allowed is round, year, scheme"),
        (PERSON, {"who": "person", "times": "price"}, "times: given 'price'.*six"),
        (PERSON, {"who": "person", "times": "most"}, "times"),
        (PERSON, {"who": "person", "source": None}, "source"),
        (PERSON, {"who": "person", "often": 2}, "often"),
        (FIRM, {"who": "person"}, "who: given 'person', allowed is applicant or application"),
        (FIRM, {"who": "application", "within": "year"}, "each application counts by itself"),
        (FIRM, {"who": "application", "times": "six"}, "each application counts by itself"),
        (ADVISER, {"who": "applicant"}, "who: given 'applicant', allowed is person"),
        (REGION, {"who": "applicant"}, "who: given 'applicant', allowed is region"),
        (REGION, {"who": "region", "times": "six"}, "times: given 'six'.*one place in a round"),
        (PERSON, {"who": "region"}, "who: given 'region', allowed is person, applicant, application"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_named(track: dict[str, str], once: dict[str, Any], words: str) -> None:
    """Each refusal names the field, what was given and what is allowed."""
    given = {name: value for name, value in ({"source": "s"} | once).items() if value is not None}
    with pytest.raises(SchemeFault, match=words):
        told(track, **given)


@pytest.mark.parametrize(
    ("once", "times", "dutch"),
    [
        (Once("person", "year", "", CITED), 1, "Voor één persoon kan één keer per kalenderjaar worden aangevraagd."),
        (Once("applicant", "scheme", "six", CITED), 6, "Een aanvrager kan ten hoogste 6 keer in de hele regeling aanvragen."),
        (Once("applicant", "round", "", CITED), 1, "Een aanvrager kan één keer per aanvraagtijdvak aanvragen."),
        (Once("region", "year", "", CITED), 1, "Voor één arbeidsmarktregio kan één keer per kalenderjaar worden aangevraagd."),
    ],
    ids=str,
)  # fmt: skip
def test_it_is_said_in_a_sentence(once: Once, times: int, dutch: str) -> None:
    """Who, how often and within what, in both languages."""
    told = said(once.who, once.within, times)
    assert told["nl"] == dutch
    assert told["en"]


def test_what_the_tickets_of_a_round_do_not_do_by_themselves() -> None:
    """Beyond a round, or more than once, is counted; once in a round, each application by itself and silence are not."""
    counted = [
        Once("person", "year", "", CITED),
        Once("applicant", "scheme", "", CITED),
        Once("applicant", "round", "six", CITED),
    ]
    not_counted = [Once("applicant", "round", "", CITED), Once("application", "round", "", CITED), None]
    assert [is_counted(one) for one in (*counted, *not_counted)] == [True] * 3 + [False] * 3


SAYS = 'once = { who = "person", within = "year", times = "often", source = "order" }\n'
OFTEN = """
[[parameter]]
id = "often"
unit = "number"
values = [
  { from = 2026-01-01, value = 2, source = "order" },
  { from = 2026-06-01, value = 3, source = "order" },
]
"""


def test_it_is_announced_and_hashed() -> None:
    """What a track says stands among the caps with the number of the opening, changes the hash, and comes back unchanged."""
    plain = read_version(tomllib.loads(FILE), "file", lambda _: {})
    text = FILE.replace('beneficiary = "person"\n', f'beneficiary = "person"\n{SAYS}', 1).replace(
        "[[track]]", OFTEN + "[[track]]", 1
    )
    version = read_version(tomllib.loads(text), "file", lambda _: {})
    once = version.tracks[0].once
    assert once is not None
    assert [times_of(once, version, day) for day in (date(2026, 3, 1), date(2026, 6, 1))] == [2, 3]
    opened = version.rounds[0]
    made = announced_of(opened, caps=caps_of(version, opened))
    assert Cap("learner.once", "often for one person in one year", (("often", "2"),)) in made.caps
    assert read(json.loads(json.dumps(written(made)))) == made
    assert [one["nl"] for one in said_of(made.caps)] == [
        "Voor één persoon kan ten hoogste 2 keer per kalenderjaar worden aangevraagd."
    ]
    silent = announced_of(plain.rounds[0], caps=caps_of(plain, plain.rounds[0]))
    assert "caps" not in written(silent)
    assert hash_of(written(silent)) != hash_of(written(made))


def test_our_own_files_say_it_with_a_source(library: Library) -> None:
    """Some schemes count a person in a year or in all, and every one that says so names where that stands."""
    said_ = [
        one.once
        for scheme in library.schemes.values()
        for version in scheme.versions
        for one in version.tracks
        if one.once
    ]
    assert {("person", "year"), ("person", "scheme"), ("applicant", "round")} <= {
        (one.who, one.within) for one in said_
    }
    assert all(str(one.citation) for one in said_)
