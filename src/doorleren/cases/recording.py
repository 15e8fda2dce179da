"""How a case is named in the record of acts, and what of it goes to the pure rules: moments, and its life for the terms."""

from collections.abc import Iterable
from datetime import datetime

from doorleren.audit.acts import Party
from doorleren.cases.acts import ACTS, FAMILIES
from doorleren.cases.frameworks import law_of_terms, penalty_rule
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.terms import CaseFacts, Done, Law, Life

NAMES = (*ACTS, *FAMILIES)


def party_of(case: Case) -> Party:
    """Give a case as the subject of an act."""
    return Party("case", str(case.pk))


def moments_of(case: Case) -> dict[str, datetime | None]:
    """Give the latest moment of each act and family, by name."""
    return {name: getattr(case, f"{name}_at") for name in NAMES}


def life_of(case: Case, rows: Iterable[CaseAct]) -> Life:
    """Give what the terms are counted from; `rows` are the case's acts in order."""
    facts = CaseFacts(case.received_on, case.round_ended_on, case.decision_term)
    return Life(facts, [Done(row.number, row.act, row.happened_on, row.details) for row in rows])


def law() -> Law:
    """Give the terms of law and the rule of the penalty."""
    return Law(law_of_terms(), penalty_rule())
