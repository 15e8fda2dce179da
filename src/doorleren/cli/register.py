"""`doorleren register`: import a file with training activities, search, export, rebuild the read index, pull, publish."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from doorleren.cli import register_export, register_feeds
from doorleren.cli.rebuilding import rebuilt
from doorleren.cli.surroundings import asked_on, extra_folders, home, now, read_text, today
from doorleren.core.money import euros
from doorleren.register.commands.receive_delivery import Outcome
from doorleren.register.incoming import receive_file
from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.mapping import read_mapping
from doorleren.register.intake.rows import Reading
from doorleren.register.intake.texts import slug
from doorleren.register.portal import Found, Portal
from doorleren.register.search.asking import BadQuery, Query
from doorleren.register.search.reader import IndexUnavailable
from doorleren.register.search.versions import BuildRunning
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import Profile, read_json, read_profile

SHOWN = 20
"""Refused rows that are printed; --json gives all that were kept."""
OPTIONS = {"size": "--limit", "within_km": "--radius", "postcode": "--postcode"}
"""The options that fill the fields of a query."""


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 2 for a file or question that cannot be read, 1 where rows were refused."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "import": _import, "search": _search, "export": register_export.run, "rebuild": _rebuild,
        "pull": register_feeds.pull, "publish": register_feeds.publish,
    }  # fmt: skip
    try:
        return acts[options.act](options)
    except BadQuery as fault:
        print(
            f"doorleren: {OPTIONS.get(fault.field, fault.field)}: given {fault.given!r}, allowed is {fault.allowed}",
            file=sys.stderr,
        )
        return 2
    except (Unreadable, IndexUnavailable, BuildRunning) as fault:
        print(f"doorleren: {' '.join(str(fault).split())}", file=sys.stderr)
        return 2


def _import(options: argparse.Namespace) -> int:
    moment, began = now(), time.monotonic()
    outcome, reading = receive_file(
        Path(options.file), form=options.format, source=options.source, by="command line", at=moment,
        default_provider=slug(options.source), mapping="auto" if options.mapping == "auto" else read_mapping(Path(options.mapping)), dry_run=options.dry_run,
    )  # fmt: skip
    received = time.monotonic()
    if outcome.new or outcome.changed:
        rebuild_unless(options.dry_run, open_library(extra_folders()), moment.date())
    told = _as_dict(outcome, reading, dry_run=options.dry_run)
    told["seconds"] = {"register": round(received - began, 2), "index": round(time.monotonic() - received, 2)}
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else _in_words(told))
    return 1 if outcome.refused else 0


def rebuild_unless(dry_run: bool, library: Library, today: date) -> None:
    """Rebuild the read index after an import that changed something."""
    if not dry_run:
        rebuilt(library, today)


def _as_dict(outcome: Outcome, reading: Reading, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run, "delivery": outcome.delivery, "new": outcome.new, "changed": outcome.changed,
        "unchanged": outcome.unchanged, "refused": outcome.refused, "mapping": reading.mapping.as_json() if reading.mapping else None,
        "notes": [one["nl"] for one in reading.notes],
        "errors": [{**asdict(one), "refuses": True} for one in outcome.refusals],
        "left_out": [{**asdict(one), "refuses": False} for one in outcome.left_out],
    }  # fmt: skip


def _in_words(told: dict[str, Any]) -> str:
    columns = (told["mapping"] or {}).get("columns", {})
    lines = ["Columns, and the fields they were taken for:"] if columns else []
    lines += [*(f"  {name} -> {field}" for name, field in columns.items()), *told["notes"]]
    verb = "would be" if told["dry_run"] else "are"
    lines.append(", ".join(f"{told[name]} rows {verb} {name}" for name in ("new", "changed", "unchanged", "refused")))
    lines.append(f"{told['seconds']['register']} seconds for the register, {told['seconds']['index']} for the index")
    for heading, wrong in (
        ("Refused:", told["errors"]),
        ("Taken in with a remark, without the values that cannot be read:", told["left_out"]),
    ):
        lines += [heading] if wrong else []
        lines += [f"  {one['text']}" for one in wrong[:SHOWN]]
        lines += [f"  and more; --json gives the first {len(wrong)}"] if len(wrong) > SHOWN else []
    return "\n".join(lines)


def _search(options: argparse.Namespace) -> int:
    library = open_library(extra_folders())
    profile: Profile = {}
    if options.profile:
        profile = read_profile(read_json(read_text(options.profile)), library.vocabulary)
    query = Query(text=options.query, postcode=options.postcode, within_km=options.radius, size=options.limit)
    found = Portal(library, home()).search(query, profile=profile, today=asked_on(options.on).day)
    print(json.dumps(_found(found), ensure_ascii=False, indent=2) if options.json else _found_in_words(found))
    return 0


def _found(found: Found) -> dict[str, Any]:
    hits = []
    for hit in found.results.hits:
        listing, paid = found.listings[hit.key], found.to_pay[hit.key]
        hits.append({
            "id": hit.key, "title": listing.entry.title, "provider": listing.provider.name, "place": listing.provider.place,
            "price": _euros(paid.price_cents), "to_pay": _euros(paid.to_pay_cents), "certain": paid.certain,
            "schemes": list(paid.schemes), "km": hit.km, "because": [list(pair) for pair in hit.because],
        })  # fmt: skip
    others = [{"kind": one.kind, "words": one.words} for one in found.results.suggestions]
    known = found.results.postcode_known
    return {"total": found.results.total, "hits": hits, "suggestions": others, "postcode_known": known}


def _found_in_words(found: Found) -> str:
    lines = [f"{found.results.total} trainings"]
    for one in _found(found)["hits"]:
        price = f"EUR {one['price']}" if one["price"] else "price not told"
        left = f", {'' if one['certain'] else 'at least '}EUR {one['to_pay']} to pay" if one["to_pay"] else ""
        far = f", {one['km']:.0f} km" if one["km"] is not None else ""
        lines.append(f"{one['id']:>8}  {one['title']}, {one['provider']} ({one['place']}{far}): {price}{left}")
    if not found.results.postcode_known:
        lines.append("This postcode is not known here, so there are no distances; try the name of a place")
    lines += [f"Perhaps: {one.words or 'all trainings'} ({one.kind})" for one in found.results.suggestions]
    return "\n".join(lines)


def _euros(cents: int | None) -> str | None:
    return None if cents is None else euros(cents)


def _rebuild(_options: argparse.Namespace) -> int:
    built = rebuilt(open_library(extra_folders()), today())
    print(f"{built.activities} activities in the index")
    return 0
