"""Paper that came in before a round closed and is typed in after it: it goes in, behind everybody, and nothing else does."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.commands.enter_for import Entry, EntryRefused, enter_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.submit_late_paper import submit_late_paper
from doorleren.applications.late_paper import last_day_for_paper, rounds_for_late_paper, takes_late_paper
from doorleren.applications.models import Application
from doorleren.applications.queries import receipt_of, state_now
from doorleren.applications.refusing import NOT_READY, ApplicationRefused
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.days import LATE_DAYS
from doorleren.rounds.models import NUMBER_BITS, Allocation, Gate, Place, Round, Ticket
from doorleren.rounds.queries import sealed_tickets
from doorleren.rounds.receipts import verify_receipt
from doorleren.rules.library import Library
from tests.applications.bundles.made import SIGNING
from tests.applications.made import AT, KEY, SENSITIVE, TODAY, US, WHOLE, answer, draft, signed_in, submitted
from tests.applications.test_entered_for import PAPER, _keys, official
from tests.people import made as people

__all__ = ["_keys"]
CLOSED, AFTER, LATE = AT + timedelta(hours=2), AT + timedelta(days=3), timedelta(days=LATE_DAYS)
PUBLIC = SIGNING.public_key().public_bytes_raw()


@pytest.fixture
def bram(known: Library, round_: Round) -> SignedIn:
    """A desk adviser; somebody submitted, and then the round closed."""
    open_gate(round_.pk, by=US, at=AT)
    tom = people.person(name="Tom")
    own = draft(known, round_, tom)
    answer(known, own, tom, WHOLE)
    freeze_draft(own.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=signed_in(tom), at=AT)
    Gate.objects.filter(pk=round_.pk).update(tickets=1, batches=1)
    submitted(own)
    close_gate(round_.pk, by=US, at=CLOSED)
    return replace(official(round_), proven_at=AFTER)


def entered(round_: Round, by: SignedIn, *, after: timedelta = timedelta(days=3), **other: Any) -> Application:
    """Enter what stands on the paper, so long after the closing."""
    told = {name: getattr(PAPER, name) for name in Entry.__slots__} | other
    return enter_for(round_, "learner", Entry(**told), by=by, at=AT + after)


def ready(known: Library, one: Application, by: SignedIn) -> None:
    """Answer everything and put it ready."""
    save_answers(one.pk, [Given(*told) for told in WHOLE.items()], library=known, by=by, at=AFTER)
    freeze_draft(one.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=by, at=AFTER)
    one.refresh_from_db()


def test_it_goes_in_behind_everybody(known: Library, round_: Round, bram: SignedIn) -> None:
    """It has a ticket with a receipt that stands, after all who were in, and gets what is left; once, and only by an official."""
    one = entered(round_, bram)
    ready(known, one, bram)
    nadia = signed_in(Person.objects.get(pk=one.applicant_number))
    with pytest.raises(ApplicationRefused):
        submit_late_paper(one.pk, signing=SIGNING, by=nadia, at=AFTER)
    number = submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert (number, state_now(one)) == (2, "submitted")
    told = receipt_of(one, PUBLIC)
    assert told is not None
    verify_receipt(json.loads(told.receipt), PUBLIC)
    with pytest.raises(ApplicationRefused):
        submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert allocate(round_.pk, at=AFTER) == 2
    assert list(Place.objects.order_by("position").values_list("ticket__key", flat=True))[1] == one.key
    assert Place.objects.get(ticket__key=one.key).outcome == "inside"


def test_no_places_are_given_meanwhile(known: Library, round_: Round, bram: SignedIn) -> None:
    """The gate and then the allocation are locked until it is in, so that no list of a draw or of scores is made without it."""
    one = entered(round_, bram)
    ready(known, one, bram)
    with CaptureQueriesContext(connection) as asked:
        submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    locked = [row["sql"] for row in asked if "FOR UPDATE" in row["sql"]]
    tables = [name for sql in locked for name in ("rounds_gate", "rounds_allocation") if f'FROM "{name}"' in sql]
    assert tables == ["rounds_gate", "rounds_allocation"]


def test_what_was_changed_is_put_ready_first(known: Library, round_: Round, bram: SignedIn) -> None:
    """After an answer was changed the content from before it does not go in."""
    one = entered(round_, bram)
    ready(known, one, bram)
    save_answers(one.pk, [Given("training.price", 60000)], library=known, by=bram, at=AFTER)
    with pytest.raises(ApplicationRefused) as said:
        submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert said.value.texts == NOT_READY


def shuts(round_: Round, **changed: Any) -> None:
    """Fix the order of treatment."""
    Allocation.objects.filter(pk=round_.pk).update(**changed)


TOO_LATE: dict[str, Callable[[Round, SignedIn], object]] = {
    "received after the closing": lambda row, by: entered(row, by, received_on=date(2026, 3, 11)),
    "signed after the closing": lambda row, by: entered(row, by, signed_on=date(2026, 3, 11)),
    "by telephone": lambda row, by: entered(row, by, channel="telephone"),
    "too long ago": lambda row, by: entered(row, by, after=LATE + timedelta(days=1)),
    "the draw was held": lambda row, by: (shuts(row, seed="a seed"), entered(row, by)),
}


@pytest.mark.parametrize("name", list(TOO_LATE))
def test_what_is_too_late(name: str, round_: Round, bram: SignedIn) -> None:
    """What was not there on paper in time is not entered, nor anything once the order of treatment is fixed."""
    with pytest.raises((EntryRefused, ApplicationRefused)):
        TOO_LATE[name](round_, replace(bram, proven_at=AFTER + LATE))
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("announced", "days"), [({}, 14), ({"per_day": True, "paper_days": 20}, 20)])
def test_the_last_day_counts_whole(round_: Round, bram: SignedIn, announced: dict[str, Any], days: int) -> None:
    """It is entered until the evening of the last day: 14 days after the closing, or as long as was announced for paper."""
    Round.objects.filter(pk=round_.pk).update(announced=round_.announced | announced)
    round_.refresh_from_db()
    evening = CLOSED + timedelta(days=days, hours=8)
    assert last_day_for_paper(round_) == day_of(evening) == date(2026, 3, 10) + timedelta(days=days)
    assert (takes_late_paper(round_, at=evening), rounds_for_late_paper(evening)) == (date(2026, 3, 10), [round_])
    morrow = evening + timedelta(days=1)
    assert (takes_late_paper(round_, at=morrow), rounds_for_late_paper(morrow)) == (None, [])


def test_a_draw_has_it_on_its_list(known: Library, round_: Round, bram: SignedIn) -> None:
    """Where a draw is still to come it is on the list as all others; once places were given by it, it is refused."""
    Round.objects.filter(pk=round_.pk).update(order="draw", announced=round_.announced | {"order": "draw"})
    round_.refresh_from_db()
    one = entered(round_, bram)
    ready(known, one, bram)
    shuts(round_, position=1)
    with pytest.raises(ApplicationRefused):
        submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert takes_late_paper(round_, at=AFTER) is None
    shuts(round_, position=0)
    submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert len(list(sealed_tickets(round_.pk))) == 2
    assert rounds_for_late_paper(AFTER) == [round_]


def test_what_did_not_stand_on_the_paper(known: Library, round_: Round, bram: SignedIn) -> None:
    """Whose applicant answers in it after the closing is not put in; nor is a second one for who has a ticket."""
    one = entered(round_, bram)
    ready(known, one, bram)
    first = (round_.pk << NUMBER_BITS) + 1
    Ticket.objects.create(
        id=first + 40, round=round_, key="another-key-of-nadia", person=one.freezes.get().person, content="c" * 64, cents=1, kind="",
        batch=first, arrived_at=AT,
    )  # fmt: skip
    with pytest.raises(ActRefused) as said:
        submit_late_paper(one.pk, signing=SIGNING, by=bram, at=AFTER)
    assert "eerste telt" in said.value.texts["nl"]
    nadia = signed_in(Person.objects.get(pk=one.applicant_number))
    save_answers(one.pk, [Given("training.price", 60000)], library=known, by=nadia, at=AFTER)
    with pytest.raises(ApplicationRefused):
        freeze_draft(one.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=bram, at=AFTER)
