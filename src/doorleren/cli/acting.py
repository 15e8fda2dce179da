"""In whose name a command acts (`--as`), and what is refused of its arguments."""

from doorleren.people.demo import ISSUER
from doorleren.people.models import Person

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
