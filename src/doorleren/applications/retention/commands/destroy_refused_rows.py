"""Destroying the refused rows of bundles, which hold an adviser's own reference and never became an application."""

from datetime import date, datetime

from django.db import transaction

from doorleren.applications.models import BundleRow
from doorleren.applications.retention.due import BUNDLE, due_bundles
from doorleren.audit.acts import Party, record
from doorleren.audit.holding import hold


def destroy_refused_rows(on: date, *, by: Party, at: datetime) -> list[int]:
    """Destroy those of every bundle that is due on a day, each in its own transaction; give the bundles. The act counts the rows."""
    return [one.number for one in due_bundles(on) if _destroy(one.number, on, by=by, at=at)]


def _destroy(bundle: int, on: date, *, by: Party, at: datetime) -> bool:
    thing = Party(BUNDLE, str(bundle))
    with transaction.atomic():
        hold(thing)
        if not any(due_bundles(on, only=bundle)):
            return False
        rows = BundleRow.objects.filter(bundle=bundle, registration__isnull=True)
        record("destroyed", thing, by=by, at=at, details={"rows": rows.count()})
        rows.delete()
    return True
