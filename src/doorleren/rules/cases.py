"""Worked examples (`cases.toml` beside a scheme): facts and a day in, the expected verdict, and what came instead."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from doorleren.core.days import AMSTERDAM, Asked, day_of
from doorleren.rules.faults import SchemeFault
from doorleren.rules.files import read_toml
from doorleren.rules.profile import Profile, read_profile
from doorleren.rules.shape import Part
from doorleren.rules.vocabulary import Vocabulary

EXPECTABLE = ("verdict", "amount", "amount_max", "round", "track", "missing", "provided", "holds")


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example of one scheme."""

    scheme: str
    id: str
    text: str
    asked: Asked
    profile: Profile
    expect: Mapping[str, Any]
    source: str


def read_cases(path: Path, vocabulary: Vocabulary) -> Iterator[Case]:
    """Read the cases of one scheme. Raises SchemeFault or ProfileFault for what does not fit."""
    whole = Part(read_toml(path), f"{path.parent.name}/{path.name}")
    profiles = whole.optional("profile", dict, {})
    seen: set[str] = set()
    for part in whole.parts("case"):
        case = _case(part, profiles, path.parent.name, vocabulary)
        if case.id in seen:
            part.refuse("id", case.id, "each id once")
        seen.add(case.id)
        yield case
    whole.finish()


def _case(part: Part, profiles: Mapping[str, Any], scheme: str, vocabulary: Vocabulary) -> Case:
    base = part.optional("profile", str)
    if base is not None and base not in profiles:
        part.refuse("profile", base, "one of " + ", ".join(profiles))
    content = deepcopy(profiles.get(base, {}))
    for table, members in part.optional("change", dict, {}).items():
        content.setdefault(table, {}).update(members)
    for name in part.optional("unknown", list, []):
        table, _, short = name.partition(".")
        content.get(table, {}).pop(short, None)
        if not content.get(table, True):
            del content[table]
    part.optional("en"), part.optional("note")
    case = Case(
        scheme=scheme,
        id=part.required("id", str),
        text=part.required("nl", str),
        asked=_asked(part),
        profile=read_profile(content, vocabulary),
        expect=part.required("expect", dict),
        source=part.required("source", str),
    )
    for key in case.expect:
        if key not in EXPECTABLE:
            part.refuse("expect", key, ", ".join(EXPECTABLE))
    part.finish()
    return case


def _asked(part: Part) -> Asked:
    value = part.required("on")
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=AMSTERDAM) if value.tzinfo is None else value.astimezone(AMSTERDAM)
        return Asked(day_of(moment), moment)
    if isinstance(value, date):
        return Asked(value)
    raise SchemeFault(f"{part.where}, on: given {value!r}, allowed is a day or a moment")


def differences(case: Case, verdict: Mapping[str, Any], held: Mapping[str, bool | None]) -> list[str]:
    """Compare a verdict (as the contract writes it) with what the case expects; nothing means it agrees.

    `held` says of every condition of the version, also of other tracks, whether it holds.
    """
    found = []
    for key, wanted in case.expect.items():
        match key:
            case "holds":
                given = {name: _word(holds) for name, holds in held.items()}
                for condition, word in wanted.items():
                    if given.get(condition) != word:
                        found.append(f"{condition}: expected {word}, got {given.get(condition, 'no such condition')}")
            case "provided":
                given_ids = [one["condition"] for one in verdict["provided"]]
                found += [f"provided: expected {name}" for name in wanted if name not in given_ids]
            case "missing":
                if sorted(wanted) != verdict["missing"]:
                    found.append(f"missing: expected {sorted(wanted)}, got {verdict['missing']}")
            case _:
                wanted = None if wanted == "none" and key.startswith("amount") else wanted
                if str(wanted) != str(verdict[key]):
                    found.append(f"{key}: expected {wanted}, got {verdict[key]}")
    return found


def _word(holds: bool | None) -> str:
    return "unknown" if holds is None else str(holds).lower()
