"""The account of an authority itself, as its letters name it."""

from datetime import timedelta

import pytest

from doorleren.payments.own_account import own_account
from doorleren.payments.payees import account_in_force
from tests.payments.paying import DECIDED, PAID, PAYERS_IBAN, Scene, guards_off

pytestmark = pytest.mark.django_db


def test_the_account_that_a_body_pays_from(scene: Scene) -> None:
    """It is the one that two people set for the body, from the moment that it is in use; another body has none."""
    found = own_account(scene.body.pk, PAID)
    assert found is not None
    assert (found.iban, found.name) == (PAYERS_IBAN, "Näme of the Payee & Co")
    assert own_account(scene.body.pk, DECIDED + timedelta(hours=1)) is None
    assert own_account(scene.body.pk + 1, PAID) is None


def test_an_account_that_was_changed_by_hand_stands_in_no_letter(scene: Scene) -> None:
    """Where the number is not the one that two people set, a letter names none: nobody pays to another."""
    row = account_in_force(scene.body.pk, "body", str(scene.body.pk), PAID)
    assert row is not None
    with guards_off("payments_payeeaccount"):
        type(row).objects.filter(pk=row.pk).update(lookup="0" * 64)
    assert own_account(scene.body.pk, PAID) is None
