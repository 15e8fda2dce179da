"""What an act says of the term for settling, so that the case counts it (cases/terms/money.py): of law, or of the scheme itself. Pure."""

from datetime import date

from doorleren.audit.acts import Detail
from doorleren.rules.handling import Handled

CLAIM = "claim_until"
"""What the act of a grant says is the last day to claim what was reserved."""
REQUEST = "settlement-request"
"""The kind of term that is named where only the scheme sets one."""


def of_grant(handled: Handled | None, until: date | None) -> dict[str, Detail]:
    """Say it with a grant, from the last day of its activities; nothing while that is open.

    Where the recipient asks for the settlement the term begins with the request, and the grant says within which term they ask.
    Where it is paid once it was claimed, the grant says until when that is.
    """
    if handled is not None and (last := claim_until(handled)) is not None:
        return {CLAIM: last.isoformat()}
    if handled is None or until is None:
        return {}
    if handled.settling.how == "ex_officio":
        return of_term(handled, until)
    within = requested_within(handled)
    if within is None:
        return {}
    kind, weeks = within
    told: dict[str, Detail] = {"request_term": kind, "request_from": until.isoformat()}
    return told if weeks is None else told | {"request_weeks": weeks}


def lacks_last_day(how: str, until: date | None) -> bool:
    """Say whether a grant that settles so cannot be settled by the authority itself while the last day of its activities is open."""
    return until is None and how in ("ex_officio", "on_request")


def claim_until(handled: Handled) -> date | None:
    """Give the last day to claim what was reserved; None where that is not how it is paid, or the scheme names no day."""
    return handled.claim_until if handled.settling.how == "on_delivery" else None


def requested_within(handled: Handled) -> tuple[str, int | None] | None:
    """Give the kind of term in which the recipient asks to settle, with the weeks that the scheme itself sets; None for no term."""
    if handled.settling.how != "on_request":
        return None
    if handled.request_within is not None:
        return handled.settling.request or REQUEST, handled.request_within.weeks
    return (handled.settling.request, None) if handled.settling.request else None


def of_term(handled: Handled, since: date) -> dict[str, Detail]:
    """Say the kind of term and the day before it; the weeks that the scheme itself sets go before those of the framework."""
    told: dict[str, Detail] = {"settlement_term": handled.settling.term, "settlement_from": since.isoformat()}
    if handled.settle_within is not None:
        told["settlement_weeks"] = handled.settle_within.weeks
    return told
