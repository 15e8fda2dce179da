"""The rounds of the demo: for each kind of applicant one in which an application can really be made, chosen by what files say."""

from datetime import date, timedelta

import pytest

from doorleren.applications.queries import rounds_to_file_in, tracks_of
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.rounds.models import Gate, PotPart, Round
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import ROLES
from doorleren.schemes.queries import version_of
from doorleren.server.clock import now
from doorleren.server.demo_round import AHEAD_DAYS, CODE, POT_CENTS, open_demo_rounds
from doorleren.server.demo_schemes import A_DAY, UNSCORED, to_show

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


def test_something_can_be_reserved_in_each(library: Library) -> None:
    """No round is shown in which an application would stop for want of an amount."""
    for one in to_show(library, TODAY):
        amounts = [track.amount for track in one.version.tracks if track.id in one.like.tracks]
        assert all(amount.granted or amount.most for amount in amounts), one.version.id


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
