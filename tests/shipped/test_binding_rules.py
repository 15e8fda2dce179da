"""Nothing that the research notes list for a scheme is lost: each rule is encoded, or left out with a reason.

The notes are no part of this repository; without them beside it these tests are skipped.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Version
from doorleren.shipped import folder

NOTES = Path(__file__).parents[3] / "shared" / "mission" / "binding-rules.md"
SECTIONS = {
    2: ["stap-budget"],
    3: ["nl-leert-door-ontwikkeladvies"],
    4: ["nl-leert-door-scholing"],
    5: ["nl-leert-door-sectoraal-maatwerk"],
    6: ["omscholing-naar-krapteberoepen"],
    7: ["slim-regeling"],
    8: ["slim-scholing"],
    9: ["tel-mee-met-taal-2021-2024"],
    10: ["subsidieregeling-praktijkleren"],
    11: ["praktijkleren-derde-leerweg"],
    12: ["levenlanglerenkrediet"],
    13: ["tijdelijk-scholingsbudget-ww"],
    14: ["mkb-idee"],
    15: ["rif"],
    16: ["maatwerkregeling-di-eu", "mip-subsidieregeling"],
    17: ["subsidieregeling-flexibilisering-mbo"],
    18: ["perspectief-op-werk"],
    19: ["regionale-mobiliteitsteams"],
    21: ["werktuig-ppo"],
    23: ["evc"],
}
"""Sections 20 (the desks) and 22 (the register) describe no scheme that anyone can ask for."""

needs_notes = pytest.mark.skipif(
    not NOTES.exists(), reason="the research notes (../shared/mission/binding-rules.md) are absent"
)
ALL_RULES = [
    (path.parent.name, rule)
    for path in sorted(folder("schemes").glob("*/rules.toml"))
    for rule in tomllib.loads(path.read_text("utf-8")).get("rule", [])
]

EXISTS: dict[str, Callable[[Version, str], bool]] = {
    "condition": lambda version, name: any(one.id == name for one in version.conditions()),
    "parameter": lambda version, name: name in version.parameters,
    "round": lambda version, name: any(one.id == name for one in version.rounds),
    "evidence": lambda version, name: any(one.id == name for one in version.evidence),
    "track": lambda version, name: any(one.id == name for one in version.tracks),
    "amount": lambda version, name: not name or any(one.id == name for one in version.tracks),
    "in_force": lambda version, name: not name or version.version == name,
    "once": lambda version, name: any(one.id == name and one.once is not None for one in version.tracks),
    "stacking": lambda version, name: bool(_stacking(version, name)),
}


def _stacking(version: Version, name: str) -> object:
    stacking = version.stacking
    return {
        "excludes": stacking.excludes,
        "only_above_cap": stacking.only_above_cap,
        "per_calendar_year": stacking.per_calendar_year,
        "group": stacking.group,
        "de_minimis": stacking.de_minimis_cap,
    }[name]


def sections() -> dict[int, str]:
    """Give the text of each section of the notes by its number."""
    parts = re.split(r"^## (\d+)\. ", NOTES.read_text("utf-8"), flags=re.MULTILINE)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def labels(text: str) -> list[str]:
    """Give the bold labels with which paragraphs and bullets of a section begin."""
    return re.findall(r"^(?:- )?\*\*(.+?)\*\*", text, flags=re.MULTILINE)


def plain(label: str) -> str:
    """Give a label without its full stop and capitals, as it is compared."""
    return label.strip().rstrip(". ").lower()


def rules_of(schemes: list[str], section: int) -> list[dict[str, Any]]:
    """Give what schemes say of the rules of a section."""
    return [rule for scheme, rule in ALL_RULES if scheme in schemes and rule["section"] == section]


@needs_notes
@pytest.mark.parametrize("section", SECTIONS)
def test_every_rule_of_the_notes_is_accounted_for(section: int) -> None:
    """Each bold label of a section, or each bullet where there are none, has an entry in the scheme's rules.toml."""
    text = sections()[section]
    known = {plain(rule["label"]) for rule in rules_of(SECTIONS[section], section)}
    wanted = [label for label in labels(text) if plain(label) not in known]
    bullets = [line[2:] for line in text.splitlines() if line.startswith("- ") and not line.startswith("- **")]
    if not labels(text):
        wanted += [line[:60] for line in bullets if not any(plain(line).startswith(label) for label in known)]
        assert bullets
    assert wanted == []


@needs_notes
@pytest.mark.parametrize("section", SECTIONS)
def test_no_entry_speaks_of_a_rule_that_is_not_there(section: int) -> None:
    """Each entry's label stands in its section, so that a slip in a number or a word shows."""
    text = sections()[section].lower()
    assert [rule["label"] for rule in rules_of(SECTIONS[section], section) if plain(rule["label"]) not in text] == []


@pytest.mark.parametrize("scheme", list(open_library().places))
def test_what_is_encoded_exists(scheme: str, library: Library) -> None:
    """Each condition, parameter, round, evidence, track, amount and stacking rule that an entry names is in some version."""
    versions = library.scheme(scheme).versions
    lost = []
    for one, rule in ALL_RULES:
        if one == scheme:
            for reference in rule.get("encoded", ()):
                kind, _, name = reference.partition(":")
                if not any(EXISTS[kind](version, name) for version in versions):
                    lost.append(f"{rule['label']}: {reference}")
    assert lost == []


@pytest.mark.parametrize("scheme", list(open_library().places))
def test_every_rule_is_encoded_or_left_out_with_a_reason(scheme: str) -> None:
    """Each entry names what it became, and each thing left out says why."""
    rules = [rule for one, rule in ALL_RULES if one == scheme]
    assert rules
    assert [rule["label"] for rule in rules if not rule.get("encoded") and not rule.get("omitted")] == []
    assert [
        rule["label"] for rule in rules for one in rule.get("omitted", ()) if not one.get("what") or not one.get("why")
    ] == []
