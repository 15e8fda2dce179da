"""What follows from what was delivered, and how cases are drawn to be checked. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from fractions import Fraction

from doorleren.core.draw import drawn, list_hash, listed_tickets

RANDOM_SHARE = Fraction(1, 5)
"""Of all checks of a round at least this share is drawn at random: else a choice looks like chance. Assumption of ours."""


def enough_done(planned: int, realised: int, required: Fraction | None) -> bool:
    """Say whether enough was done; None: all of it. Example: 8 of 10 lessons with 0.8 required: yes; 7: no."""
    return realised >= planned * (1 if required is None else required)


def lacking(asked: Iterable[str], given: Iterable[str]) -> tuple[str, ...]:
    """Name the evidence that is asked and was not given, in order."""
    there = set(given)
    return tuple(one for one in asked if one not in there)


def choices_left(at_random: int, chosen: int) -> int:
    """Say how many more cases officials may choose to check. Example: 2 drawn and 7 chosen: one; 2 and 8, or none drawn: none."""
    return max(0, int(at_random / RANDOM_SHARE) - at_random - chosen)


def sealed_reference(reference: str) -> str:
    """Give what a case is drawn by: the hash of its reference."""
    return hashlib.sha256(f"doorleren sample\n{reference}".encode()).hexdigest()


def digest_of(references: Iterable[str]) -> str:
    """Give the hash of a list of cases that can be drawn."""
    return list_hash(listed_tickets(map(sealed_reference, references)))


def draw(references: Sequence[str], seed: str, size: int) -> tuple[str, ...]:
    """Give the references that are drawn, in order; the same list and seed give the same, in whatever order the list is."""
    by_seal = {sealed_reference(one): one for one in references}
    return tuple(by_seal[one] for one in drawn(by_seal, seed)[:size])
