"""`doorleren register import`: read a file, bring the register up to it, and say what that changed, in one language."""

import argparse
import json
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from doorleren.cli.rebuilding import rebuilt
from doorleren.cli.surroundings import extra_folders, now
from doorleren.core.days import day_of
from doorleren.core.texts import in_language
from doorleren.register.commands.receive_delivery import Outcome, Refusal
from doorleren.register.incoming import receive_file
from doorleren.register.intake.mapping import read_mapping
from doorleren.register.intake.rows import Reading
from doorleren.register.intake.texts import slug
from doorleren.rules.library import Library, open_library

SHOWN = 20
"""Refused rows that are printed; --json gives all that were kept."""
KINDS = ("new", "changed", "unchanged", "refused")
_WORDS = {
    "nl": {
        "columns": "Kolommen, en de velden waarvoor ze zijn genomen:", "rows": "Van de rijen {verb}: {counts}.",
        "are": "zijn", "would be": "zouden zijn", "new": "{n} nieuw", "changed": "{n} veranderd", "unchanged": "{n} hetzelfde",
        "refused": "{n} geweigerd", "seconds": "{register} seconden voor het register, {index} voor de index",
        "errors": "Geweigerd:", "left_out": "Opgenomen met een opmerking; wat niet te lezen is, is weggelaten:",
        "more": "  en meer; --json geeft de eerste {n}",
    },
    "en": {
        "columns": "Columns, and the fields they were taken for:", "rows": "Of the rows {verb}: {counts}.",
        "are": "are", "would be": "would be", "new": "{n} new", "changed": "{n} changed", "unchanged": "{n} unchanged",
        "refused": "{n} refused", "seconds": "{register} seconds for the register, {index} for the index",
        "errors": "Refused:", "left_out": "Taken in with a remark; what cannot be read is left out:",
        "more": "  and more; --json gives the first {n}",
    },
}  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Import a file. Exit code 1 where rows were refused. Raises Unreadable for a file or mapping that cannot be read."""
    moment, began = now(), time.monotonic()
    outcome, reading = receive_file(
        Path(options.file), form=options.format, source=options.source, by="command line", at=moment,
        default_provider=slug(options.source), mapping="auto" if options.mapping == "auto" else read_mapping(Path(options.mapping)), dry_run=options.dry_run,
    )  # fmt: skip
    received = time.monotonic()
    if outcome.new or outcome.changed:
        rebuild_unless(options.dry_run, open_library(extra_folders()), day_of(moment))
    told = as_dict(outcome, reading, options.language, dry_run=options.dry_run)
    told["seconds"] = {"register": round(received - began, 2), "index": round(time.monotonic() - received, 2)}
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else in_words(told, options.language))
    return 1 if outcome.refused else 0


def rebuild_unless(dry_run: bool, library: Library, today: date) -> None:
    """Rebuild the read index after an import that changed something."""
    if not dry_run:
        rebuilt(library, today)


def as_dict(outcome: Outcome, reading: Reading, language: str, *, dry_run: bool) -> dict[str, Any]:
    """Give what an import did as JSON: names and codes are the same in each language, sentences are in the one asked."""
    return {
        "dry_run": dry_run, "delivery": outcome.delivery, **{kind: getattr(outcome, kind) for kind in KINDS},
        "mapping": reading.mapping.as_json() if reading.mapping else None,
        "notes": [in_language(one, language) for one in reading.notes],
        "errors": [_fault(one, language, refuses=True) for one in outcome.refusals],
        "left_out": [_fault(one, language, refuses=False) for one in outcome.left_out],
    }  # fmt: skip


def _fault(one: Refusal, language: str, *, refuses: bool) -> dict[str, Any]:
    told = asdict(one)
    english = told.pop("english")
    return told | (english if language == "en" else {}) | {"refuses": refuses}


def in_words(told: dict[str, Any], language: str) -> str:
    """Say what an import did."""
    words = _WORDS[language]
    columns = (told["mapping"] or {}).get("columns", {})
    lines = [words["columns"]] if columns else []
    lines += [*(f"  {name} -> {field}" for name, field in columns.items()), *told["notes"]]
    counts = ", ".join(words[kind].format(n=told[kind]) for kind in KINDS)
    lines.append(words["rows"].format(verb=words["would be" if told["dry_run"] else "are"], counts=counts))
    lines.append(words["seconds"].format(**told["seconds"]))
    for kind in ("errors", "left_out"):
        wrong = told[kind]
        lines += [words[kind]] if wrong else []
        lines += [f"  {one['text']}" for one in wrong[:SHOWN]]
        lines += [words["more"].format(n=len(wrong))] if len(wrong) > SHOWN else []
    return "\n".join(lines)
