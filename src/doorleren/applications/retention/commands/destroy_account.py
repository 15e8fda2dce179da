"""Destroying the accounts that nobody needs any more, by the rule of due.py alone."""

from datetime import date, datetime

from django.db import transaction

from doorleren.applications.commands.list_adviser import let_go_of_listing
from doorleren.applications.corrections.commands.let_go import let_go_of_account
from doorleren.applications.retention.due import bound, due_accounts
from doorleren.audit.acts import Party
from doorleren.people.commands.destroy_account import destroy_account
from doorleren.people.models import Person


def destroy_unused_accounts(on: date, *, by: Party, at: datetime) -> list[int]:
    """Destroy what is due on a day, each in its own transaction; who came back meanwhile keeps the account. Gives them."""
    gone = []
    for one in due_accounts(on):
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=one.number)
            if not bound(one.number, on):
                destroy_account(one.number, by=by, at=at)
                let_go_of_account(one.number, by=by, at=at)
                let_go_of_listing(one.number, by=by, at=at)
                gone.append(one.number)
    return gone
