"""The overview of instruments misses nothing of the catalogue, and what it links to exists."""

import json
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = ROOT / "schemes"
CATALOGUE = ROOT.parent / "shared" / "mission" / "catalogue.json"
INSTRUMENTS = tomllib.loads((SCHEMES / "instruments.toml").read_text(encoding="utf-8"))["instrument"]

KINDS = {
    "grant",
    "loan",
    "budget",
    "tax",
    "fund",
    "package",
    "service",
    "desk",
    "portal",
    "register",
    "route",
    "programme",
    "pilot",
    "partnership",
    "agreement",
    "campaign",
    "research",
    "publication",
    "law",
    "option",
}
STATUSES = {
    "running",
    "crisis",
    "announced",
    "pilot",
    "exploration",
    "ended",
    "delivered",
    "reference",
    "option",
    "proposal",
}
SCHEME_IDS = {
    "nl-leert-door-ontwikkeladvies",
    "nl-leert-door-scholing",
    "nl-leert-door-sectoraal-maatwerk",
    "omscholing-naar-krapteberoepen",
    "tijdelijk-scholingsbudget-ww",
    "stap-budget",
    "ontwikkeladvies-stap",
    "ontwikkeladvies-45-plus",
    "slim-regeling",
    "slim-scholing",
    "tel-mee-met-taal-2021-2024",
    "subsidieregeling-praktijkleren",
    "praktijkleren-derde-leerweg",
    "levenlanglerenkrediet",
    "mkb-idee",
    "rif",
    "subsidieregeling-flexibilisering-mbo",
    "maatwerkregeling-di-eu",
    "mip-subsidieregeling",
    "werktuig-ppo",
    "twents-fonds-voor-vakmanschap",
    "intersectoraal-scholingsbudget-zuid-limburg",
    "perspectief-op-werk",
    "regionale-mobiliteitsteams",
    "praktijkverklaring-route",
    "evc",
    "gerichte-vrijstelling-scholingskosten",
    "private-individuele-ontwikkelbudgetten",
    "sectorale-regelingen-zorg-onderwijs",
    "uwv-re-integratiebudgetten",
    "reguliere-studiefinanciering",
    "esf",
}


def by_id(entry):
    return entry["id"]


def test_no_instrument_occurs_twice():
    """Ids of instruments are unique."""
    ids = [entry["id"] for entry in INSTRUMENTS]
    assert len(ids) == len(set(ids))


def test_every_instrument_of_the_catalogue_is_there_with_its_pillar_and_source():
    """All 157 instruments of the catalogue are in the list with the same pillar and source."""
    if not CATALOGUE.exists():
        pytest.skip("the catalogue of the source papers is not beside this checkout")
    catalogue = {entry["id"]: entry for entry in json.loads(CATALOGUE.read_text(encoding="utf-8"))["instruments"]}
    ours = {entry["id"]: entry for entry in INSTRUMENTS}
    assert set(catalogue) <= set(ours)
    for name, theirs in catalogue.items():
        star = "*" if ours[name].get("assigned") else ""
        assert (name, f"{ours[name]['pillar']}{star}") == (name, theirs["pillar"])
        assert ours[name]["source"] == theirs["source"]


@pytest.mark.parametrize("entry", INSTRUMENTS, ids=by_id)
def test_an_entry_is_complete_and_in_two_languages(entry):
    """Each entry has every field, in Dutch and English, with values from the closed lists."""
    texts = ["name", "runs", "for_whom", "what"] + ([] if entry["computed"] else ["why"])
    for key in texts:
        assert entry[key]["nl"].strip(), key
        assert entry[key]["en"].strip(), key
    assert entry["kind"] in KINDS
    assert entry["status"] in STATUSES
    assert entry["pillar"] in {1, 2, 3, 4, "cross"}
    assert entry["source"]
    assert ("why" in entry) is not entry["computed"]
    assert entry["schemes"] or not entry["computed"]


@pytest.mark.parametrize("entry", INSTRUMENTS, ids=by_id)
def test_every_scheme_that_an_entry_names_exists(entry):
    """A link to a scheme leads to a scheme that exists."""
    folders = {folder.name for folder in SCHEMES.iterdir() if folder.is_dir()}
    assert set(entry["schemes"]) <= SCHEME_IDS | folders


def test_every_scheme_is_an_instrument_that_is_computed_by_itself():
    """Each scheme is in the overview under its own id, as computed."""
    ours = {entry["id"]: entry for entry in INSTRUMENTS}
    for scheme in SCHEME_IDS:
        assert ours[scheme]["computed"], scheme
        assert scheme in ours[scheme]["schemes"], scheme


def test_what_a_scheme_file_says_it_computes_is_told_as_computed():
    """What a scheme file claims to compute is what the overview calls computed."""
    ours = {entry["id"]: entry for entry in INSTRUMENTS}
    for path in sorted(SCHEMES.glob("*/[0-9]*.toml")):
        version = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in version.get("instruments", []):
            assert ours[name]["computed"], f"{path.parent.name} computes {name}"
            assert version["id"] in ours[name]["schemes"], f"{path.parent.name} computes {name}"


def test_the_crisis_form_of_practice_learning_points_to_the_scheme_that_followed():
    """The crisis form of practice learning of 2021 is a version of the scheme that followed it."""
    ours = {entry["id"]: entry for entry in INSTRUMENTS}
    assert ours["praktijkleren-mbo-crisis-63m"]["schemes"] == ["praktijkleren-derde-leerweg"]
