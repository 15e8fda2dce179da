"""Shares and financing are kept when they add up to the cost exactly, in the command and in the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.models import Divided, Division, DivisionLine, Unit
from doorleren.applications.partnerships.refusing import DOES_NOT_FIT
from doorleren.applications.partnerships.standing import planned
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed
from tests.applications import made
from tests.applications.made import AT, KEY, SENSITIVE, TODAY, WHOLE, answer
from tests.applications.made import draft as for_oneself
from tests.applications.partners import FIRM, LEAD, SECOND, Lead
from tests.people import made as people


@pytest.fixture
def two(lead: Lead) -> Lead:
    """Two members with a cost of 600,000 each."""
    for number in (lead.add(LEAD), lead.add(SECOND)):
        lead.tell(number, FIRM)
    return lead


def test_a_cent_lacks(two: Lead) -> None:
    """One cent or one hundredth of a percent off is refused with how much, and nothing is kept."""
    with pytest.raises(ApplicationRefused, match="ontbreekt nog € 0,01"):
        two.share({1: 600_000_00, 2: 599_999_99}, Unit.CENTS)
    with pytest.raises(ApplicationRefused, match="0,01% te veel"):
        two.share({1: 6000, 2: 4001})
    with pytest.raises(ApplicationRefused, match=r"ontbreekt nog € 200\.000,00"):
        two.finance(scheme=500_000_00, own=500_000_00)
    assert not Division.objects.exists()


def test_every_member_has_a_share(two: Lead) -> None:
    """A share that lacks, or of somebody who is no member, is refused."""
    for parts in ({1: 10_000}, {1: 5000, 2: 5000, 3: 0}):
        with pytest.raises(ApplicationRefused, match="van elk lid"):
            two.share(parts)


def test_before_the_cost_is_known(lead: Lead) -> None:
    """Without a cost there is nothing to finance, and the refusal says so."""
    lead.add(LEAD)
    with pytest.raises(ApplicationRefused, match="kosten zijn nog niet bekend"):
        lead.finance(own=100)


def test_less_than_nothing(two: Lead) -> None:
    """A negative part is refused, also when the sum is right."""
    with pytest.raises(ApplicationRefused, match="nul of meer"):
        two.finance(scheme=1_200_000_01, own=-1)


def test_the_last_division_counts(two: Lead) -> None:
    """A later one takes the place of the former, which stays."""
    two.finance(scheme=1_200_000_00)
    two.finance(scheme=700_000_00, own=500_000_00)
    found = planned(two.application.pk, Divided.FINANCING)
    assert found is not None
    assert [(one.financier, one.part) for one in found.told.parts] == [("scheme", 700_000_00), ("own", 500_000_00)]
    assert Division.objects.count() == 2


def test_a_stranger_divides_nothing(two: Lead) -> None:
    """Who has nothing to do with the lead partner may not divide."""
    with pytest.raises(NotAllowed):
        Lead(two.known, two.application, people.person(name="Piet")).finance(scheme=1_200_000_00)


@transaction.atomic
def _written(two: Lead, part: int | None) -> None:
    """Write a division of 100 past the commands, with one line of this part or none, and let the database look."""
    made = Division.objects.create(
        application=two.application, of="financing", unit="cents", whole=100, by_kind="person", by_id="1", at=AT
    )
    if part is not None:
        DivisionLine.objects.create(division=made, financier="own", part=part)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_adds_up_too(two: Lead) -> None:
    """A division whose lines are not its whole is refused by the database when the transaction ends, and one without lines."""
    for part in (99, None):
        with pytest.raises(IntegrityError, match="do not add up"):
            _written(two, part)


@pytest.mark.django_db
def test_who_applies_alone_can_finance_too(tmp_path: object) -> None:
    """A person with a training names several financiers of its price; with another price it no longer fits and is refused."""
    known = made.library(tmp_path / "alone")  # type: ignore[operator]
    nadia = people.person(name="Nadia")
    alone = Lead(known, for_oneself(known, made.a_round(known), nadia), nadia)
    answer(known, alone.application, nadia, WHOLE)
    alone.finance(scheme=500_00, employer=199_95)
    told = {"sensitive": SENSITIVE, "person_key": KEY, "today": TODAY, "library": known, **alone.by}
    freeze_draft(alone.application.pk, **told)
    answer(known, alone.application, nadia, {"training.price": 800_00})
    with pytest.raises(ApplicationRefused) as refused:
        freeze_draft(alone.application.pk, **told)
    assert refused.value.texts is DOES_NOT_FIT
