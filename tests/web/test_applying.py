"""From a verdict in the finder to an application: one question to the database per page, and only where there is a round."""

import pytest
from django.test import Client

from doorleren.audit.acts import Party
from doorleren.rounds.announced import read
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.models import Round
from doorleren.schemes.queries import version_of
from doorleren.server.demo_round import open_demo_rounds
from doorleren.web import known
from doorleren.web.public import applying
from doorleren.web.public.applying import Ways
from tests.web.markup import Markup


def test_the_finder_leads_to_an_application_where_there_is_a_round(monkeypatch):
    """Each hopeful scheme with a round has a button that takes the answers along; the rounds are asked once for all cards."""
    asked = []
    ways = dict.fromkeys(known.library().schemes, Ways((3, 4)))
    monkeypatch.setattr(applying, "rounds", lambda: asked.append(1) or ways)
    reply = Client(headers={"host": "localhost"}).post("/finder/employer", {"employer.employees": "20"})
    page = Markup(reply.content.decode())
    assert page.faults == []
    assert len(asked) == 1
    assert 'form="answers" formaction="/applications/new?scheme=' in page.page
    assert "oefenronde" not in page.words


def test_without_a_round_there_is_no_way_to_apply(visit):
    """A page of verdicts without rounds has no such button."""
    assert "Begin een aanvraag" not in visit("/finder/employer")[1].words


@pytest.mark.parametrize(("group", "leads"), [("get", True), ("maybe", True), ("closed", False), ("not", False)])
def test_only_who_may_get_something_is_led_on(monkeypatch, group, leads):
    """A scheme that one does not get, or that is closed, leads nowhere."""
    assert [bool(one["file"]) for one in ways_of(monkeypatch, group, Ways((3,)), Ways((4, 5)))] == [leads, leads]


@pytest.mark.parametrize(("group", "leads"), [("get", True), ("maybe", True), ("closed", True), ("not", False)])
def test_a_rehearsal_goes_on_where_all_rounds_have_closed(monkeypatch, group, leads):
    """To a rehearsal one is led from a scheme whose rounds have closed too, never from one that one does not get."""
    assert [bool(one["file"]) for one in ways_of(monkeypatch, group, Ways((3,), rehearsal=True))] == [leads]


def test_the_training_comes_along_with_the_answers(monkeypatch):
    """To one round the address leads at once, to several by their scheme; each names the training, with answers or without."""
    for form in ("", "answers"):
        found = ways_of(monkeypatch, "get", Ways((3,)), Ways((4, 5)), form=form, activity=8)
        assert [one["file"]["url"].partition("?")[2] for one in found] == [
            "round=3&activity=8",
            "scheme=scheme-1&activity=8",
        ]
        assert [one["file"]["form"] for one in found] == [form, form]


def ways_of(monkeypatch, group, *ways, **given):
    """Give verdicts of schemes with these ways, and of one without any, as they become; the last must lead nowhere."""
    names = [f"scheme-{number}" for number in range(len(ways) + 1)]
    monkeypatch.setattr(applying, "rounds", lambda: dict(zip(names, ways, strict=False)))
    *found, none = applying.with_ways([{"scheme": name, "group": group, "file": None} for name in names], **given)
    assert none["file"] is None
    return found


@pytest.mark.django_db
def test_rehearsals_are_for_the_demo(settings):
    """Outside of the demo nobody is led to a rehearsal; in it the finder has a button that names it, where none is real."""
    open_demo_rounds(known.library(), known.today())
    settings.DOORLEREN_DEMO = False
    assert applying.rounds() == {}
    settings.DOORLEREN_DEMO = True
    ways = applying.rounds()
    assert ways
    assert all(one.rehearsal for one in ways.values())
    page = Markup(Client(headers={"host": "localhost"}).get("/finder/person").content.decode())
    assert page.faults == []
    assert "Begin een aanvraag in de oefenronde" in page.words


@pytest.mark.django_db
def test_a_real_round_goes_before_a_rehearsal(monkeypatch, settings):
    """Where a scheme has a real round, no rehearsal is named beside it."""
    settings.DOORLEREN_DEMO = True
    open_demo_rounds(known.library(), known.today())
    row = Round.objects.order_by("id").first()
    body, at = row.body, row.announced_at
    real = announce_round(
        row.version, version_of(row.version_id).rounds[-1].id, read(row.announced), body=body, opens_at=at, closes_at=None,
        by=Party("site", ""), at=at,
    )  # fmt: skip
    found = applying.rounds()[version_of(row.version_id).id]
    assert (found.numbers, found.rehearsal) == ((real.pk,), False)


@pytest.mark.django_db
def test_no_rounds_in_an_empty_register_of_rounds():
    """Without a round in the database there is no way to apply for any scheme."""
    assert applying.rounds() == {}


@pytest.mark.django_db
def test_from_a_training_to_a_rehearsal(settings):
    """In the demo a training leads to the rehearsals in which a person applies for it; where the page leads there already it does not."""
    open_demo_rounds(known.library(), known.today())
    settings.DOORLEREN_DEMO = True
    found = applying.rehearsals(8, "", (), applying.rounds())
    assert found
    assert all(one["file"]["url"].endswith("&activity=8") and one["file"]["rehearsal"] for one in found)
    named = [version_of(one.version_id).id for one in Round.objects.select_related("version")]
    assert applying.rehearsals(8, "", named, applying.rounds()) == []
    assert applying.rehearsals(8, "", (), {name: Ways((1,)) for name in named}) == [], "not where a round is real"
