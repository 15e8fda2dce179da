"""What every change of a partnership has in common: it is done to a draft that may be changed, and makes it one again."""

from collections.abc import Mapping
from datetime import datetime

from doorleren.applications.models import Application
from doorleren.applications.recording import party
from doorleren.applications.superseding import ensure_draft
from doorleren.audit.acts import Detail, record
from doorleren.people.signed_in import SignedIn


def changed(
    draft: Application, act: str, *, by: SignedIn, at: datetime, details: Mapping[str, Detail] | None = None
) -> None:  # fmt: skip
    """Record a change of a draft; what stood ready no longer does. Called within the transaction of a command.

    Raises ApplicationRefused where it came in meanwhile.
    """
    ensure_draft(draft, at=at)
    record(act, party(draft), by=by.party, at=at, details=details or {})
