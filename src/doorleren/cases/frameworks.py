"""Which terms hold under a scheme's framework, and the terms of law themselves: `law/frameworks.toml`, `law/terms.toml`."""

from collections.abc import Mapping
from functools import lru_cache

from doorleren.core.penalty import PenaltyRule
from doorleren.core.terms import BadTerm, Terms
from doorleren.rules.frameworks import Framework, Frameworks, Proof
from doorleren.shipped import folder


@lru_cache(maxsize=1)
def _law_of_frameworks() -> Frameworks:
    return Frameworks.read(folder("law") / "frameworks.toml")


def proofs() -> Mapping[str, Proof]:
    """Give everything that a framework can ask to be proven before a grant is settled, by id."""
    return _law_of_frameworks().proofs


@lru_cache(maxsize=1)
def frameworks() -> Mapping[str, Framework]:
    """Read the frameworks once. Raises BadTerm for a kind of term that there is not."""
    found = _law_of_frameworks().by_id
    for row in found.values():
        for kind in (row.deciding.term, *row.deciding.longer):
            if kind and kind not in law_of_terms().kinds:
                raise BadTerm(f"framework {row.id}: the term {kind!r} is not in law/terms.toml")
    return found


@lru_cache(maxsize=1)
def law_of_terms() -> Terms:
    """Read the terms once."""
    return penalty_rule().terms


@lru_cache(maxsize=1)
def penalty_rule() -> PenaltyRule:
    """Read the rule of the penalty once, with the terms that it follows."""
    return PenaltyRule.read(folder("law") / "terms.toml")


def decision_term(framework: str, asked: str = "") -> str:
    """Give the kind of term for deciding: what was asked where the framework allows it, else its own.

    Raises BadTerm for a framework or term that is not known.
    """
    known = frameworks()
    if framework not in known:
        raise BadTerm(f"framework: given is {framework!r}, allowed are: {', '.join(known)}")
    own = known[framework].deciding
    if asked and asked not in (own.term, *own.longer):
        raise BadTerm(f"decision_term: given is {asked!r}, allowed are: {', '.join((own.term, *own.longer))}")
    return asked or own.term
