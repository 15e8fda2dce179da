"""A person takes along everything that is kept of them: the act, written before the archive leaves the site.

What is in the archive, the pages that know every table gather (web/people/export/).
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import record
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn

ACT = "export_own_content"


@transaction.atomic
def export_own(*, rows: int, files: int, digest: str, by: SignedIn, at: datetime) -> None:
    """Record that somebody was given the archive with this SHA-256 (hexadecimal). Raises NotAllowed.

    Ground: AVG (GDPR), art. 15(3) and 20: a copy of what is kept, in a form that machines can read.
    """
    ensure(by, ACT, account_of(by), at=at)
    told: dict[str, str | int | bool | None] = {"rows": rows, "files": files, "sha256": digest}
    record("exported_own_content", by.party, by=by.party, at=at, details=told)


def account_of(by: SignedIn) -> Thing:
    """Give the account of who asks, as what is acted upon."""
    return Thing("account", str(by.person), person=by.person)
