"""A scheme file that the code has never seen works without a line of code; and no code knows a scheme by its id."""

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import read_version
from doorleren.rules.library import open_library
from doorleren.rules.settled import settle
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
DESIGN = ROOT.parent / "shared" / "design.md"

UNSEEN = """
id = "waterland-leerbon"
version = "2020-08-01"
published_on = 2020-07-23
in_force = { from = 2020-08-01, to = 2021-12-31 }
name = { nl = "Leerbon Waterland", en = "Waterland learning voucher" }
pillar = 1
body = { decides = "Waterland", executes = "Waterland", pays = "Waterland" }
framework = "awb"

[source]
rule = { cite = "Blad van Waterland 2020, 7", weight = "binding" }

[procedure]
kind = "direct"

[[parameter]]
id = "base"
unit = "euro"
values = [{ from = 2020-08-01, value = 600, source = "rule" }, { from = 2021-01-01, value = "650.50", source = "rule" }]

[[use]]
shared = "labour-market"

[[use]]
shared = "waterland"

[[track]]
id = "voucher"
applicant = "person"
beneficiary = "person"
payee = "training_provider"
reporter = "training_provider"

[[track.condition]]
id = "priced"
when = "training.price > 0"
nl = "de opleiding kost geld"
en = "the training costs money"
source = "rule, art. 2"

[[track.condition]]
id = "useful"
why = "seen only afterwards"
nl = "de opleiding was nuttig"
source = "rule"

[track.amount]
kind = "fixed"
per = "training"
is = "min(training.price, base)"

[[round]]
id = "2020"
tracks = ["voucher"]
opens = 2020-08-01T00:00:00+02:00
closes = 2020-12-31T17:00:00+01:00
ceiling_money = 1000
order = "arrival"
source = "rule"

[stacking]
excludes = []
"""

FRAGMENT = """
[source]
island = { cite = "Verordening Waterland 2019, 3", weight = "binding" }

[[condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de aanvrager is volwassen"
source = "island, art. 1"
"""

CASES = """
[profile.typical]
person.birth_date = 1985-04-01
person.labour_market_link = true
training.price = 800

[[case]]
id = "typical"
nl = "Wie werkt en leert, krijgt de bon"
profile = "typical"
on = 2020-08-15
expect = { verdict = "eligible", amount = "600.00", round = "open", provided = ["useful"] }
source = "rule"
"""


@pytest.fixture
def schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that DOORLEREN_SCHEMES names."""
    folder = tmp_path / "schemes"
    folder.mkdir()
    monkeypatch.setenv("DOORLEREN_SCHEMES", str(folder))
    return folder


@pytest.fixture
def waterland(schemes: Path) -> Path:
    """Lay down a scheme with a fragment of its folder's own and a worked example."""
    for name, text in {
        "waterland-leerbon/2020-08-01.toml": UNSEEN,
        "_shared/waterland.toml": FRAGMENT,
        "waterland-leerbon/cases.toml": CASES,
    }.items():
        path = schemes / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return schemes


WRITTEN = {"person": {"birth_date": "1985-04-01", "labour_market_link": True}, "training": {"price": "700.00"}}


@pytest.mark.parametrize(
    ("on", "amount", "state"),
    [("2020-08-15", "600.00", "open"), ("2021-01-01", "650.50", "closed"), ("2020-07-31", None, "planned")],
)
def test_an_unseen_scheme_is_answered(
    on: str, amount: str | None, state: str, waterland: Path, run: Run, profile_file: Callable[[Any], Path]
) -> None:
    """The verdict, the amount of the day, the round and what must hold too come from the file alone."""
    ran = run("check", profile_file(WRITTEN), "--on", on, "--scheme", "waterland-leerbon", "--json")
    assert (ran.code, ran.err) == (0, "")
    (verdict,) = ran.json()["verdicts"]
    assert (verdict["amount"], verdict["round"]) == (amount, state)
    assert verdict["verdict"] == ("eligible" if amount else "not_eligible")
    assert [one["condition"] for one in verdict["provided"]] == (["useful"] if amount else [])


def test_an_unseen_scheme_is_everywhere(waterland: Path, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """It stands among all schemes in check, plan, schemes, scheme and cases."""
    path = profile_file(WRITTEN)
    assert "waterland-leerbon" in [
        one["scheme"] for one in run("check", path, "--on", "2020-08-15", "--json").json()["verdicts"]
    ]
    (best, *_) = run("plan", path, "--on", "2020-08-15", "--json").json()["plans"]
    assert (best["to_pay"], [part["scheme"] for part in best["parts"]]) == ("100.00", ["waterland-leerbon"])
    assert "waterland-leerbon" in [one["scheme"] for one in run("schemes", "--json").json()]
    assert "Blad van Waterland 2020, 7" in run("scheme", "waterland-leerbon").out
    assert run("cases", "--scheme", "waterland-leerbon").out == "1 cases of 1 schemes, 0 disagree\n"


def test_a_worked_example_that_disagrees_is_told(waterland: Path, run: Run) -> None:
    """`cases` ends with code 1 and says what was expected and what came."""
    cases = waterland / "waterland-leerbon" / "cases.toml"
    cases.write_text(CASES.replace('amount = "600.00"', 'amount = "601.00"'), "utf-8")
    ran = run("cases", "--scheme", "waterland-leerbon")
    assert ran.code == 1
    assert "waterland-leerbon, case typical (2020-08-15): amount: expected 601.00, got 600.00" in ran.out


def test_a_loose_file_is_a_scheme_too(schemes: Path, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """A version file that lies in the folder itself is found by the id it names."""
    text = UNSEEN.replace('[[use]]\nshared = "waterland"\n', "")
    (schemes / "any-name.toml").write_text(text, "utf-8")
    ran = run("check", profile_file(WRITTEN), "--on", "2020-08-15", "--scheme", "waterland-leerbon", "--json")
    assert ran.json()["verdicts"][0]["amount"] == "600.00"


@pytest.mark.skipif(not DESIGN.exists(), reason="the design (../shared/design.md) is absent")
def test_the_sketch_of_the_design_loads_unchanged(schemes: Path, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """The example in the design is a scheme file as it stands there, and pays its base and supplement."""
    (sketch,) = re.findall(r"```toml\n(.*?)```", DESIGN.read_text("utf-8"), flags=re.DOTALL)[:1]
    for number, name in enumerate(("nl-leert-door-ontwikkeladvies", "a-name-of-its-own")):
        path = schemes / name / "2020-08-01.toml"
        path.parent.mkdir()
        path.write_text(
            sketch if not number else sketch.replace('id = "nl-leert-door-ontwikkeladvies"', f'id = "{name}"'), "utf-8"
        )
        profile = profile_file(
            {"person": {"birth_date": "1985-04-01", "labour_market_link": True}, "adviser": {"qualified": True}}
        )
        ran = run("check", profile, "--on", "2020-08-15", "--scheme", name, "--json")
        assert ran.err == ""
        (verdict,) = ran.json()["verdicts"]
        assert (verdict["verdict"], verdict["amount"], verdict["round"]) == ("eligible", "700.00", "open")
        assert [one["condition"] for one in verdict["provided"]] == ["delivered_with_scan"]


FAULTS = {
    "a misspelt key": ('pillar = 1', 'piller = 1', "piller"),
    "an enum value that does not exist": ('training.price > 0', 'training.kind == \\"kourse\\"', "training.kind is never 'kourse'"),
    "money against months": ("training.price > 0", "training.price > person.insured_months", "cannot be compared"),
    "a source that is not there": ('source = "rule, art. 2"', 'source = "ruel, art. 2"', "ruel"),
    "no TOML": ('pillar = 1', "pillar = ", "waterland-leerbon/2020-08-01.toml"),
    "a round without a zone": ("2020-08-01T00:00:00+02:00", "2020-08-01T00:00:00", "an instant with its zone"),
    "an unknown fragment": ('shared = "waterland"', 'shared = "nowhere"', "no fragment 'nowhere'"),
    "an unknown kind of amount": ('kind = "fixed"', 'kind = "fixd"', "fixd"),
    "a condition twice": ('id = "useful"', 'id = "adult"', "each id once in a track"),
    "another id than the folder's": ('id = "waterland-leerbon"', 'id = "waterland"', "but the folder is"),
    "no track": ("[[track]]", "[[trick]]", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_scheme_file_is_told(
    name: str, waterland: Path, run: Run, profile_file: Callable[[Any], Path]
) -> None:
    """A scheme file that is wrong is refused in one line that names the file and what is wrong, with code 2."""
    old, new, words = FAULTS[name]
    assert old in UNSEEN
    (waterland / "waterland-leerbon" / "2020-08-01.toml").write_text(UNSEEN.replace(old, new), "utf-8")
    ran = run("check", profile_file(WRITTEN), "--on", "2020-08-15", "--scheme", "waterland-leerbon")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "waterland-leerbon/2020-08-01.toml" in ran.err
    assert words in ran.err


def test_a_folder_that_is_not_there_is_told(schemes: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that DOORLEREN_SCHEMES names and that is absent is refused."""
    monkeypatch.setenv("DOORLEREN_SCHEMES", str(schemes / "absent"))
    ran = run("schemes")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "absent" in ran.err


def test_no_scheme_is_named_in_the_code() -> None:
    """No id of a scheme, and no file that names one, occurs under src/, in code, templates or translations."""
    library = open_library()
    # A word that the vocabulary has as a value too (evc is a kind of training) says nothing of a scheme.
    words = {value for fact in library.vocabulary.facts.values() for value in fact.values}
    ids = [name for name in library.places if name not in words]
    word = re.compile(r"(?<![a-z0-9-])(" + "|".join(map(re.escape, ids)) + r")(?![a-z0-9-])")
    found = []
    for path in (ROOT / "src").rglob("*"):
        if (
            path.is_file()
            and path.suffix in {".py", ".html", ".po", ".toml", ".txt", ".js", ".json", ".xml", ".md", ".sql"}
            and "static" not in path.parts
        ):
            found += [f"{path.relative_to(ROOT)}: {name}" for name in word.findall(path.read_text("utf-8"))]
    assert found == []


def test_what_is_printed_is_json_of_text(waterland: Path, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """Letters with signs stay readable in the JSON, and the text is valid UTF-8."""
    ran = run("check", profile_file(WRITTEN), "--on", "2020-08-15", "--json")
    assert json.loads(ran.out)
    assert "\\u20ac" not in ran.out


WRONG = [5, "x", True, [], ["x"], {}, {"x": 1}, 2020, "2020-08-01"]


def places_in(content: Any, place: tuple = ()) -> list[tuple]:
    """Give the places of all values in a parsed file, outer ones too."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [*([place] if place else []), *(found for key, value in inner for found in places_in(value, (*place, key)))]


def with_value(content: Any, place: tuple, value: Any) -> Any:
    """Give a copy of parsed content with another value in a place."""
    if not place:
        return value
    copied = dict(content) if isinstance(content, dict) else list(content)
    copied[place[0]] = with_value(content[place[0]], place[1:], value)
    return copied


def test_no_wrong_value_makes_the_reader_fail() -> None:
    """Whatever stands in whichever place of a scheme file, it is read or refused with a reason, never a failure of ours."""
    library = open_library()
    whole = {
        "file": tomllib.loads(UNSEEN, parse_float=Decimal),
        "labour-market": {},
        "waterland": tomllib.loads(FRAGMENT),
    }
    read = 0
    for place in places_in(whole):
        for value in WRONG if len(place) > 1 else ():
            changed = with_value(whole, place, value)

            def fragment(name: str, found: dict[str, Any] = changed) -> dict[str, Any]:
                if name not in found:
                    raise SchemeFault(name)
                return found[name]

            try:
                version = read_version(changed["file"], "waterland/x.toml", fragment)
                settle(version, version.starts, library.vocabulary, library.law)
                read += 1
            except SchemeFault:
                continue
            except Exception as failure:
                raise AssertionError(f"{place} with {value!r}: {failure!r}") from failure
    assert read > 80
