"""A bundle of 10,000 registrations, through the product's own command: read, checked, stored and answered row by row.

The database is embedded and durable, as `serve` starts it; every run is a fresh round and a fresh lot of people. The bar
is that of the issue: 5 seconds. Prints also what the bundle's parts take, the same bundle sent again, and another one handed in
as a program does it, over the API (`bundle_api.py`), under the same bar.
"""

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.measuring import Report
from bench.rush_site import fresh_site
from doorleren.core.days import day_of

ROWS, RUNS = 10_000, 3
MOST_SECONDS = 5.0
FIRST_NUMBER = 900_000_000
"""Test numbers from here on, which pass the 11-test and belong to nobody."""


def numbers(count: int, first: int) -> list[str]:
    """Give so many national numbers that pass the 11-test, from a number on."""
    found: list[str] = []
    one = first
    while len(found) < count:
        digits = [int(sign) for sign in str(one)]
        last = sum(digit * weight for digit, weight in zip(digits[:8], range(9, 1, -1), strict=True)) % 11
        if last < 10:
            found.append(f"{one // 10}{last}")
        one += 10
    return found


def csv_of(run: int, rows: int, facts: Sequence[str]) -> bytes:
    """Write a bundle: people of whom every one has the answers that the track asks."""
    head = ";".join(["kenmerk", "bsn", "naam", "geboortedatum", *facts])
    answers = ";ja" * len(facts)
    lines = [
        f"r{run}-{place};{number};Persoon {chr(97 + place % 26)}{chr(97 + place // 26 % 26)}a;"
        f"{1960 + place % 40}-{1 + place % 12:02}-{1 + place % 28:02}{answers}"
        for place, number in enumerate(numbers(rows, FIRST_NUMBER + run * 1_000_000))
    ]
    return "\n".join([head, *lines]).encode()


def measured(rows: int, runs: int, report: Report, home: Path) -> None:
    """Hand in a bundle per run and tell how long it took."""
    from doorleren.applications.bundles.queries import answers_of
    from doorleren.applications.bundles.rows import rows_of_csv
    from doorleren.applications.commands.submit_bundle import submit_bundle

    taken: dict[str, list[float]] = {name: [] for name in ("all", "read", "submit", "answer", "again")}
    busy: dict[str, list[float]] = {"ours": [], "database": []}
    for run in range(runs + 1):
        given, facts = a_setting(home, run)
        content, library = csv_of(run, rows, facts), given["library"]
        spent = (time.process_time(), database_seconds())
        begun = time.perf_counter()
        read = rows_of_csv(content, library.vocabulary)
        parts = [time.perf_counter()]
        bundle = submit_bundle(given["round_"], read, **{name: one for name, one in given.items() if name != "round_"})
        parts.append(time.perf_counter())
        answers = answers_of(bundle)
        parts.append(time.perf_counter())
        worked = (time.process_time() - spent[0], database_seconds() - spent[1])
        submit_bundle(given["round_"], read, **{name: one for name, one in given.items() if name != "round_"})
        parts.append(time.perf_counter())
        if (answers["accepted"], len(answers["answers"])) != (rows, rows):
            raise SystemExit(f"of {rows} rows {answers['accepted']} were accepted: {answers['answers'][0]}")
        if run:  # the first one warms up
            for name, value in zip(
                ("read", "submit", "answer", "again", "all"),
                (parts[0] - begun, parts[1] - parts[0], parts[2] - parts[1], parts[3] - parts[2], parts[2] - begun),
                strict=True,
            ):
                taken[name].append(value)
            for name, value in zip(busy, worked, strict=True):
                busy[name].append(value)
    for name, values in taken.items():
        report.runs(f"bundle-{name}", values, "s")
    for name, values in busy.items():
        report.figure(f"bundle_processor_{name}", statistics.median(values), "s")
    report.figure("bundle_rows_per_second", rows / statistics.median(taken["all"]), "rows/s")
    report.ratio("bundle_10000_seconds", statistics.median(taken["all"]) * ROWS / rows, f"<={MOST_SECONDS:g}")


def database_seconds() -> float:
    """Give the processor time that the database has spent for our connection; nan where the system does not tell."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    try:
        told = Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def a_setting(home: Path, run: int) -> tuple[dict[str, Any], list[str]]:
    """Open a round of whatever scheme has advisers without a limit a day, and make a qualified adviser."""
    from doorleren.applications.bundles.checking import TODAY, columns_of
    from doorleren.applications.bundles.queries import registering_tracks
    from doorleren.applications.commands.submit_bundle import Sealing, setting_of
    from doorleren.audit.acts import Party
    from doorleren.people.models import Assurance
    from doorleren.people.national_number import keys
    from doorleren.people.signed_in import SignedIn
    from doorleren.rounds.announced import Announced
    from doorleren.rounds.commands.announce_from_scheme import executing_body
    from doorleren.rounds.commands.announce_round import announce_round
    from doorleren.rounds.commands.open_gate import open_gate
    from doorleren.rounds.pot import Ceiling, PotRules
    from doorleren.rules.library import open_library
    from doorleren.schemes.commands.publish_version import publish_version
    from doorleren.server.clock import now
    from doorleren.server.intake.keys import read_keys

    library, at, us = open_library(), now(), Party("site", "bench")
    sealing = Sealing(keys(), b"k" * 32, read_keys(home).signing)
    adviser, organisation = an_adviser(at)
    for scheme in library.schemes.values():
        for version in scheme.versions:
            if not any(track.applicant == "career_adviser" for track in version.tracks):
                continue
            row = publish_version(library.resolved(version), by=us, at=at)
            round_ = announce_round(
                row, f"bench-{run}", Announced("arrival", PotRules(Ceiling(None, 1_000_000))), body=executing_body(version),
                opens_at=at, closes_at=None, rehearsal=True, by=us, at=at,
            )  # fmt: skip
            open_gate(round_.pk, by=us, at=at)
            round_.refresh_from_db()
            given = {
                "organisation": organisation, "sealing": sealing, "today": day_of(at), "library": library,
                "by": SignedIn(adviser, Assurance.SUBSTANTIAL, False, at), "at": at,
            }  # fmt: skip
            if registering_tracks(round_):
                setting = setting_of(round_, **given)
                if TODAY not in setting.settled.facts:
                    facts = [fact.name for fact in columns_of(setting.settled, library.vocabulary)]
                    return {"round_": round_, **given}, facts
    raise SystemExit("no scheme has advisers who register people without a limit a day")


def an_adviser(at: Any) -> tuple[int, int]:
    """Make an adviser with a firm, a mandate and a qualification, once; give the numbers of both."""
    from datetime import date

    from doorleren.applications.models import Qualification
    from doorleren.people.models import Mandate, Organisation, Person, Role, RoleKind

    known = Qualification.objects.first()
    if known is not None:
        return known.adviser_id, Organisation.objects.get().pk
    person, firm = (
        Person.objects.create(name="", created_at=at),
        Organisation.objects.create(kvk="90000029", name="Bench"),
    )
    Mandate.objects.create(person=person, organisation=firm, starts_on=date(2020, 1, 1))
    Role.objects.create(person=person, kind=RoleKind.CAREER_ADVISER, organisation=firm, starts_on=date(2020, 1, 1))
    Qualification.objects.create(
        adviser=person, starts_on=date(2020, 1, 1), ends_on=date(2039, 12, 31), given_by_kind="site", given_at=at
    )
    return person.pk, firm.pk


def main() -> int:
    """Measure, print, and say by the exit code whether the bar was reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=ROWS)
    asked.add_argument("--runs", type=int, default=RUNS)
    options = asked.parse_args()
    report = Report()
    report.machine()
    with fresh_site() as home:
        measured(options.rows, options.runs, report, home)
        from bench.bundle_api import over_the_api

        taken = over_the_api(home, options.rows, options.runs)
        report.runs("bundle-api", taken, "s")
        seconds = statistics.median(taken) * ROWS / options.rows
        report.ratio("bundle_10000_seconds_over_the_api", seconds, f"<={MOST_SECONDS:g}")
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
