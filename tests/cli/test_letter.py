"""`doorleren letter`: the letters that schemes have of their own are read too, as at the start of a site, and a fault in one is told."""

import json
from pathlib import Path

import pytest

from doorleren.letters.templates import templates_of_schemes
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import open_library
from doorleren.server import site
from doorleren.shipped import folder
from tests.cli.conftest import Run

SCHEME = next(iter(open_library().places))
WHOLE = 'id = "granted"\nsubject = { nl = "Gefeliciteerd", en = "Congratulations" }\n'
FAULTS = {
    "a variable that is none": (SCHEME, "granted", WHOLE.replace("Gefeliciteerd", "{naam}"), "naam"),
    "no TOML": (SCHEME, "granted", "id = granted", "granted.toml"),
    "one language": (SCHEME, "granted", WHOLE.replace(", en =", ", fr ="), "en"),
    "a kind that is never sent": (SCHEME, "grantd", WHOLE.replace('"granted"', '"grantd"'), "allowed is .*granted"),
    "no scheme": ("no-such-scheme", "granted", WHOLE, "no-such-scheme.*allowed is the id of a scheme"),
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of schemes of one's own, that the command line and the site read."""
    monkeypatch.setenv("DOORLEREN_SCHEMES", str(tmp_path))
    return tmp_path


def written(own: Path, scheme: str, name: str, text: str) -> None:
    """Write a letter of a scheme."""
    letters = own / scheme / "letters"
    letters.mkdir(parents=True)
    (letters / f"{name}.toml").write_text(text, encoding="utf-8")


def test_all_are_listed_with_their_scheme(own: Path, run: Run) -> None:
    """Without a scheme the letters of the law and those of every scheme are listed; of one scheme its own go before those of the law."""
    before = run("letter", "--json").json()
    written(own, SCHEME, "granted", WHOLE)
    listed = run("letter", "--json").json()
    (added,) = [one for one in listed if one not in before]
    assert (added["template"], added["scheme"], added["from"]) == ("granted", SCHEME, f"{SCHEME}/letters/granted.toml")
    assert [one for one in listed if one != added] == before
    of_scheme = json.loads(run("letter", "--json", "--scheme", SCHEME).out)
    assert {one["template"]: one["subject"] for one in of_scheme}["granted"] == "Gefeliciteerd"
    assert {one["scheme"] for one in of_scheme} == {SCHEME}
    assert f"granted: Gefeliciteerd  [{SCHEME}/letters/granted.toml]" in run("letter").out


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_letter_of_a_scheme_is_told(fault: str, own: Path, run: Run) -> None:
    """Without naming the scheme, by the command with one line and exit code 2, and at the start of a site; without it both go on."""
    assert run("letter").code == 0
    site.check_schemes()
    scheme, name, text, says = FAULTS[fault]
    written(own, scheme, name, text)
    ran = run("letter")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    with pytest.raises(SchemeFault, match=says) as told:
        site.check_schemes()
    assert " ".join(str(told.value).split()) in ran.err
    assert f"{scheme}/letters" in ran.err


@pytest.mark.parametrize("words", [(), ("granted",)])
def test_a_scheme_that_is_none_is_refused(words: tuple[str, ...], run: Run) -> None:
    """The letters of a scheme that does not exist are not those of the law; the nearest ids are named."""
    ran = run("letter", *words, "--scheme", SCHEME[:-1] + "x")
    assert (ran.code, ran.out) == (2, "")
    assert f"allowed is the id of a scheme ({SCHEME}" in ran.err
    assert run("letter", *words, "--scheme", "nonsense").code == 2


def test_the_letters_that_are_shipped_are_whole() -> None:
    """What the schemes of the project have of their own can be read."""
    library = open_library()
    found = templates_of_schemes(library.places, law=folder("law"), schemes=library.folders)
    assert found.keys() <= library.places.keys()
