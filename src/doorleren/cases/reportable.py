"""Of which cases can be reported what was done: those that were granted, and those settled at once that were asked about it since.

A grant that settles at once is proven to nobody beforehand; who is drawn to be checked afterwards is asked by letter.
"""

from django.db.models import Exists, F, OuterRef, Q

from doorleren.cases.models import CaseAct

PROOF_ASKED = "proof_asked"
"""What the note of a question about a delivery says that it is."""


def reportable() -> Q:
    """Give the condition on cases. Whether the letter that asks went out, decisions/delivering.py says."""
    asked = CaseAct.objects.filter(
        case=OuterRef("pk"), act="contact_noted", details__what=PROOF_ASKED, at__gt=OuterRef("settled_at")
    )
    return Q(state="granted") | Q(Exists(asked), state="settled", settled_at=F("decided_at"))
