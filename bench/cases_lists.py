"""The work lists of officials over 100,000 cases, the page of one case, and what is due to be destroyed among as many.

The bars are on what a visitor waits, by the means of `bench.pages`: the site is served as anybody would, eight officials ask
at once, and the pages take turns with the same empty page. Besides, the same pages are asked of the whole site within this
process, and the processor time of ours and of the database's process for our connection is told, without a bar.
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.cases_made import SCHEME_ID, Scene
from bench.measuring import Report, median_ratio
from bench.pages import EMPTY, VISITORS, take_turns, tell
from bench.rush_site import NotMeasured
from bench.site import served
from bench.visits import ACCEPTED, Ask
from doorleren.core.days import day_of

CASES, TURNS, ASKED = 100_000, 7, 40
VISITS = 31
"""Turns of each page by visitors: how eight connections fall on the workers differs per turn, and so does what one waits."""
LIST_BAR, CASE_BAR = "<=12", "<=8"
SHOWN = 101
"""How many cases the page of what is due reads."""
COLUMNS = (
    "id, reference, version_id, scheme, body_id, framework, procedure, subject_kind, subject_id, received_on, decision_term,"
    " assigned_to_id, due_on, due_term, acts, last_act_at, opened_at, assigned_at, closed_at, withdrawn_at"
)
FRAMEWORK = "kaderregeling-ocw-szw-vws"

Pages = Mapping[str, Sequence[tuple[int | None, str]]]
"""By name who asks (a person's number; None: nobody) for which addresses, in turn."""


def lists(report: Report, scene: Scene, home: Path, schemes: Path) -> None:
    """Measure lists, filtered and sorted, and the page of a case that went all the way, against the empty page."""
    from django.conf import settings

    settings.DOORLEREN_SCHEMES = (schemes,)  # the site within this process knows what the served one does
    pages = pages_of(scene)
    visited(report, pages, home, schemes)
    processed(report, pages)


def pages_of(scene: Scene, number: int = CASES) -> Pages:
    """Put so many cases of a body down, let cases of a round be looked into, and say which pages are asked."""
    from doorleren.cases.commands.look_into import look_into
    from doorleren.cases.models import Case
    from doorleren.server.clock import now

    body, official, colleague = a_desk("lists")
    fill(body, number, [None, official, colleague], version=scene.round.version_id)
    cases = Case.objects.filter(granted_at__isnull=False, version=scene.round.version_id).order_by("pk")[:VISITORS]
    for case in cases:
        look_into(case.pk, why="checking", by=scene.by("second", now()), at=now())
    narrowed = {
        "list": [{"official": "all"}],
        "list_filtered": [{"official": one, "scheme": SCHEME_ID, "due": two}
                          for one in ("me", "none", "all") for two in ("over", "week")],
        "list_sorted": [{"official": "all", "scheme": SCHEME_ID, "order": "received"}],
    }  # fmt: skip
    return {
        "empty": [(None, EMPTY.address)],
        "empty_signed_in": [(official, EMPTY.address)],
        **{name: [(official, f"/officer/cases?{urlencode(one)}") for one in asks] for name, asks in narrowed.items()},
        "case": [(scene.staff["second"], f"/officer/cases/{case.reference}") for case in cases],
    }


def barred(pages: Pages) -> dict[str, str]:
    """Give the bar of each page that has one."""
    return {name: CASE_BAR if name == "case" else LIST_BAR for name in pages if not name.startswith("empty")}


def visited(report: Report, pages: Pages, home: Path, schemes: Path) -> None:
    """Serve the site, and let eight officials at once ask each page in turns; print what they wait, with the bars."""
    cookies = {who: _cookie(who) for asks in pages.values() for who, _ in asks}

    def asks(told: Sequence[tuple[int | None, str]], count: int, _turn: int) -> list[Ask]:
        return [Ask(address, cookie=cookies[who]) for who, address in islice(cycle(told), count)]

    with served(home, {"DOORLEREN_SCHEMES": str(schemes), "DOORLEREN_DEMO": "0"}) as port:
        spent = take_turns(port, {name: partial(asks, told) for name, told in pages.items()}, VISITS)
    tell(report, spent, barred(pages), "cases_page")


def processed(report: Report, pages: Pages, turns: int = TURNS, asked: int = ASKED) -> None:
    """Ask each page of the whole site within this process, one after another, in turns; print the processor time."""
    desks = {one: _client(one) for asks in pages.values() for one, _ in asks}
    times: dict[str, list[float]] = {name: [] for name in pages}
    order = list(pages.items())
    for turn in range(turns + 1):
        Random(turn).shuffle(order)
        for name, asks in order:
            taken = _asked([(desks[who], address) for who, address in asks], asked)
            if turn:  # the first one warms up
                times[name].append(taken)
    for name, values in times.items():
        report.runs(f"cases_page_{name}_processor", values, "ms of processor", 1000)
    for name in barred(pages):
        for against in ("empty", "empty_signed_in"):
            ratio = median_ratio(times[name], times[against])
            report.figure(f"cases_page_{name}_processor_against_{against}", ratio, "times")


def due(report: Report, scene: Scene, number: int = CASES) -> None:
    """Measure what the page of retention reads: nothing due among as many closed cases, and all of them due."""
    from doorleren.applications.retention.due import due_cases
    from doorleren.server.clock import now

    body, _, _ = a_desk("due")
    closed = now() - timedelta(days=400)
    fill(body, number, [None], version=scene.round.version_id, closed=closed)
    for name, on, expected in (("none", day_of(now()), 0), ("all", day_of(now()) + timedelta(days=20 * 366), SHOWN)):
        begun = _processor()
        found = len(list(islice(due_cases(on, body), SHOWN)))
        report.figure(f"due_among_{number}_{name}", (_processor() - begun) * 1000, "ms of processor")
        if found != expected:
            raise NotMeasured(f"{found} cases were due, {expected} were expected")


def a_desk(name: str) -> tuple[int, int, int]:
    """Make a body with two assessors, who may see its lists; give the numbers of the three."""
    from doorleren.people.models import Body, Person, Role, RoleKind
    from doorleren.server.clock import now

    body = Body.objects.create(code=f"bench-{name}", name=f"Meetbureau {name}")
    people = [Person.objects.create(name=f"{name} {one}", created_at=now()) for one in range(2)]
    for one in people:
        Role.objects.create(person=one, kind=RoleKind.ASSESSOR, body=body, starts_on=date(2020, 1, 1))
    return body.pk, people[0].pk, people[1].pk


def fill(
    body: int, number: int, officials: Sequence[int | None], *, version: int, closed: datetime | None = None
) -> None:
    """Put down so many cases of a body, in turn of these officials; closed where a moment is given. By COPY, as in a restore."""
    from django.db import connection, transaction

    from doorleren.server import site
    from doorleren.server.clock import now

    latest = now() if closed is None else closed

    def opened(place: int) -> datetime:
        return latest - timedelta(days=1 + place % 200)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)", [number]
        )
        numbers = [int(one[0]) for one in cursor.fetchall()]
        with cursor.copy(f"COPY cases_case ({COLUMNS}) FROM STDIN") as copy:
            for place, one in enumerate(numbers):
                copy.write_row(
                    _case(place, one, body, version, officials[place % len(officials)], opened(place), closed)
                )
        with cursor.copy(
            "COPY cases_caseact (case_id, number, act, at, happened_on, by_kind, by_id, details, ground) FROM STDIN"
        ) as copy:
            for place, one in enumerate(numbers):
                for row in _acts(one, officials[place % len(officials)], opened(place), closed):
                    copy.write_row(row)
    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_caseact")


def _case(
    place: int, number: int, body: int, version: int, official: int | None, opened: datetime, closed: datetime | None
) -> Iterable[Any]:
    from doorleren.cases.references import reference_of

    received = day_of(opened)
    due_on = None if closed or place % 50 == 0 else received + timedelta(days=91)
    assigned = opened if official else None
    acts = 1 + (official is not None) + 2 * (closed is not None)
    return (
        number, reference_of(number), version, SCHEME_ID, body, FRAMEWORK, "grant_settle", "bench", f"{body}-{place}",
        received, "decision-13", official, due_on, "decision" if due_on else "", acts, closed or opened, opened, assigned,
        closed, closed,
    )  # fmt: skip


def _acts(number: int, official: int | None, opened: datetime, closed: datetime | None) -> Iterable[Iterable[Any]]:
    told = [("opened", opened, {})]
    if official is not None:
        told.append(("assigned", opened, {"official": official}))
    if closed is not None:
        told += [("withdrawn", closed, {}), ("closed", closed, {})]
    for turn, (act, at, details) in enumerate(told, 1):
        yield number, turn, act, at, day_of(at), "site", "", json.dumps(details), "bench"


def _cookie(person: int | None) -> str:
    """Write the cookie of somebody who signed in just now; nothing for nobody."""
    return "; ".join(f"{name}={one.value}" for name, one in _client(person).cookies.items())


def _client(person: int | None) -> Any:
    """Give a client of the site: of somebody who signed in just now, or of nobody."""
    from django.test import Client

    from doorleren.people.models import Assurance, Person
    from doorleren.server.clock import now

    client = Client(headers={"host": "localhost", "accept-encoding": ACCEPTED})
    if person is not None:
        client.force_login(Person.objects.get(pk=person), backend="doorleren.people.backend.SignInBackend")
        session = client.session
        session["proof"] = {
            "assurance": Assurance.SUBSTANTIAL.value, "second_factor": True, "proven_at": now().isoformat(),
        }  # fmt: skip
        session.save()
    return client


def _asked(asks: Sequence[tuple[Any, str]], number: int) -> float:
    """Ask pages in turn, so many in all; give the seconds of processor of one. Raises NotMeasured for another status than 200."""
    begun = _processor()
    for one in range(number):
        client, address = asks[one % len(asks)]
        reply = client.get(address)
        if reply.status_code != HTTPStatus.OK:
            raise NotMeasured(f"{address} answers {reply.status_code} {reply.headers.get('Location', '')}")
    return (_processor() - begun) / number


def _processor() -> float:
    """Give the processor time of ours and of the database for our connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    return time.process_time() + int(Path(f"/proc/{own}/schedstat").read_text().split()[0]) / 1e9
