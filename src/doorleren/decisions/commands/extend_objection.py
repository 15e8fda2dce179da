"""Taking more time to decide on an objection: once, by six weeks at most, with word of it within the term. Awb 7:10(3)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of
from doorleren.cases.terms import CaseTerm, Done, Life, terms_of
from doorleren.cases.terms.default import deciding_on
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import of_objection
from doorleren.decisions.matters import matter_held
from doorleren.decisions.models import Objection
from doorleren.decisions.objections import acts_about, ensure_open
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.people.signed_in import SignedIn

WHY = {"nl": "Schrijf op waarom u meer tijd nodig hebt.", "en": "Write down why you need more time."}


def extend_objection(case: int, grounds: str, *, by: SignedIn, at: datetime, objection: int | None = None) -> CaseAct:
    """Extend the term; the letter says why and names the new last day, as the law counts it. Gives the act.

    `objection`: its number, where more than one is open. Raises NotAllowed, CaseRefused, DecisionRefused where it was extended before, has not begun, or is over.
    """
    with transaction.atomic():
        matter = matter_held(case)
        about = ensure_open(case, objection)
        told = ensure_said(grounds, "grounds", WHY)
        today = day_of(at)
        if _extended_before(about, today):
            raise refused("once", "U nam al één keer meer tijd voor dit bezwaar.",
                          "You have taken more time for this objection once.")  # fmt: skip
        until = _extended(about, today)
        details: dict[str, Detail] = {"until": until.isoformat(), "objection": about.number}
        act = perform(case, "objection_extended", by=by, at=at, details=details)
        values = {"grounds": told, "new_until": until, **of_objection(about, matter.case, LANGUAGE)}
        write_letter(act, "objection_extended", values, matter, at=at)
    return act


def _extended(objection: Objection, today: date) -> date:
    """Count the term as it is once the letter is sent today. Raises DecisionRefused where it does not run."""
    rows = acts_of(objection.case_id)
    life = life_of(objection.case, rows)
    now = _term(life, objection, today)
    if now is None or now.last is None or today > now.last:
        raise refused("not_running", "De termijn om op het bezwaar te beslissen loopt niet, of is al voorbij.",
                      "The term for deciding on the objection does not run, or is over.")  # fmt: skip
    number = len(rows) + 1
    ahead = [
        Done(number, "objection_extended", today, {"objection": objection.number}),
        Done(number + 1, "dispatched", today, {"of": number}),
    ]
    later = _term(Life(life.facts, [*life.acts, *ahead]), objection, today)
    assert later is not None
    assert later.last is not None
    return later.last


def _term(life: Life, objection: Objection, today: date) -> CaseTerm | None:
    return deciding_on(life, terms_of(life, law()), today).get(objection.number)


def _extended_before(objection: Objection, today: date) -> bool:
    """Say whether the term that runs was extended: after a judgment another runs."""
    term = _term(life_of(objection.case, acts_of(objection.case_id)), objection, today)
    return any(term is None or one.number > term.about for one in acts_about(objection, "objection_extended"))
