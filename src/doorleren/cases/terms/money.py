"""The terms of claiming, of settling and of suspended payment. Kaderregeling ch. 7; Awb 4:56."""

from dataclasses import replace

from doorleren.cases.stops import said
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law
from doorleren.core.term_steps import Length
from doorleren.core.terms import Term, Terms

CLAIMING = said("declareren wat is gedaan", "claiming what was done")
PAYMENT = "payment"
"""The kind of term that is as long as for paying after a decision, where no law names one for settling: of what is bought, and of a loan."""
SETTLING = said("vaststellen wat er te betalen of terug te betalen is", "settling what is to be paid, or paid back")
OWN_WEEKS = "the scheme's own regulation"
"""Where weeks stand that the act names: the article is in the file of the scheme, and no act bears free text."""


def money_terms_of(life: Life, law: Law) -> list[CaseTerm]:
    """Give the terms for claiming, asking to settle and settling, as the grant or the request says them, and of a suspended payment."""
    found = (_claiming(life), _requesting(life, law), _settling(life, law), _suspended(life, law))
    return [one for one in found if one is not None]


def _claiming(life: Life) -> CaseTerm | None:
    """Give until when what was reserved can be claimed, as the last grant says it; it ends with the claim, or with what makes one needless."""
    given = reversed(list(life.all("granted", "partly_granted", "amended")))
    source = next((one for one in given if one.day("claim_until")), None)
    if source is None or (source.day("claim_until") or source.on) < source.on:
        return None
    first = life.first("granted", "partly_granted")
    claimed = life.first("delivery_proven", after=0 if first is None else first.number)
    over = [one.on for one in life.all("settled", "revoked") if one.number > source.number]
    ended = min((*over, *((claimed.on,) if claimed is not None else ())), default=None)
    return CaseTerm("claim", "", CLAIMING, "party", source.on, source.day("claim_until"), ended_on=ended)


def _requesting(life: Life, law: Law) -> CaseTerm | None:
    """Count in which the recipient asks to settle, as the last grant says it; it ends with the request, or with what makes one needless."""
    given = reversed(list(life.all("granted", "partly_granted", "amended")))
    source = next((one for one in given if one.details.get("request_term")), None)
    if source is None:
        return None
    terms, kind = _terms_of(source, law, "request")
    first = life.first("granted", "partly_granted")
    asked = life.first("settlement_requested", after=0 if first is None else first.number)
    over = [one.on for one in life.all("settled", "revoked") if one.number > source.number]
    ended = min((*over, *((asked.on,) if asked is not None else ())), default=None)
    return of_law("settlement-request", "party", terms.reckon(kind, source.day("request_from") or source.on), ended)


def _settling(life: Life, law: Law) -> CaseTerm | None:
    """Count from the day and by the kind that the grant names (`settlement_term`, `settlement_from`), the request or the claim.

    A grant that was given anew, or amended to another last day, names it anew: the last one counts. A withdrawal ends it, until
    the grant came back: who asked to settle before that need not ask again.
    """
    asked = reversed(list(life.all("settlement_requested", "delivery_proven")))
    given = reversed(list(life.all("granted", "partly_granted", "amended")))
    source = next((one for one in (*asked, *given) if one.details.get("settlement_term")), None)
    if source is None:
        return None
    start = source.day("settlement_from") or source.on
    terms, kind = _terms_of(source, law)
    sent = [day for one in life.all("settled") if (day := life.sent_on(one)) is not None and one.number > source.number]
    over = [one.on for one in life.all("revoked") if one.number > source.number and not _granted_after(life, one)]
    found = of_law("settlement", "authority", terms.reckon(kind, start), min((*sent, *over), default=None))
    return replace(found, name=SETTLING) if kind == PAYMENT else found


def _granted_after(life: Life, revoked: Done) -> bool:
    """Say whether the grant came back after a withdrawal."""
    return life.first("granted", "partly_granted", after=revoked.number) is not None


def _terms_of(source: Done, law: Law, what: str = "settlement") -> tuple[Terms, str]:
    """Give the terms to count with and the kind: the weeks that the scheme itself sets go before those of the framework."""
    kind, weeks = str(source.details[f"{what}_term"]), source.details.get(f"{what}_weeks")
    if not isinstance(weeks, int):
        return law.terms, kind
    length = Length(weeks, "weeks", OWN_WEEKS)
    own = Term(f"{what}-own", law.terms.kinds[kind].name, length, "regulation")
    return Terms({**law.terms.kinds, own.id: own}, law.terms.shifting), own.id


def _suspended(life: Life, law: Law) -> CaseTerm | None:
    stopped = life.last("payment_suspended")
    if stopped is None:
        return None
    released, since = life.first("payment_released", after=stopped.number), stopped.details.get("since")
    notice = next(
        (one for one in life.all("payment_suspended") if one.number == since), stopped
    )  # the first of one suspicion
    ended, sent = released.on if released else None, life.sent_on(notice)
    started = notice.on if sent is None else sent  # it never lasts longer because the notice was not sent
    return of_law("payment-suspension", "authority", law.terms.reckon("payment-suspension", started), ended)
