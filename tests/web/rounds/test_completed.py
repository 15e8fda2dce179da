"""What everybody can read of who was completed: before it what it does to the place, and after a draw the list of its end."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from doorleren.core.days import day_of
from doorleren.core.draw_completed import order_after
from doorleren.people.national_number import new_keys
from doorleren.rounds.announced import Announced, sealed
from doorleren.rounds.commands.announce_draw import announce_draw
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.hold_draw import hold_draw
from doorleren.rounds.commands.note_completeness import note_completed, note_incomplete
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.models import Allocation, Round
from doorleren.rounds.queries import place_now
from tests.core.test_draw import OURS, pulse_of
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_two_people import decider

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (replace(announced(), follows_completion=True), "Dan telt het moment waarop uw aanvraag compleet is"),
        (
            replace(announced(), follows_completion=True, per_day=True),
            "Dan telt uw aanvraag op de dag waarop zij compleet is",
        ),
        (replace(announced("draw"), follows_completion=True), "Dan komt uw aanvraag achteraan zodra zij compleet is"),
        (announced("draw"), "Dan houdt u uw plaats in de volgorde"),
        (announced("pro_rata", 100), "maakt het niet uit wanneer u dat doet"),
    ],
    ids=["by arrival", "by day", "in a draw", "where places stay", "in proportion"],
)
def test_the_page_says_what_completing_does(visit: Any, rules: Announced, words: str) -> None:
    """Whoever reads the page of a round knows before applying what it costs to leave something out."""
    _, page = visit(f"/rounds/{a_round(rules).pk}")
    assert (page.faults, words in page.words) == ([], True)


def test_the_end_of_a_draw_can_be_checked(visit: Any, settings: Any, client: Client) -> None:
    """The file of the draw stays as it was, and with the list beside it anybody computes the order as it became."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    row = a_round(replace(announced("draw", 20), follows_completion=True))
    some = tickets(row, [(10, "")] * 5)
    close_gate(row.pk, by=US, at=AT)
    draw = announce_draw(row.pk, beacon=OURS, by=decider("Joost"), at=AT)
    assert client.get(f"/rounds/{row.pk}/completed.json").status_code == 404
    hold_draw(
        row.pk, pulse_of(draw.announced["beacon_round"]).written(), beacons={"ours": OURS}, by=decider("J"), at=AT
    )
    treat_all(Round.objects.get(pk=row.pk), Allocation.objects.get(pk=row.pk).seed, now=lambda: AT)
    before = client.get(f"/rounds/{row.pk}/draw.json").content
    first, second, *rest = sorted(some, key=lambda one: one.place.position)
    for one in (second, first):
        note_incomplete(one.pk, by=US, at=AT)
    fill_freed(row.pk, at=AT)
    note_completed(first.pk, on=day_of(AT), by=US, at=AT)
    fill_freed(row.pk, at=AT)
    reply = client.get(f"/rounds/{row.pk}/completed.json")
    held = client.get(f"/rounds/{row.pk}/draw.json")
    assert held.content == before
    order = order_after(held.json()["order"], draw.announced["drawn_for"], reply.json())
    assert list(order) == [sealed(row.pk, one.key, one.content) for one in (*rest, first)]
    inside = [place_now(one) for one in (*rest[:2], first)]
    assert [one.cents for one in inside if one] == [10, 10, 0]
    _, page = visit(f"/rounds/{row.pk}")
    assert f"/rounds/{row.pk}/completed.json" in page.links
