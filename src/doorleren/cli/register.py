"""`doorleren register`: import a file with training activities, search, export, rebuild the read index, pull, publish."""

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from doorleren.cli import register_export, register_feeds, register_import
from doorleren.cli.rebuilding import rebuilt
from doorleren.cli.surroundings import asked_on, extra_folders, home, read_text, today
from doorleren.core.money import euros
from doorleren.core.texts import in_language
from doorleren.register.intake.faults import Unreadable
from doorleren.register.portal import Found, Portal
from doorleren.register.search.asking import ALIKE, FILLER, HERE, PLACE, SPELLING, WHERE, BadQuery, Query, Understood
from doorleren.register.search.reader import IndexUnavailable
from doorleren.register.search.versions import BuildRunning
from doorleren.rules.library import open_library
from doorleren.rules.profile import Profile, read_json, read_profile

OPTIONS = {"size": "--limit", "within_km": "--radius", "postcode": "--postcode"}
"""The options that fill the fields of a query."""


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 2 for a file or question that cannot be read, 1 where rows were refused."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "import": register_import.run, "search": _search, "export": register_export.run, "rebuild": _rebuild,
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
    except Unreadable as fault:
        print(f"doorleren: {' '.join(in_language(fault.text, options.language).split())}", file=sys.stderr)
        return 2
    except (IndexUnavailable, BuildRunning) as fault:
        print(f"doorleren: {' '.join(str(fault).split())}", file=sys.stderr)
        return 2


def _search(options: argparse.Namespace) -> int:
    library = open_library(extra_folders())
    profile: Profile = {}
    if options.profile:
        profile = read_profile(read_json(read_text(options.profile)), library.vocabulary)
    query = Query(
        text=options.query, postcode=options.postcode, within_km=options.radius, size=options.limit,
        literal=tuple(options.literal),
    )  # fmt: skip
    found = Portal(library, home()).search(query, profile=profile, today=asked_on(options.on).day)
    print(json.dumps(_found(found), ensure_ascii=False, indent=2) if options.json else _found_in_words(found))
    return 0


def _found(found: Found) -> dict[str, Any]:
    hits = []
    for hit in found.results.hits:
        listing, paid = found.listings[hit.key], found.to_pay[hit.key]
        hits.append({
            "id": hit.key, "title": listing.entry.title, "provider": listing.provider.name,
            "place": ", ".join(dict.fromkeys(run.place for run in listing.entry.runs if run.place)) or listing.provider.place,
            "price": _euros(paid.price_cents), "to_pay": _euros(paid.to_pay_cents), "certain": paid.certain,
            "schemes": list(paid.schemes), "km": hit.km, "because": [list(pair) for pair in hit.because],
        })  # fmt: skip
    others = [{"kind": one.kind, "words": one.words} for one in found.results.suggestions]
    known = found.results.postcode_known
    understood = [asdict(one) for one in found.results.understood]
    return {
        "total": found.results.total, "understood": understood, "hits": hits, "suggestions": others, "postcode_known": known,
    }  # fmt: skip


def _found_in_words(found: Found) -> str:
    lines = [f"{found.results.total} trainings"]
    lines += [_understood(one) for one in found.results.understood]
    for one in _found(found)["hits"]:
        price = f"EUR {one['price']}" if one["price"] else "price not told"
        left = f", {'' if one['certain'] else 'at least '}EUR {one['to_pay']} to pay" if one["to_pay"] else ""
        far = f", {one['km']:.0f} km" if one["km"] is not None else ""
        lines.append(f"{one['id']:>8}  {one['title']}, {one['provider']} ({one['place']}{far}): {price}{left}")
    if not found.results.postcode_known:
        lines.append("This postcode is not known here, so there are no distances; try the name of a place")
    lines += [f"Perhaps: {one.words or 'all trainings'} ({one.kind})" for one in found.results.suggestions]
    return "\n".join(lines)


def _understood(one: Understood) -> str:
    """Say as what some words were taken, and how to look for the words themselves."""
    told = {
        PLACE: f"was taken for the place {one.value} and {one.km} km around it",
        WHERE: f"was taken for the place {one.value}",
        HERE: f"was taken for {one.km} km around {one.value}" if one.value else "needs --postcode to say what is near",
        FILLER: "was left out",
        SPELLING: f"finds nothing, so these are for {one.value!r}",
        ALIKE: f"finds nothing; these only look like it: {one.value!r}",
    }.get(one.facet, f"was taken for {one.facet} {one.value}")
    ways = [] if one.facet == WHERE else [f"--literal {shlex.quote(one.words)} looks for the words"]
    ways += [f"--postcode {shlex.quote(other)} is another place of that name" for other in one.others]
    return "; ".join((f"{one.words!r} {told}", *ways))


def _euros(cents: int | None) -> str | None:
    return None if cents is None else euros(cents)


def _rebuild(_options: argparse.Namespace) -> int:
    built = rebuilt(open_library(extra_folders()), today())
    print(f"{built.activities} activities in the index")
    return 0
