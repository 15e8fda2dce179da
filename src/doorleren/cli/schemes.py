"""`doorleren schemes`: the overview on a day, or with --coverage what can and cannot be computed of each scheme."""

import argparse
import json
from typing import Any

from doorleren.cli.surroundings import asked_on, extra_folders
from doorleren.finder.contract import scheme_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.versions import Scheme, Version


def run(options: argparse.Namespace) -> int:
    """Print all schemes: those in force on the day if one is named, else each in its version of today or nearest to it."""
    asked = asked_on(options.on)
    chosen: list[tuple[Scheme, Version]] = []
    for scheme in open_library(extra_folders()).schemes.values():
        version = scheme.on(asked.day) if options.on else scheme.on(asked.day) or scheme.nearest(asked.day)
        if version is not None:
            chosen.append((scheme, version))
    if options.json:
        entries = [_entry(scheme, version, options) for scheme, version in chosen]
        print(json.dumps(entries, ensure_ascii=False, indent=2))
        return 0
    for scheme, version in chosen:
        print(_line(scheme, version, options.language))
        if options.coverage:
            print("\n".join(_coverage_lines(version, options.language)))
    return 0


def _entry(scheme: Scheme, version: Version, options: argparse.Namespace) -> dict[str, Any]:
    entry = scheme_as_dict(scheme, version, options.language)
    if options.coverage:
        entry["coverage"] = [
            {"condition": one.id, "text": one.says(options.language), "when": one.when, "why": one.why or None,
             "source": str(one.citation)} for one in version.conditions()
        ]  # fmt: skip
    return entry


def _line(scheme: Scheme, version: Version, language: str) -> str:
    entry = scheme_as_dict(scheme, version, language)
    covered = f"{entry['computable']} of {entry['conditions']} conditions can be checked"
    until = f"to {version.ends}" if version.ends else "no end named"
    return f"{scheme.id}  {entry['name']}  ({version.version}, {until})  {covered}, {len(version.rounds)} rounds"


def _coverage_lines(version: Version, language: str) -> list[str]:
    return [
        f"  {'checked ' if one.when else 'told    '} {one.id}: {one.says(language)}"
        + ("" if one.when else f"  [{one.why}]")
        for one in version.conditions()
    ]
