"""Finding or making the person behind a national number that an official read from a paper (BSN, people/national_number.py).

The number is hashed, sealed and let go, as at sign-in: whoever signs in with it later is the same person.
"""

from datetime import datetime

from django.db import connection, transaction

from doorleren.people import national_number
from doorleren.people.models import NationalNumber, Person


def know_by_number(number: str, *, name: str, at: datetime) -> Person:
    """Give the person of a national number; one who is new gets this name, one who is known keeps theirs.

    Raises NotANationalNumber, or NoKeys where the site has none. What is known of that person is not told.
    """
    digits = national_number.checked(number)
    keys = national_number.keys()
    lookup = keys.hashed(digits)
    with transaction.atomic():
        with connection.cursor() as cursor:  # the lock of sign_in: two ways in make one person
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lookup])
        owner = NationalNumber.objects.filter(lookup=lookup).select_related("person").first()
        if owner is not None:
            return owner.person
        person = Person.objects.create(name=name, created_at=at)
        NationalNumber.objects.create(person=person, lookup=lookup, sealed=keys.sealed(digits))
    return person
