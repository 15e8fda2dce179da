"""GET /rounds: how rounds stand, as programs read it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.record_roots import record_roots
from doorleren.rounds.models import Batch, Gate, PotPart, Round
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.standing import standing_of
from doorleren.rules.library import open_library
from doorleren.rules.versions import Fallback
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_two_people import together
from tests.web.api.asked import fits, get, problem

pytestmark = pytest.mark.django_db


def test_a_round_in_the_published_shape(api: Client) -> None:
    """What came in, what is reserved and what is left are in the list and by itself alike, exact to the cent."""
    one = a_round(announced(cents=10_000, number=5))
    tickets(one, [(1_001, ""), (2_000, "")])
    Batch.objects.create(id=(one.pk << 32) + 1, at=AT.isoformat(), size=2, root=b"r" * 32, signature=b"s" * 64)
    Gate.objects.filter(pk=one.pk).update(batches=1, tickets=3)
    record_roots(one.pk, at=AT)
    allocate(one.pk, at=AT)
    told = get(api, "/rounds").json()
    fits(told, "Rounds")
    (item,) = told["items"]
    assert (item["received"], item["reserved_money"], item["left_money"], item["left_number"]) == (
        2,
        "30.01",
        "69.99",
        3,
    )
    assert get(api, f"/rounds/{one.pk}").json() == item
    assert (item["ceiling_money"], item["used_money"], item["used_money_percent"]) == ("100.00", "30.01", 30)
    assert (item["ceiling_number"], item["used_number"], item["used_number_percent"]) == (5, 2, 40)
    assert item["version_hash"] == one.version.digest
    assert item["state"] == "open"
    assert item["draw"] is None
    assert item["counts"] == "moment"
    assert (item["ended"], item["gone"]) == (None, False)


def test_a_round_with_only_a_number(api: Client) -> None:
    """Each part tells its own places and what of them is used; money has no ceiling, so nothing is told of it."""
    one = a_round(announced(number=22_000, apart={"small": Ceiling(None, 3)}))
    PotPart.objects.filter(round=one, part="small").update(number=2)
    item = get(api, f"/rounds/{one.pk}").json()
    fits(item, "RoundShape")
    assert (item["ceiling_number"], item["used_number"], item["left_number"], item["used_number_percent"]) == (
        22_000,
        2,
        21_998,
        0,
    )
    assert (item["ceiling_money"], item["used_money"], item["used_money_percent"]) == (None, None, None)
    rest, small = item["parts"]
    assert (small["set_apart_for"], small["ceiling_number"], small["used_number_percent"]) == ("small", 3, 66)
    assert (rest["ceiling_number"], rest["used_number"], rest["used_number_percent"]) == (21_997, 0, 0)


@pytest.mark.parametrize(("order", "gone"), [("arrival", True), ("pro_rata", False)])
def test_a_round_that_ran_out(api: Client, order: str, gone: bool) -> None:
    """Why it closed and that its money is gone are told apart; what all divide in proportion is never gone for one."""
    one = a_round(announced(order, cents=1_000))
    PotPart.objects.filter(round=one).update(cents=1_000, number=1)
    close_gate(one.pk, by=US, at=AT, ended="ceiling" if gone else "time")
    item = get(api, f"/rounds/{one.pk}").json()
    assert (item["state"], item["ended"], item["gone"]) == ("closed", "ceiling" if gone else "time", gone)
    assert (standing_of(one).ended, standing_of(one).gone) == (item["ended"], gone)


def test_a_failed_opening(api: Client) -> None:
    """What was announced for it and what was decided are in the published shape; the round is one that opens again."""
    one, at = (
        a_round(replace(announced(cents=100), fallback=Fallback("keep_places", 30, 4, 48))),
        AT + timedelta(hours=1),
    )
    Round.objects.filter(pk=one.pk).update(rehearsal=False)
    assert get(api, f"/rounds/{one.pk}").json()["fell_back"] is None
    opens = (at + timedelta(days=3)).isoformat()
    together("fall_back", one, open_library(), at, opens=opens, until=None)
    told = get(api, "/rounds").json()
    fits(told, "Rounds")
    (item,) = told["items"]
    assert (item["state"], item["opens_at"], item["opened_at"]) == ("announced", opens, None)
    assert item["fallback"] == one.announced["fallback"]
    assert item["fell_back"] == {"decided_at": at.isoformat(), "reason": "Nodig.", "opens_at": opens, "closes_at": None}


@pytest.mark.parametrize("id_", ["0", "x", "9" * 30, "9" * 18])
def test_a_round_that_is_none(api: Client, id_: str) -> None:
    """An id of no round is a problem that names it."""
    assert problem(get(api, f"/rounds/{id_}"), 404)["fact"] == "id"


@pytest.mark.parametrize(("asked", "name"), [("after=x", "after"), ("q=1", "q")])
def test_what_cannot_be_asked_is_refused_by_name(api: Client, asked: str, name: str) -> None:
    """A key that is none and a parameter that does not exist are problems with that name."""
    assert problem(get(api, f"/rounds?{asked}"), 400)["fact"] == name


def test_rounds_come_page_by_page_in_as_many_questions(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every round stands on one page, the newest first, and three rounds take no more questions than one."""
    monkeypatch.setattr("doorleren.web.api.rounds.ON_A_PAGE", 2)
    made = []
    questions = []
    for number in (1, 2):
        made.append(a_round().pk)
        with CaptureQueriesContext(connection) as told:
            page = get(api, "/rounds").json()
        questions.append(sum(one["sql"].startswith("SELECT") for one in told))
        assert len(page["items"]) == number
    made.append(a_round().pk)
    first = get(api, "/rounds").json()
    second = get(api, f"/rounds?after={first['after']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["after"] is None
    assert questions[0] == questions[1] == 2
