"""The rounds of the demo: for each kind of applicant one in which an application can really be made, chosen by what files say."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from doorleren.applications.queries import rounds_to_file_in, tracks_of
from doorleren.applications.several import needed_of_several
from doorleren.audit.models import Act
from doorleren.cases.models import PROCEDURES
from doorleren.core.days import day_of
from doorleren.rounds.announced import announced_of
from doorleren.rounds.models import Gate, PotPart, Round
from doorleren.rounds.pot import Ceiling
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import ROLES
from doorleren.schemes.queries import version_of
from doorleren.server.clock import now
from doorleren.server.demo_round import AHEAD_DAYS, CODE, POT_CENTS, open_demo_rounds
from doorleren.server.demo_schemes import A_DAY, UNSCORED, to_show, with_sizes

TODAY = day_of(now())
LONG_AGO = date(2022, 11, 17)
ASKED_FOR = sorted(set(ROLES) - {"education_institution"})
"""Every kind of applicant; schools file in rankings only, for which somebody scores plans."""


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes of the product."""
    return open_library()


@pytest.mark.parametrize("day", [TODAY, LONG_AGO], ids=["today", "another-day"])
def test_every_kind_of_applicant_has_one(library: Library, day: date) -> None:
    """Each kind files somewhere, each version comes once, one has the crowd, and where the law is that of the day it is shown."""
    shown = to_show(library, day)
    roles = {track.applicant for one in shown for track in one.version.tracks}
    assert sorted(roles) == ASKED_FOR
    assert len({one.version.digest for one in shown}) == len(shown)
    assert [{track.applicant for track in one.version.tracks} for one in shown if one.ahead] == [{"person"}]
    assert [one.like.order for one in shown if one.crowd] == ["arrival"]
    assert {one.like.order for one in shown} <= set(UNSCORED)
    assert any(one.version.holds_on(day) for one in shown)


def test_the_limit_of_a_day_can_be_seen(library: Library) -> None:
    """The adviser rehearses where the law counts the registrations of a day."""
    theirs = [one for one in to_show(library, TODAY) if one.version.tracks[0].applicant == "career_adviser"]
    assert any(A_DAY in (rule.when or "") for one in theirs for rule in one.version.tracks[0].conditions)


@pytest.mark.parametrize("day", [TODAY, LONG_AGO], ids=["today", "another-day"])
def test_every_kind_of_procedure_has_one(library: Library, day: date) -> None:
    """Each kind of procedure can be rehearsed with a place at once, and a person can apply where its schemes have no round."""
    shown = [
        one
        for one in to_show(library, day)
        if not one.ahead and one.like.order in ("arrival", "none") and one.like.counts == "moment"
    ]
    procedures = {"grant_settle", "reserve_claim", "direct", "purchase", "loan", "service"}
    assert {one.version.procedure for one in shown} == procedures == set(PROCEDURES)
    (service,) = [one for one in shown if one.version.procedure == "service"]
    assert (service.version.rounds, service.like.ceiling_money, service.like.closes) == ((), None, None)
    assert {track.applicant for track in service.version.tracks} == {"person"}


def test_something_can_be_reserved_in_each(library: Library) -> None:
    """No round is shown in which an application would stop for want of an amount; a service has none."""
    for one in to_show(library, TODAY):
        if one.version.procedure == "service":
            continue
        tracks = [track for track in one.version.tracks if track.id in one.like.tracks]
        assert all(each.amount.granted or each.amount.most or needed_of_several(each) for each in tracks), (
            one.version.id
        )


TOGETHER = """
id = "samenproef"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Samen proberen" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 5", weight = "binding" }
[procedure]
kind = "grant_settle"
[[track]]
id = "together"
applicant = "partnership"
beneficiary = "person"
[track.amount]
kind = "band"
per = "trajectory"
[[track.condition]]
id = "priced"
when = "applies(training.price)"
nl = "de opleiding heeft een prijs"
source = "order"
[[round]]
id = "2026"
opens = 2026-03-01T09:00:00+01:00
ceiling_money = 100000
order = "arrival"
source = "order"
"""


@pytest.mark.parametrize(("per", "shown"), [("trajectory", ["samenproef"]), ("project", [])])
def test_a_sum_that_is_asked_for_can_be_reserved(per: str, shown: list[str], library: Library, tmp_path: Path) -> None:
    """Where the file tells no amount, a partnership for several still asks for a sum; one plan without an amount stops for want of it."""
    (tmp_path / "samenproef").mkdir()
    (tmp_path / "samenproef" / "2026-01-01.toml").write_text(TOGETHER.replace("trajectory", per), "utf-8")
    alone = Library([tmp_path], library.vocabulary, library.law)
    assert [one.version.id for one in to_show(alone, date(2026, 3, 10))] == shown


def test_one_says_what_follows_a_failed_opening(library: Library) -> None:
    """Where a file says what follows a failed opening, the round that waits for its opening says so."""
    files = [one for scheme in library.schemes.values() for version in scheme.versions for one in version.rounds]
    assert any(one.fallback for one in files)
    assert [one.like.fallback is not None for one in to_show(library, TODAY) if one.ahead] == [True]


@pytest.mark.django_db
def test_a_part_that_is_set_apart_can_be_seen(library: Library) -> None:
    """A part that a file sets apart without saying how much has a size in its rehearsal, within the ceiling; in the file it has none."""
    (one,) = [one for one in to_show(library, TODAY) if one.like.ring_fenced]
    written = next(opened for opened in one.version.rounds if opened.id == one.like.id)
    assert announced_of(written).pot.apart == {next(iter(announced_of(one.like).pot.apart)): Ceiling()}
    open_demo_rounds(library, TODAY)
    parts = dict(PotPart.objects.filter(round__version__digest=one.version.digest).values_list("part", "ceiling_cents"))
    rest = parts.pop("")
    assert list(parts) == list(announced_of(written).pot.apart)
    assert sum(parts.values()) * 4 == rest
    assert rest + sum(parts.values()) == announced_of(written).pot.ceiling.cents


def test_a_size_of_the_file_stays(library: Library) -> None:
    """A part of which the file says how much keeps that."""
    sized = [
        opened
        for scheme in library.schemes.values()
        for version in scheme.versions
        for opened in version.rounds
        if any(one.cents or one.number for one in announced_of(opened).pot.apart.values())
    ]
    assert sized
    assert all(announced_of(with_sizes(one)).pot == announced_of(one).pot for one in sized)


@pytest.mark.django_db
def test_they_are_open_rehearsals_once(library: Library) -> None:
    """They can be filed in now, say that nobody gets money, stand in the record, and a second start makes no other."""
    crowd = open_demo_rounds(library, TODAY)
    rounds = list(Round.objects.order_by("id"))
    (ahead,) = [one for one in rounds if one.code != CODE]
    assert all(one.rehearsal for one in rounds)
    assert set(rounds_to_file_in(now())) == set(rounds)
    roles = {track.applicant for one in rounds for track in tracks_of(one)}
    assert sorted(roles) == ASKED_FOR
    assert PotPart.objects.get(round=crowd).ceiling_cents == POT_CENTS
    assert Act.objects.filter(act="announced", subject_kind="round").count() == len(rounds)
    shut = Gate.objects.filter(opened_at__isnull=True).values_list("pk", flat=True)
    assert list(shut) == [ahead.pk]
    assert not Gate.objects.filter(closed_at__isnull=False).exists()
    assert open_demo_rounds(library, TODAY) is None
    assert Round.objects.count() == len(rounds)


@pytest.mark.django_db
def test_the_day_that_the_demo_shows_is_that_of_the_round(library: Library) -> None:
    """In a demo of another day the rounds open on that day, and so a version that holds then judges by that day."""
    open_demo_rounds(library, LONG_AGO)
    days = {str(day_of(one.opens_at)) for one in Round.objects.filter(code=CODE)}
    assert days == {str(LONG_AGO)}
    assert any(version_of(one.version_id).holds_on(LONG_AGO) for one in Round.objects.all())


@pytest.mark.django_db
def test_one_round_waits_for_its_opening(library: Library) -> None:
    """It opens in a week, for persons; once that week has gone by unused a next start announces another."""
    open_demo_rounds(library, TODAY)
    one = Round.objects.get(code__startswith=f"{CODE}-")
    assert timedelta(days=5) < one.opens_at - now() < timedelta(days=AHEAD_DAYS + 2)
    assert {track.applicant for track in tracks_of(one)} == {"person"}
    Round.objects.filter(pk=one.pk).update(code=f"{CODE}-past", opens_at=now() - timedelta(days=1))
    open_demo_rounds(library, TODAY)
    assert Round.objects.filter(code__startswith=f"{CODE}-").count() == 2
