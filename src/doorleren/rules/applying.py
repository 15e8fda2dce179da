"""Which facts must apply (not be "n/a") where a condition is known to hold, or known not to hold.

A comparison with "n/a" is False, so a comparison that holds says that all its facts apply. This is what allows
arithmetic on them beside it.
"""

from doorleren.rules import tree
from doorleren.rules.tree import facts_of, parts_of


def implied(node: tree.Node, holds: bool) -> frozenset[str]:
    """Name the facts that apply for certain if the condition holds (or, with holds=False, does not hold)."""
    match node:
        case tree.Opposite(part):
            return implied(part, not holds)
        case tree.Every(parts):
            return _joined([implied(part, holds) for part in parts], all_hold=holds)
        case tree.Some(parts):
            return _joined([implied(part, holds) for part in parts], all_hold=not holds)
        case tree.Applies(fact) | tree.Has(fact, _) if holds:
            return frozenset((fact.name,))
        case tree.Compare() | tree.Among() if holds:
            return frozenset() if _has_choice(node) else facts_of(node)
    return frozenset()


def _joined(sets: list[frozenset[str]], all_hold: bool) -> frozenset[str]:
    return frozenset().union(*sets) if all_hold else frozenset.intersection(*sets)


def _has_choice(node: tree.Node) -> bool:
    return isinstance(node, tree.Choose) or any(_has_choice(part) for part in parts_of(node))
