"""Destroying an account that nobody needs any more: the name, the address, the number and the ways to sign in go."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.models import Identity, NationalNumber, Person, Session


def destroy_account(person: int, *, by: Party, at: datetime) -> None:
    """Empty the row of a person and delete what recognises them; the number of the person stays in the record.

    Whether nothing needs the account is for who calls (applications/retention/due.py). A second time changes nothing.
    """
    with transaction.atomic():
        one = Person.objects.select_for_update().get(pk=person)
        gone = [
            table.objects.filter(person=one).delete()[0] for table in (NationalNumber, Identity, Session)
        ]  # fmt: skip
        if not (any(gone) or one.name or one.notice_email or one.letters_by or one.is_active):
            return
        one.name, one.notice_email, one.letters_by, one.is_active = "", "", "", False
        one.save(update_fields=["name", "notice_email", "letters_by", "is_active"])
        record("account_destroyed", Party("person", str(one.pk)), by=by, at=at, details={"identities": gone[1]})
