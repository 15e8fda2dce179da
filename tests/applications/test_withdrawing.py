"""Withdrawing what was submitted, also when it comes in meanwhile; and no more once it has been decided on."""

import threading
from typing import Any

import pytest
from django.db import transaction

from doorleren.applications.commands import withdraw_application as withdrawing
from doorleren.applications.commands.withdraw_application import (
    undo_withdrawal,
    withdraw_application,
)
from doorleren.applications.models import Application
from doorleren.applications.queries import state_now, ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.acts import record
from doorleren.audit.models import Act
from doorleren.people.models import Person
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library
from tests.applications.made import AT, WHOLE, answer, draft, signed_in
from tests.applications.test_draft import freeze
from tests.rounds.at_once import at_once, waits_for_a_lock


def came_in(one: Application) -> Ticket:
    """Enter what stands ready without the intake."""
    told = one.freezes.get()
    id_ = one.round_id << 32 | 1
    return Ticket.objects.create(
        id=id_, round=one.round, key=one.key, person=told.person, content=told.content, cents=told.cents,
        kind=told.kind, batch=id_, arrived_at=AT,
    )  # fmt: skip


def test_withdrawing_what_was_submitted(known: Library, round_: Round, nadia: Person) -> None:
    """Its ticket is withdrawn along with it, once; what was submitted stays, and there is no way back."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    freeze(known, one, nadia)
    ticket = came_in(one)
    one = withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    assert (state_now(one), ticket.withdrawal.withdrawn_at) == ("withdrawn", AT)
    assert one.frozen_content == ticket.content
    for act in (withdraw_application, undo_withdrawal):
        with pytest.raises(ApplicationRefused):
            act(one.pk, by=signed_in(nadia), at=AT)
    acts = Act.objects.filter(act="withdrawn").order_by("id").values_list("subject_kind", "actor_kind", "details")
    assert list(acts) == [("ticket", "person", {}), ("application", "person", {"submitted": True})]


def test_withdrawing_after_a_decision(known: Library, round_: Round, nadia: Person) -> None:
    """Once a decision rests on its place an application can no longer be withdrawn, and the refusal says why."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    freeze(known, one, nadia)
    ticket = came_in(one)
    allocate(round_.pk, at=AT)
    fix_place(ticket.pk, at=AT)
    with pytest.raises(ApplicationRefused, match="al besloten"):
        withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_what_came_in_while_it_was_withdrawn(
    known: Library, round_: Round, nadia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When what stood ready came in just before the withdrawal, its ticket is withdrawn with it."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    freeze(known, one, nadia)
    ticket, looks = came_in(one), [None]
    monkeypatch.setattr(withdrawing, "ticket_of", lambda found: looks.pop() if looks else ticket_of(found))
    one = withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    assert (state_now(one), ticket.withdrawal.withdrawn_at, looks) == ("withdrawn", AT, [])
    assert one.frozen_content == ticket.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept", [True, False], ids=["rows first", "guard_off"])
def test_withdrawing_while_another_is_changed(
    kept: bool, known: Library, round_: Round, nadia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who withdraws waits for who changes what is ready for the same place; had they recorded before it, they would wait for ever."""
    came, other = draft(known, round_, nadia), draft(known, round_, nadia)
    for one in (came, other):
        answer(known, one, nadia, WHOLE)
        freeze(known, one, nadia)
    came_in(came)
    if not kept:
        monkeypatch.setattr(withdrawing, "_ready_anew", after_recording(withdrawing._ready_anew, came, nadia))
    locked = threading.Event()

    def change() -> None:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=other.pk)
            locked.set()
            waits_for_a_lock()
            record("answered", party(other), by=signed_in(nadia).party, at=AT)

    def withdraw() -> None:
        locked.wait(20)
        withdraw_application(came.pk, by=signed_in(nadia), at=AT)

    assert [type(one).__name__ for one in at_once(change, withdraw)] == ([] if kept else ["OperationalError"])
    if kept:
        other.refresh_from_db()
        assert (state_now(other), Act.objects.filter(act="answered", subject_id=str(other.pk)).count()) == ("draft", 2)


def after_recording(act: Any, one: Application, who: Person) -> Any:
    """Do something after an act was recorded: what must not be."""

    def recorded(*given: Any, **named: Any) -> None:
        record("looked_at", party(one), by=signed_in(who).party, at=AT)
        act(*given, **named)

    return recorded
