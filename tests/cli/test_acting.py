"""Whom the operator of the machine vouches for on the command line."""

import pytest

from doorleren.audit.models import Act
from doorleren.cli.acting import vouched_for
from doorleren.web.surroundings import now
from tests.people import made as people


@pytest.mark.django_db(transaction=True)
def test_who_is_vouched_for_is_in_the_record_whatever_comes_after() -> None:
    """Outside any transaction, as a command begins, the act is in the record by itself, before anything is done as this person."""
    person, at = people.person(name="Ada"), now()
    who = vouched_for(str(person.pk), "payments-propose", at=at)
    assert (who.person, who.second_factor, who.proven_at) == (person.pk, True, at)
    told = Act.objects.get(act="vouched_for")
    assert (told.actor_kind, told.subject_id, told.details) == ("site", str(person.pk), {"command": "payments-propose"})
