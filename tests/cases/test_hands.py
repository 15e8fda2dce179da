"""A hand in a case before an act says so counts as an act does, and its row is never changed."""

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from doorleren.cases.access import hands_in, hands_of
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.commands.note_decided import note_decided
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, Hand
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.cases import made
from tests.cases.made import AT, by
from tests.cases.test_standing_in import away as leave
from tests.cases.test_standing_in import given_to

pytestmark = pytest.mark.django_db


def test_a_hand_is_counted_once(case: Case) -> None:
    """Who has a hand in a payment under way is found by case, and keeping it again changes nothing."""
    first, second = made.official(), made.official()
    for _ in range(2):
        keep_hands([case.pk], "pay", (first.pk, second.pk), cause="payment_run/1")
    assert hands_of(case.pk)["pay"] == {first.pk, second.pk}
    assert Hand.objects.count() == 2


@pytest.mark.parametrize(("duty", "name"), [("pay", "cases_hand_once"), ("gossip", "cases_hand_duty")])
def test_what_the_database_refuses(duty: str, name: str, case: Case) -> None:
    """A row against a constraint is refused by the database, and the constraint says why in Dutch."""
    who = made.official()
    keep_hands([case.pk], "pay", [who.pk], cause="payment_run/1")
    row = Hand(case=case, duty=duty, person=who, cause="payment_run/1")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)
    one = next(each for each in Hand._meta.constraints if each.name == name)
    with pytest.raises(ValidationError) as said:
        one.validate(Hand, row)
    assert said.value.messages == [str(one.violation_error_message)]


def test_a_note_that_decides_leaves_a_hand(case: Case) -> None:
    """Who decides by a note, and the colleague in whose place that was, have decided in the case; who may not assess it is refused."""
    away, deputy = made.official(RoleKind.DECIDER), made.official(RoleKind.DECIDER, RoleKind.ASSESSOR)
    given_to(case, away)
    leave(away, deputy)
    row = note_decided(case.pk, "granted", by=by(deputy), at=AT, details={"what": "progress_accepted"})
    assert row.details == {"what": "progress_accepted", "on_behalf_of": away.pk}
    assert hands_of(case.pk) == {"decide": {away.pk, deputy.pk}} == hands_in([case.pk])[case.pk]
    with pytest.raises(NotAllowed) as refused:
        note_decided(case.pk, "assessed", by=by(deputy), at=AT, details={})
    assert refused.value.refused.reason == "decided_it"
    with pytest.raises(NotAllowed):
        note_decided(case.pk, "granted", by=by(made.official(RoleKind.ASSESSOR)), at=AT, details={})


@pytest.mark.parametrize(("what", "is_one"), [("progress_accepted", True), ("writ", True), ("reminded", False)])
def test_notes_of_before_leave_a_hand_too(what: str, is_one: bool, case: Case) -> None:
    """The migration keeps a hand of a note that decided something before hands were kept of notes, and of no other note."""
    who = made.official(RoleKind.DECIDER)
    perform(case.pk, "contact_noted", by=by(who), at=AT, details={"what": what})
    with connection.cursor() as cursor:
        cursor.execute(import_module("doorleren.cases.migrations.0008_decided_by_note").NOTED)
    assert hands_of(case.pk) == ({"decide": {who.pk}} if is_one else {})


@pytest.mark.parametrize("act", ["update", "delete"])
def test_hands_are_insert_only(act: str, case: Case) -> None:
    """A hand is never changed and never goes."""
    keep_hands([case.pk], "pay", [made.official().pk], cause="payment_run/1")
    rows = Hand.objects.filter(case=case)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(cause="x") if act == "update" else rows._raw_delete("default")
