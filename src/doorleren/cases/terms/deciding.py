"""The term for deciding on an application: from receipt or the end of the round, standing still, extended. Awb 4:13-4:15."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from doorleren.cases.stops import said
from doorleren.cases.terms.facts import CaseTerm, Law, Life, of_law, waiting
from doorleren.core import term_steps
from doorleren.core.term_steps import Length
from doorleren.core.terms import Reckoned, Suspension, Term, Terms

STANDS_STILL = said(
    "De termijn staat stil. De laatste dag is nog niet bekend.", "The term stands still. Its last day is not known yet."
)
EXTENSION = "Awb, art. 4:14"


def decision_term_of(life: Life, law: Law) -> CaseTerm | None:
    """Give the term for deciding; None where the framework sets none.

    Formula: the term from the day after receipt (or the round's last day), plus the days that it stood still; an extension
    puts the end on the day that its notice names. It ends when the decision is sent, or the application is withdrawn
    or forwarded. Example: received 2 March, 8 weeks, stood still for 10 days: 7 May.
    """
    if not life.facts.decision_term:
        return None
    still, open_since = stood_still(life)
    found = _reckoned(life, law, still)
    term = of_law("decision", "authority", found, ended_on=_ended(life))
    if term.kind not in law.terms.kinds:
        term = replace(term, kind="")
    if open_since is not None and open_since <= found.last and term.ended_on is None:
        return replace(term, last=None, waits=STANDS_STILL)
    return term


def leave_out_term_of(life: Life, law: Law) -> CaseTerm | None:
    """Give the term for leaving out of treatment what was not completed (Awb 4:5(4)); None while that is no question."""
    asked = life.last("asked_to_complete")
    if asked is None or life.first("completed", after=asked.number):
        return None
    until, ended = asked.day("until"), _ended(life)
    if life.sent_on(asked) is None or until is None:
        return waiting("leave-out", "leave-out", "authority", law, ended_on=ended)
    return of_law("leave-out", "authority", law.terms.reckon("leave-out", until), ended)


def stood_still(life: Life) -> tuple[list[Suspension], date | None]:
    """Give the times in which the term stands still, without overlap, and since when it does so without a known end.

    From the dispatch of a question to complete until the day it was completed, or the last day that it gave (4:15(1)); and
    for other grounds (4:15(2)) from the day that it was suspended until it was resumed. A question that was not sent changes nothing.
    """
    times: list[Suspension] = []
    for asked in life.all("asked_to_complete"):
        sent, until = life.sent_on(asked), asked.day("until")
        answer = life.first("completed", after=asked.number)
        ends = [day for day in (answer.on if answer else None, until) if day is not None]
        if sent is not None and ends:
            times.append(Suspension(sent, max(sent, min(ends))))
    open_since = None
    for stopped in life.all("term_suspended"):
        resumed = life.first("term_resumed", after=stopped.number)
        if resumed is None:
            open_since = stopped.on
        else:
            times.append(Suspension(stopped.on, max(stopped.on, resumed.on)))
    return merged(times), open_since


def merged(times: Iterable[Suspension]) -> list[Suspension]:
    """Join times that overlap, in order. Example: 1-10 March and 5-12 March are 1-12 March."""
    found: list[Suspension] = []
    for one in sorted(times, key=lambda each: (each.asked, each.ended)):
        if found and one.asked <= found[-1].ended:
            found[-1] = Suspension(found[-1].asked, max(found[-1].ended, one.ended))
        else:
            found.append(one)
    return found


def _reckoned(life: Life, law: Law, still: Sequence[Suspension]) -> Reckoned:
    """Count: first what stood still before any extension, as the law counts it; then extensions and what stood still after."""
    terms, kind = counted_with(life, law)
    start = life.facts.round_ended_on or life.facts.received_on
    extensions = [(sent, until) for one in life.all("extended")
                  if (sent := life.sent_on(one)) is not None and (until := one.day("until")) is not None]  # fmt: skip
    first = min((sent for sent, _ in extensions), default=date.max)
    counted: list[Suspension] = []
    found = terms.reckon(kind, start)
    for one in still:
        if one.asked < first and start <= one.asked <= found.last:
            counted.append(one)
            found = terms.reckon(kind, start, counted)
    moves: list[tuple[date, date | Suspension]] = [*extensions]
    moves += [(one.asked, one) for one in still if one.asked >= first]
    for day, item in sorted(moves, key=lambda pair: pair[0]):
        found = _moved(found, day, item)
    return found


def counted_with(life: Life, law: Law) -> tuple[Terms, str]:
    """Give the terms to count with and the kind: the weeks that the scheme itself sets (a regulation) go before the framework's."""
    opened, kind = life.first("opened"), life.facts.decision_term
    weeks = None if opened is None else opened.details.get("decision_weeks")
    if opened is None or not isinstance(weeks, int):
        return law.terms, kind
    own = Term("decision-own", law.terms.kinds[kind].name, Length(weeks, "weeks", str(opened.details.get("source", ""))),
               "regulation")  # fmt: skip
    return Terms({**law.terms.kinds, own.id: own}, law.terms.shifting), own.id


def _moved(found: Reckoned, day: date, item: date | Suspension) -> Reckoned:
    """Move the end of a term by an extension to a day, or by a time that it stood still, unless it was over by then."""
    if day > found.last:
        return found
    if isinstance(item, Suspension):
        step = term_steps.stood_still(item.days, item.asked, item.ended, found.last + timedelta(days=item.days))
    else:
        step = term_steps.extended_to(max(item, found.last), EXTENSION)
    return replace(found, last=step.day, steps=(*found.steps, step))


def _ended(life: Life) -> date | None:
    """Give the day on which the term ended: the first decision was sent, or nothing is left to decide."""
    over = [one.on for one in life.all("withdrawn", "forwarded")]
    sent = [day for one in life.all("decided") if (day := life.sent_on(one)) is not None]
    return min((*over, *sent), default=None)
