"""What an act says of the term for settling, so that the case counts it (cases/terms/money.py): of law, or of the scheme itself. Pure."""

from datetime import date

from doorleren.audit.acts import Detail
from doorleren.rules.handling import Handled


def of_grant(handled: Handled | None, until: date | None) -> dict[str, Detail]:
    """Say it with a grant that is settled without a request, from the last day of its activities; nothing while that is open.

    Where the recipient asks for the settlement, the term begins with the request.
    """
    if handled is None or handled.settling.how != "ex_officio" or until is None:
        return {}
    return of_term(handled, until)


def of_term(handled: Handled, since: date) -> dict[str, Detail]:
    """Say the kind of term and the day before it; the weeks that the scheme itself sets go before those of the framework."""
    told: dict[str, Detail] = {"settlement_term": handled.settling.term, "settlement_from": since.isoformat()}
    if handled.settle_within is not None:
        told["settlement_weeks"] = handled.settle_within.weeks
    return told
