"""`doorleren bundle submit FILE.csv --as ADVISER`: register the people in a file for an adviser, and print each row's answer."""

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from django.conf import settings

from doorleren.applications.bundles.queries import advising_for, answers_of, rounds_to_register_in
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.bundles.rows import BundleUnreadable, rows_of_csv
from doorleren.applications.commands.submit_bundle import Sealing, submit_bundle
from doorleren.cli.acting import Wrong, vouched_for
from doorleren.cli.surroundings import extra_folders, now, read_text, today
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.national_number import NoKeys, keys
from doorleren.rounds.models import Round
from doorleren.rules.library import open_library


def run(options: argparse.Namespace) -> int:
    """Hand the file in. Exit code 0 when no row was refused, 1 when one was or the bundle is refused, 2 for bad input."""
    at, library = now(), open_library(extra_folders())
    try:
        rows = rows_of_csv(read_text(options.file), library.vocabulary)
        by = vouched_for(options.adviser, "bundle", at=at, second_factor=False)
        organisation = _organisation(by.person, options.organisation, at)
        round_ = _round(options.round)
        sealing = Sealing(keys(), bytes(settings.DOORLEREN_PERSON_KEY), settings.DOORLEREN_SIGNING_KEY)
        bundle = submit_bundle(
            round_, rows, organisation=organisation, sealing=sealing, today=today(), library=library,
            by=by, at=at,
        )  # fmt: skip
    except (Wrong, BundleUnreadable) as fault:
        return _refuse(fault.texts["en"] if isinstance(fault, BundleUnreadable) else str(fault), 2)
    except BundleRefused as refused:
        return _refuse(refused.texts["en"], 1)
    except NotAllowed as refused:
        return _refuse(refused.refused.texts["en"], 1)
    except NoKeys as error:
        return _refuse(str(error), 1)
    told = answers_of(bundle)
    print(json.dumps(told, indent=2, ensure_ascii=False) if options.json else "\n".join(_lines(told)))
    return 1 if told["refused"] else 0


def _lines(told: dict[str, Any]) -> list[str]:
    """Write the answers for people: one line a row, then the counts."""
    lines = []
    for row in told["answers"]:
        number = f"number {row['number']}, application {row['application']}" if row["number"] else ""
        why = "; ".join(
            f"{one['field']}: {one['en']}" + (f" ({one['rule']}: {one['source']})" if one["source"] else "")
            for one in row["faults"]
        )
        lines.append(f"{row['row']:>6}  {row['reference'] or '-':<20} {row['outcome']:<9} {number or why}".rstrip())
    counts = ", ".join(f"{name} {told[name]}" for name in ("accepted", "already", "refused"))
    return [*lines, f"bundle {told['bundle']} in {told['scheme']} {told['round']}: {told['rows']} rows, {counts}"]


def _organisation(adviser: int, kvk: str | None, at: datetime) -> int:
    roles = advising_for(adviser, day_of(at))
    firms = {role.organisation.kvk: role.organisation.pk for role in roles if role.organisation}
    if kvk is None and len(firms) == 1:
        return next(iter(firms.values()))
    if kvk is not None and kvk in firms:
        return firms[kvk]
    if not firms:
        raise Wrong("--as: given is a person who is no career adviser of a firm whose mandate holds today")
    raise Wrong(f"--organisation: given is {kvk or 'none'}, allowed are: {', '.join(sorted(firms)) or 'none'}")


def _round(number: str | None) -> Round:
    """Give the round: the one that was named, else the only one in which advisers register; rehearsals come last."""
    rounds = rounds_to_register_in()
    if number is not None:
        for one in rounds:
            if str(one.pk) == number:
                return one
    real = [one for one in rounds if not one.rehearsal] or rounds
    if number is None and len(real) == 1:
        return real[0]
    known = ", ".join(f"{one.pk} ({one.version.scheme} {one.code})" for one in rounds) or "none is open now"
    raise Wrong(f"--round: given is {number or 'none'}, allowed are: {known}")


def _refuse(text: str, code: int) -> int:
    print(f"doorleren bundle: {text}", file=sys.stderr)
    return code
