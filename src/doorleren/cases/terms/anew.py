"""The term for deciding anew once a court has annulled: the day that the judgment names (Awb 8:72(4), recalled), else a term of the law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from doorleren.cases.stops import said
from doorleren.cases.terms.appealing import GRANTING, Appeal, appeals_of, is_annulled, objection_reopened
from doorleren.cases.terms.deciding import counted_with
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law
from doorleren.cases.terms.objecting import acts_about, kind_of_deciding
from doorleren.core.term_steps import Step
from doorleren.core.terms import Reckoned

ANEW, ANSWERING_ANEW = "decision-anew", "objection-decision-anew"
NAMES = {
    ANEW: said("opnieuw beslissen na de uitspraak", "deciding anew after the judgment"),
    ANSWERING_ANEW: said("opnieuw beslissen op het bezwaar na de uitspraak", "deciding on the objection anew after the judgment"),
}  # fmt: skip
BEGINS = said(
    "De rechter vernietigde de beslissing en noemde geen dag. Daarom loopt de termijn van de wet opnieuw.",
    "The court annulled the decision and named no day. So the term of the law runs again.",
)
NAMED = said("De rechter noemde deze dag.", "The court named this day.")
ASSUMED = (
    "assumption: Awb, art. 8:72(4) lets the court name a day, and no article says how long it takes where it names none"
)
NAMED_SOURCE = "Awb, art. 8:72(4)"


def anew_terms_of(life: Life, law: Law) -> Iterator[CaseTerm]:
    """Give for each annulment of a decision, or of an answer to an objection, the term for taking another; `about` is the judgment."""
    for one in appeals_of(life):
        if one.ended is None or not is_annulled(one.ended):
            continue
        objection = _objection(life, one)
        if objection is not None:
            extended = acts_about(life, objection, "objection_extended")
            longer = any(life.sent_on(each) for each in extended if each.number > one.ended.number)
            found = law.terms.reckon(kind_of_deciding(objection), one.ended.on, extended=longer)
            yield _term(ANSWERING_ANEW, one.ended, found, _answered(life, objection, one.ended.number))
        elif one.overturns and life.facts.decision_term:
            terms, kind = counted_with(life, law)
            yield _term(ANEW, one.ended, terms.reckon(kind, one.ended.on), _decided(life, one.ended.number))


def about_of(life: Life) -> dict[int, int]:
    """Give for each judgment after which is decided anew what that is about: the number of an objection, or 0 for the application."""
    return {one.ended.number: objection_reopened(life, one) or 0 for one in appeals_of(life) if one.ended}


def _objection(life: Life, appeal: Appeal) -> Done | None:
    number = objection_reopened(life, appeal)
    return None if number is None else list(life.all("objection_received"))[number - 1]


def _term(key: str, judgment: Done, found: Reckoned, ended: date | None) -> CaseTerm:
    """Give the term as the law counts it from the judgment, or until the day that the court named."""
    term = replace(of_law(key, "authority", found, ended), name=NAMES[key], about=judgment.number)
    until = judgment.day("until")
    if until is None:
        return replace(term, steps=(Step(BEGINS, judgment.on, ASSUMED), *term.steps))
    return replace(term, kind="", last=until, steps=(Step(NAMED, until, NAMED_SOURCE),))


def _answered(life: Life, objection: Done, judgment: int) -> date | None:
    answers = (life.sent_on(one) for one in acts_about(life, objection, "objection_decided") if one.number > judgment)
    withdrawn = (one.on for one in acts_about(life, objection, "objection_withdrawn") if one.number > judgment)
    return min((day for day in (*answers, *withdrawn) if day is not None), default=None)


def _decided(life: Life, judgment: int) -> date | None:
    """Give the day on which another decision was sent, or nothing was left to decide."""
    decided = (life.sent_on(one) for one in life.all(*GRANTING) if one.number > judgment)
    over = (one.on for one in life.all("withdrawn", "forwarded") if one.number > judgment)
    return min((day for day in (*decided, *over) if day is not None), default=None)
