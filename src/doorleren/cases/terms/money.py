"""The terms of settling and of suspended payment. Kaderregeling ch. 7; Awb 4:56."""

from doorleren.cases.terms.facts import CaseTerm, Law, Life, of_law, waiting


def money_terms_of(life: Life, law: Law) -> list[CaseTerm]:
    """Give the term for settling, as the grant or the request says it, and the one of a suspended payment."""
    return [one for one in (_settling(life, law), _suspended(life, law)) if one is not None]


def _settling(life: Life, law: Law) -> CaseTerm | None:
    """Count from the day and by the kind that the grant names (`settlement_term`, `settlement_from`), or the request."""
    asked = life.last("settlement_requested")
    grant = life.last("granted", "partly_granted")
    source = next((one for one in (asked, grant) if one is not None and one.details.get("settlement_term")), None)
    if source is None:
        return None
    start = source.day("settlement_from") or source.on
    kind = str(source.details["settlement_term"])
    sent = [day for one in life.all("settled") if (day := life.sent_on(one)) is not None and one.number > source.number]
    over = [one.on for one in life.all("revoked") if one.number > source.number]
    return of_law("settlement", "authority", law.terms.reckon(kind, start), min((*sent, *over), default=None))


def _suspended(life: Life, law: Law) -> CaseTerm | None:
    stopped = life.last("payment_suspended")
    if stopped is None:
        return None
    released = life.first("payment_released", after=stopped.number)
    ended, sent = released.on if released else None, life.sent_on(stopped)
    if sent is None:
        return waiting("payment-suspension", "payment-suspension", "authority", law, ended_on=ended)
    return of_law("payment-suspension", "authority", law.terms.reckon("payment-suspension", sent), ended)
