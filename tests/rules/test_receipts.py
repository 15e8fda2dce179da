"""A receipt names what an answer rests on: the same receipt means the same answer, and nothing unused is in it."""

import copy
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doorleren.core.days import Asked, read_asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.files import read_toml, read_version
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import NA, Profile
from doorleren.rules.versions import Version
from tests.applications import made

SCHEME, DAY = made.SCHEME, Asked(date(2026, 3, 10))
PROFILE: Profile = {
    "person.birth_date": date(1985, 4, 1), "person.labour_market_link": True, "person.eu_citizen": True,
    "training.price": 80000, "person.grants_this_year": frozenset({"leerbon", "boekenbon"}), "training.paid_by_other": NA,
}  # fmt: skip
MORE = """[[track.condition]]
id = "first"
when = '"proefregeling" not in person.grants_this_year'
nl = "de deelnemer kreeg dit jaar nog niets"
source = "order"
[[track.condition]]
id = "unpaid"
when = "not training.paid_by_other >= training.price"
nl = "niemand anders betaalt de opleiding"
source = "order"
[[track.condition]]
id = "honest"
"""
OWN = """
[[condition]]
id = "named"
when = "person.birth_date <= day"
nl = "de deelnemer is geboren"
source = "order"
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The schemes of the product with one that nobody has seen, which uses a fragment of its own."""
    place = tmp_path_factory.mktemp("schemes")
    text = made.FILE.replace('[[track.condition]]\nid = "honest"\n', MORE, 1)
    found = made.library(place, f'{text}\n[[use]]\nshared = "_own"\n')
    (place / SCHEME / "_own.toml").write_text(OWN, "utf-8")
    return found


def receipt_of(library: Library, profile: Profile, asked: Asked = DAY) -> dict[str, Any]:
    """Give the receipt of one scheme's answer."""
    return answer_as_dict(check(library, profile, asked, [SCHEME]), library.vocabulary)["verdicts"][0]["receipt"]


def test_the_same_question_has_the_same_receipt(library: Library) -> None:
    """Asking again, in another process or order of facts, gives the same receipt."""
    turned = dict(reversed(PROFILE.items()))
    assert receipt_of(library, PROFILE) == receipt_of(open_library([library.folders[-1]]), turned)


def test_a_used_fact_changes_the_receipt(library: Library) -> None:
    """Another value of any fact that the scheme looks at, or taking it away, gives another receipt."""
    first = receipt_of(library, PROFILE)["id"]
    assert receipt_of(library, {**PROFILE, "training.price": 80001})["id"] != first
    assert receipt_of(library, {**PROFILE, "training.paid_by_other": 0})["id"] != first
    for name in PROFILE:
        assert receipt_of(library, {fact: value for fact, value in PROFILE.items() if fact != name})["id"] != first


def test_an_unused_fact_leaves_the_receipt(library: Library) -> None:
    """A fact that the scheme does not look at is no part of the receipt."""
    unused: Profile = {"person.work_status": "employee", "person.low_literate": True}
    assert receipt_of(library, {**PROFILE, **unused}) == receipt_of(library, PROFILE)


def test_the_receipt_names_facts_as_they_were_given(library: Library) -> None:
    """Money, days, sets and "does not apply" stand in the receipt as in a profile's JSON."""
    facts = receipt_of(library, PROFILE)["facts"]
    assert facts["training.price"] == "800.00"
    assert facts["person.birth_date"] == "1985-04-01"
    assert facts["person.grants_this_year"] == ["boekenbon", "leerbon"]
    assert facts["training.paid_by_other"] == "n/a"


@pytest.mark.parametrize("asked", ["2026-03-11", "2026-03-10T10:00"])
def test_the_day_or_moment_is_part_of_the_receipt(asked: str, library: Library) -> None:
    """The same facts on another day or at a moment have another receipt."""
    assert receipt_of(library, PROFILE, read_asked(asked))["id"] != receipt_of(library, PROFILE)["id"]


def test_the_dated_law_is_part_of_the_receipt(library: Library) -> None:
    """An answer given under another table of the state pension age has another receipt, also where it is the same answer."""
    other = replace(library, law=replace(library.law, digest="0" * 64), _settled={})
    assert receipt_of(other, PROFILE)["id"] != receipt_of(library, PROFILE)["id"]


def test_a_round_of_another_version_is_part_of_the_receipt(library: Library) -> None:
    """When a later version announces a round for the same track, the answer says so and its receipt is another."""
    scheme = library.scheme(SCHEME)
    version = scheme.on(DAY.day)
    assert version is not None
    opens = read_asked("2026-03-09T10:00").begins
    opened = replace(
        next(one for each in scheme.versions for one in each.rounds),
        id="another", announced_on=DAY.day, opens=opens, closes=None, ran_out_at=None,
        tracks=tuple(track.id for track in version.tracks),
    )  # fmt: skip
    without = tuple(replace(one, rounds=()) for one in scheme.versions)
    later = replace(version, digest="0" * 64, starts=date(2030, 1, 1), rounds=(opened,))

    def asked(*versions: Version) -> dict[str, Any]:
        told = replace(library, _schemes={SCHEME: replace(scheme, versions=versions)}, _settled={})
        return answer_as_dict(check(told, PROFILE, DAY, [SCHEME]), library.vocabulary)["verdicts"][0]

    first, second = asked(*without), asked(*without, later)
    assert (first["round"], second["round"]) == ("none", "open")
    assert first["receipt"]["scheme_hash"] == second["receipt"]["scheme_hash"]
    assert first["receipt"]["id"] != second["receipt"]["id"]


def no_fragment(name: str) -> dict[str, Any]:
    """Refuse every fragment."""
    raise AssertionError(name)


def digest(content: dict[str, Any]) -> str:
    """Give the hash of a parsed scheme file without fragments."""
    return read_version(copy.deepcopy(content), "x/y.toml", no_fragment).digest


def whole_file(library: Library) -> Path:
    """Find a version file that uses no fragment."""
    files = [file for found in library.places.values() for file in found]
    return next(file for file in files if b"[[use]]" not in file.read_bytes() and b"track.use" not in file.read_bytes())


def test_the_hash_depends_on_content_only(library: Library) -> None:
    """Comments, spaces and the order of keys leave the hash of a version; each changed value gives another."""
    path = whole_file(library)
    content = read_toml(path)
    text = path.read_text("utf-8")
    commented = tomllib.loads("# a remark\n" + text.replace(" = ", "  =  "), parse_float=Decimal)
    assert digest(commented) == digest(content)
    assert digest(dict(reversed(content.items()))) == digest(content)
    for key in ("published_on", "version"):
        other = copy.deepcopy(content)
        other[key] = date(2000, 1, 1) if key == "published_on" else "other"
        assert digest(other) != digest(content)


def test_every_changed_text_changes_the_hash(library: Library) -> None:
    """One more character in any sentence, expression, source or number of a version changes its hash."""
    content = read_toml(whole_file(library))
    original = digest(content)
    for place in text_places(content):
        changed = copy.deepcopy(content)
        container: Any = changed
        for key in place[:-1]:
            container = container[key]
        container[place[-1]] += " "
        try:
            assert digest(changed) != original, place
        except ValueError:
            continue  # what no longer loads has no hash


def text_places(content: Any, place: tuple = ()) -> list[tuple]:
    """Give the places of all texts in a parsed file."""
    if isinstance(content, str):
        return [place]
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [found for key, value in inner for found in text_places(value, (*place, key))]


def test_a_fragment_is_part_of_the_hash(library: Library) -> None:
    """A version that uses a fragment has another hash when the fragment changes, though its own file does not."""
    file = library.places[SCHEME][0]
    folder = file.parent

    def fragments(extra: str) -> Any:
        def fragment(name: str) -> dict[str, Any]:
            own = folder / f"_{name.removeprefix('_')}.toml"
            found = read_toml(own if own.exists() else folder.parent / "_shared" / f"{name}.toml")
            for condition in found.get("condition", ()):
                condition["nl"] += extra
            return found

        return fragment

    first, again, other = (
        read_version(read_toml(file), f"{SCHEME}/x.toml", fragments(text)).digest for text in ("", "", "!")
    )
    assert first == again
    assert first != other
