"""In whose name a command acts (`--as`), and what is refused of its arguments."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Party, record
from doorleren.people.demo import ISSUER
from doorleren.people.models import Assurance, Person
from doorleren.people.signed_in import SignedIn

LARGEST_NUMBER = 2**63 - 1


class Wrong(ValueError):
    """An argument that cannot be; the message names it, what was given and what is allowed."""


def person_named(named: str) -> int:
    """Give the number of a person, named by it, or by the name of somebody of the demo. Raises Wrong."""
    if named.isascii() and named.isdecimal():
        found = Person.objects.filter(pk=min(int(named), LARGEST_NUMBER), is_active=True)
    else:
        found = Person.objects.filter(identities__issuer=ISSUER, identities__subject=named, is_active=True)
    person = found.values_list("pk", flat=True).first()
    if person is None:
        raise Wrong(
            f"--as: given is {named[:60]!r}, allowed is the number of a person, or somebody of the demo by name"
        )
    return int(person)


def vouched_for(named: str, command: str, *, at: datetime, second_factor: bool = True) -> SignedIn:
    """Let somebody be signed in, as officials are with a second factor: the operator of the machine vouches for them. Raises Wrong.

    That they did, for whom and for which command, is in the record before anything is done: nobody saw this person sign in.
    """
    person = person_named(named)
    with transaction.atomic():
        record("vouched_for", Party("person", str(person)), by=SITE, at=at, details={"command": command})
    return SignedIn(person, Assurance.SUBSTANTIAL, second_factor, at)
