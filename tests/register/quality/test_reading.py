"""A provider's offer as the checks get it from the register."""

from dataclasses import replace
from datetime import date

import pytest

from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.models import Provider
from doorleren.register.quality.reading import offer_of
from tests.register.commands.scene import AT, OWNER, SCHOOL, WELDING, day, receive

pytestmark = pytest.mark.django_db


def test_the_offer_is_what_is_listed_and_published_on_the_day():
    """The provider comes with its recognitions; an activity that is undone or not yet published is left out."""
    later = replace(WELDING, code="L2", published_from=date(2026, 6, 1))
    receive(WELDING, later, at=AT)
    undone = receive(replace(WELDING, code="L3"), at=day(2)).delivery
    undo_delivery(undone, by=OWNER, at=day(3))
    provider = Provider.objects.get().pk
    found = offer_of(provider, date(2026, 5, 3))
    assert (found.provider, found.entries, found.on) == (SCHOOL, (WELDING,), date(2026, 5, 3))
    assert offer_of(provider, date(2026, 6, 1)).entries == (WELDING, later)
