"""The terms that run for a case, each with its calculation: what the page shows, and from which `due_on` follows.

Pure: facts of the case and its acts in, terms out. The lengths stand in `law/terms.toml`. Nothing here asks which day it is,
but for the penalty, which grows by the day.
"""

from doorleren.cases.terms.anew import anew_terms_of
from doorleren.cases.terms.deciding import decision_term_of, leave_out_term_of
from doorleren.cases.terms.default import Notice, default_terms_of, notices_of, penalty_on
from doorleren.cases.terms.facts import CaseFacts, CaseTerm, Done, Law, Life
from doorleren.cases.terms.money import money_terms_of
from doorleren.cases.terms.objecting import objection_terms_of

__all__ = ["CaseFacts", "CaseTerm", "Done", "Law", "Life", "Notice", "due_of", "notices_of", "penalty_on", "terms_of"]


def terms_of(life: Life, law: Law) -> tuple[CaseTerm, ...]:
    """Give all terms of a case, in the order of its life: those that wait, run and ended."""
    decision = decision_term_of(life, law)
    objecting = [*objection_terms_of(life, law), *anew_terms_of(life, law)]
    deciding = objecting if decision is None else [decision, *objecting]
    found = [decision, leave_out_term_of(life, law), *objecting, *default_terms_of(life, deciding, law),
             *money_terms_of(life, law)]  # fmt: skip
    return tuple(one for one in found if one is not None)


def due_of(terms: tuple[CaseTerm, ...]) -> CaseTerm | None:
    """Give the term of the authority that runs and ends first; None where none runs."""
    running = [one for one in terms if one.whose == "authority" and one.runs and one.last is not None]
    return min(running, key=lambda one: (one.last, one.id), default=None)
