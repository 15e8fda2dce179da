"""From a verdict in the finder to an application: one question to the database per page, and only where there is a round."""

import pytest
from django.test import Client

from doorleren.web import known
from doorleren.web.public import applying
from tests.web.markup import Markup


def test_the_finder_leads_to_an_application_where_there_is_a_round(monkeypatch):
    """Each hopeful scheme with a round has a button that takes the answers along; the rounds are asked once for all cards."""
    asked = []
    monkeypatch.setattr(applying, "rounds", lambda: asked.append(1) or dict.fromkeys(known.library().schemes, (3,)))
    reply = Client(headers={"host": "localhost"}).post("/finder/employer", {"employer.employees": "20"})
    page = Markup(reply.content.decode())
    assert page.faults == []
    assert len(asked) == 1
    assert 'form="answers" formaction="/applications/new?scheme=' in page.page


def test_without_a_round_there_is_no_way_to_apply(visit):
    """A page of verdicts without rounds has no such button."""
    assert "Begin een aanvraag" not in visit("/finder/employer")[1].words


@pytest.mark.parametrize(("group", "leads"), [("get", True), ("maybe", True), ("closed", False), ("not", False)])
def test_only_who_may_get_something_is_led_on(monkeypatch, group, leads):
    """A scheme that one does not get, or that is closed, leads nowhere."""
    monkeypatch.setattr(applying, "rounds", lambda: {"one": (3,), "two": (4, 5)})
    found = applying.with_ways([{"scheme": name, "group": group, "file": None} for name in ("one", "two", "none")])
    assert [bool(one["file"]) for one in found] == [leads, leads, False]


@pytest.mark.django_db
def test_no_rounds_in_an_empty_register_of_rounds():
    """Without a round in the database there is no way to apply for any scheme."""
    assert applying.rounds() == {}
