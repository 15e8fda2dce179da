"""Named reads of what the bank said."""

from django.db.models import QuerySet

from doorleren.payments.models import FOR_A_PERSON, BankAnswer


def entries_for_a_person(body: int) -> QuerySet[BankAnswer]:
    """Give what a body's bank said that booked nothing or that the case refused, newest first: somebody must look at it."""
    found = BankAnswer.objects.filter(entry__message__body=body, outcome__in=FOR_A_PERSON)
    return found.select_related("entry__message", "line__case").order_by("-entry")
