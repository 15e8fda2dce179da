"""A hand in a case before an act says so counts as an act does, and its row is never changed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from doorleren.cases.access import hands_of
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.models import Case, Hand
from tests.cases import made

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


@pytest.mark.parametrize("act", ["update", "delete"])
def test_hands_are_insert_only(act: str, case: Case) -> None:
    """A hand is never changed and never goes."""
    keep_hands([case.pk], "pay", [made.official().pk], cause="payment_run/1")
    rows = Hand.objects.filter(case=case)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(cause="x") if act == "update" else rows._raw_delete("default")
