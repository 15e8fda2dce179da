"""Leaving what is owed in a case out of a payment run: only with a reason, which stays in the file of the case.

That is putting a payment off to look at something. Upon a serious suspicion payment is suspended by a notice instead (Awb 4:56,
decisions/commands/suspend_payment.py), and what is due is to be paid within six weeks all the same (4:87).
"""

from collections.abc import Collection
from datetime import datetime
from json import loads

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.decisions.sealed import Content, seal
from doorleren.payments.models import LeftOut, PaymentRun
from doorleren.payments.refusing import refused
from doorleren.people.file_keys import Destroyed, key_of, opened
from doorleren.people.signed_in import SignedIn

LONGEST_REASON = 1000


def reason_of(text: str) -> str:
    """Give a reason for leaving cases out. Raises PaymentRefused for none, or one that is too long."""
    reason = text.replace("\x00", "").strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise refused(
            f"Schrijf op waarom u deze zaken nu niet betaalt, in ten hoogste {LONGEST_REASON} tekens. U schreef er {len(reason)}.",
            f"Say why you do not pay these cases now, in at most {LONGEST_REASON} characters. You wrote {len(reason)}.", "reason",
        )  # fmt: skip
    return reason


def keep_left_out(run: PaymentRun, cases: Collection[int], reason: str, *, by: SignedIn, at: datetime) -> None:
    """Keep that these cases were left out of a run, in the transaction of the caller. Raises PaymentRefused without a reason."""
    if not cases:
        return
    told, details = reason_of(reason), dict[str, Detail](run=run.pk)
    for case in Case.objects.filter(pk__in=cases).order_by("pk"):
        content = seal(Content(words=told), case, _name(run.pk), at)
        LeftOut.objects.create(run=run, case=case, by_id=by.person, at=at, content=content)
        record("left_out", Party("case", str(case.pk)), by=by.party, at=at, details=details)


def left_out_of(case: Case) -> list[tuple[LeftOut, str]]:
    """Give when what is owed in a case was left out of a run, the last first, with the reason; "" where that was destroyed."""
    rows = LeftOut.objects.filter(case=case).select_related("by", "run").order_by("-pk")
    return [(one, _reason(one, case)) for one in rows]


def _reason(one: LeftOut, case: Case) -> str:
    about = party_of(case)
    try:
        return str(loads(opened(bytes(one.content), key_of(about, at=one.at), about, _name(one.run_id)))["words"])
    except Destroyed:
        return ""


def _name(run: int) -> str:
    """Name what a reason is sealed under."""
    return f"left-out-{run}"
