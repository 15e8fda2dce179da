"""What the person was told, and the terms of objecting and appeal: all from the day on which a letter was sent. Reads only.

A letter that did not go out tells nothing and starts no term, as in a case (docs/adr/0033 and 0042).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.letters import TEMPLATES
from doorleren.applications.corrections.sealed import KIND
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.models import CorrectionAct, CorrectionStep
from doorleren.cases.frameworks import law_of_terms
from doorleren.core.days import day_of
from doorleren.core.terms import Reckoned
from doorleren.letters.models import Dispatch

Sent = Mapping[tuple[int, str], datetime]
"""When the letter of a step went out, by the number of its request and the kind of letter."""


def sent_of(standings: Iterable[Standing]) -> Sent:
    """Read when the letters of requests went out, with one question; those that did not are not there."""
    about = [str(one.request.pk) for one in standings]
    found = Dispatch.objects.filter(sent=True, letter__about_kind=KIND, letter__about_id__in=about)
    rows = found.values_list("letter__about_id", "letter__template", "at")
    return {(int(number), template): at for number, template, at in rows}


def told_of(standings: Iterable[Standing]) -> list[Standing]:
    """Give requests as the person knows of them: their own steps, and those of which the letter was sent."""
    some = list(standings)
    sent = sent_of(some)
    return [_told(one, sent) for one in some]


def sent_on(standing: Standing, step: CorrectionStep | None) -> date | None:
    """Give the day on which the letter of a step was sent; None while it was not, or there is none."""
    if step is None or step.step not in TEMPLATES:
        return None
    at = sent_of([standing]).get((standing.request.pk, TEMPLATES[step.step]))
    return None if at is None else day_of(at)


def objecting_term(standing: Standing) -> Reckoned | None:
    """Count the term for objecting to the answer (Awb 6:7, 6:8); None while its letter was not sent, or there is no answer."""
    return _from(sent_on(standing, standing.end), correction_law().objection.objecting)


def deciding_term(standing: Standing, *, extended: bool = False) -> Reckoned | None:
    """Count the term for deciding on an objection, from the end of the one for objecting (Awb 7:10); None where that has not begun.

    Example: the answer was sent on 2 March 2026, one could object until 13 April: decided by 26 May (25 May is a holiday).
    """
    objecting = objecting_term(standing)
    if objecting is None:
        return None
    return law_of_terms().reckon(correction_law().objection.deciding, objecting.last, extended=extended)


def appeal_term(standing: Standing) -> Reckoned | None:
    """Count the term for appeal against the decision on the objection; None while its letter was not sent."""
    return _from(sent_on(standing, standing.objection_end), correction_law().objection.appeal)


def is_late(term: Reckoned, received_on: date, posted_on: date | None) -> bool:
    """Say whether an objection came after its term; by post it counts from the day it was posted, for a week (Awb 6:9)."""
    if received_on <= term.last:
        return False
    reached = received_on <= term.last + timedelta(days=correction_law().objection.post_days)
    return not (posted_on is not None and posted_on <= term.last and reached)


def _from(sent: date | None, kind: str) -> Reckoned | None:
    return None if sent is None else law_of_terms().reckon(kind, sent)


def _told(standing: Standing, sent: Sent) -> Standing:
    """Leave out what no letter has told yet, and from an answer that is not told all that came of it."""
    number, steps = standing.request.pk, []
    for one in standing.steps:
        by_letter = one.step in TEMPLATES and one.step != CorrectionAct.OBJECTED
        if not by_letter or (number, TEMPLATES[one.step]) in sent:
            steps.append(one)
    found = replace(standing, steps=tuple(steps))
    if found.changed:
        return found
    return replace(found, steps=tuple(one for one in steps if one.step != CorrectionAct.TOLD))
