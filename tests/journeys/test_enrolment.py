"""From a training to a receipt with two people: who applies in a rehearsal, and the provider who confirms the enrolment."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.models import Body, Organisation
from doorleren.people.national_number import new_keys
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.entries import Run
from doorleren.rounds.announced import announced_of
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.server.intake.keys import read_keys
from doorleren.server.intake.process import free_port, intake
from doorleren.web import known
from tests.applications.made import AT, KEY, TODAY, US
from tests.applications.offers import made
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.provider.visitor import Visitor

ENDED = (
    made.FILE.replace("in_force = { from = 2026-01-01 }", "in_force = { from = 2026-01-01, to = 2026-02-28 }")
    + """
[[condition]]
id = "soon"
when = "training.starts_on < latest"
nl = "de opleiding begint voor 15 april 2026"
source = "order"
[[parameter]]
id = "latest"
unit = "date"
values = [{ from = 2026-01-01, value = 2026-04-15, source = "order" }]
"""
)
STARTS = date(2026, 4, 20)
"""Too late for the scheme as it was; judged ten days earlier it starts ten days earlier."""


@pytest.fixture
def base(
    settings: Any, tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:  # fmt: skip
    """A demo with a rehearsal of a scheme that has ended, a school in the register, and the real intake."""
    made.library(tmp_path / "schemes", ENDED)
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), TODAY
    settings.DOORLEREN_HOME, settings.DOORLEREN_DEMO = tmp_path, True
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    keys = read_keys(tmp_path)
    settings.DOORLEREN_TOKEN_KEY, settings.DOORLEREN_RECEIPT_KEY = keys.tokens, keys.public
    settings.DOORLEREN_PERSON_KEY = settings.DOORLEREN_EVIDENCE_KEY = KEY
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_SCANNER = tmp_path / "evidence", None
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    for one in (known.library, known.portal):
        one.cache_clear()
    version = known.library().scheme(made.SCHEME).versions[0]
    row = publish_version(known.library().resolved(version), by=US, at=AT)
    body = Body.objects.create(code="proef", name="Proefbureau")
    told = {"opens_at": AT, "closes_at": None, "rehearsal": True, "by": US, "at": AT}
    open_gate(announce_round(row, "demo", announced_of(version.rounds[0]), body=body, **told).pk, by=US, at=AT)
    made.school(made.SCHOOL, replace(made.SHORT, runs=(Run(STARTS),)))
    rebuild_index(known.library(), tmp_path, today=TODAY)
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    port = free_port()
    with intake(port):
        settings.DOORLEREN_INTAKE = f"http://127.0.0.1:{port}"
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
    for one in (known.library, known.portal):
        one.cache_clear()


@pytest.fixture
def both(base: str) -> tuple[Visitor, Visitor]:
    """Nadia and Sanne of the school, signed in before there is a browser; their cookies are lent to it."""
    organisation = Organisation.objects.get(kvk=made.KVK)
    return Visitor(people.person(name="Nadia")), Visitor(made.teacher(organisation))


@pytest.fixture
def training(base: str) -> str:
    """The address of the training."""
    return f"/trainings/{made.activity('kort').pk}"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_a_training_to_a_receipt(
    base: str, both: tuple[Visitor, Visitor], training: str, browser: Browser, script: bool
) -> None:  # fmt: skip
    """She begins at the training, gives two numbers to the school, which confirms; she submits, and both are on her receipt."""
    hers, theirs = (visit_of(who, base, browser, script) for who in both)
    page = hers.open(training)
    page.get_by_role("link", name="Oefen met Aanbodproef leren").click()
    page.get_by_role("button", name="Begin met aanvragen").click()
    expect(page.get_by_text("alsof het 28 februari 2026 is")).to_be_visible()
    expect(page.get_by_text("nog niet bevestigd door opleider")).to_be_visible()
    key, number = (
        page.locator(f"dt:has-text('{name}') + dd").inner_text() for name in ("Kenmerk van uw", "Nummer van de")
    )
    school = theirs.open("/provider/enrolments")
    school.get_by_label("Kenmerk van de aanvraag").fill(key)
    school.get_by_label("Nummer van de opleiding").fill(number)
    school.get_by_label("Eerste dag van de opleiding").fill(f"{STARTS:%d-%m-%Y}")
    school.get_by_label("Prijs met btw").fill("180")
    school.get_by_role("button", name="Bevestig de inschrijving").click()
    expect(school.get_by_text("De inschrijving is bevestigd.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("inschrijving bevestigd door opleider")).to_be_visible()
    page.get_by_role("button", name="Alles klopt, zet klaar").click()
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    expect(page.get_by_text("€ 180").first).to_be_visible()
    expect(page.get_by_text("Bedrijf 90000031 bevestigde dit op")).to_be_visible()
    assert [one.sideways() for one in (hers, theirs)] == [0, 0]
    for one in (hers, theirs):
        one.end()
        assert [fault for fault in one.faults if not fault.startswith("302: ")] == []


def visit_of(who: Visitor, base: str, browser: Browser, script: bool) -> Visit:
    """A browser of somebody who is signed in, as wide as a telephone."""
    visit = Visit(browser, base, 360, 740, java_script_enabled=script)
    cookie = next(iter(who.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    return visit
