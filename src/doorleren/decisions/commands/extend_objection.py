"""Taking more time to decide on an objection: once, by six weeks at most, with word of it within the term. Awb 7:10(3)."""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of
from doorleren.cases.terms import CaseTerm, Done, Life, terms_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import write_letter
from doorleren.decisions.matters import matter_held
from doorleren.decisions.objections import ensure_open
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.people.signed_in import SignedIn

TERM = "objection-decision"
WHY = {"nl": "Schrijf op waarom u meer tijd nodig hebt.", "en": "Write down why you need more time."}


def extend_objection(case: int, grounds: str, *, by: SignedIn, at: datetime) -> CaseAct:
    """Extend the term; the letter says why and names the new last day, as the law counts it. Gives the act.

    Raises NotAllowed, CaseRefused, DecisionRefused where it was extended before, has not begun, or is over.
    """
    with transaction.atomic():
        matter = matter_held(case)
        objection = ensure_open(case)
        told = ensure_said(grounds, "grounds", WHY)
        today = day_of(at)
        before = CaseAct.objects.filter(case=case, act="objection_extended", number__gt=objection.act.number)
        if before.exists():
            raise refused("once", "U nam al één keer meer tijd voor dit bezwaar.",
                          "You have taken more time for this objection once.")  # fmt: skip
        until = _extended(matter.case, today)
        act = perform(case, "objection_extended", by=by, at=at, details={"until": until.isoformat()})
        write_letter(act, "objection_extended", {"grounds": told, "new_until": until}, matter, at=at)
    return act


def _extended(case: Case, today: date) -> date:
    """Count the term as it is once the letter is sent today. Raises DecisionRefused where it does not run."""
    rows = acts_of(case.pk)
    life = life_of(case, rows)
    now = _term(life)
    if now is None or now.last is None or today > now.last:
        raise refused("not_running", "De termijn om op het bezwaar te beslissen loopt niet, of is al voorbij.",
                      "The term for deciding on the objection does not run, or is over.")  # fmt: skip
    number = len(rows) + 1
    ahead = [Done(number, "objection_extended", today, {}), Done(number + 1, "dispatched", today, {"of": number})]
    later = _term(Life(life.facts, [*life.acts, *ahead]))
    assert later is not None
    assert later.last is not None
    return later.last


def _term(life: Life) -> CaseTerm | None:
    return next((one for one in terms_of(life, law()) if one.id == TERM), None)
