"""Simulated people for a rush: who they are, what they ask, and the token of their frozen draft. All from one seed."""

import hashlib
import random
from collections.abc import Iterator

from doorleren.rounds.tokens import Frozen, sealed_token

LEAST_CENTS, MOST_CENTS = 20_000, 100_000
"""What somebody asks is drawn evenly between these, in whole euros."""

REACHED = 4, 10
"""For how many a pot is enough where nobody says how large it is: four in ten."""


def for_some(people: int) -> int:
    """Give a pot, in whole cents, for some of so many people, each at the mean of what they ask."""
    some, all_ = REACHED
    return people * some * (LEAST_CENTS + MOST_CENTS) // (2 * all_)


def drafts(round_: int, people: int, seed: int, until: int) -> Iterator[Frozen]:
    """Freeze a draft for each of so many people."""
    chance = random.Random(f"rush {seed}")  # noqa: S311 - a simulation that can be repeated
    for number in range(people):
        told = hashlib.sha256(f"{seed} {number}".encode()).hexdigest()
        cents = chance.randrange(LEAST_CENTS, MOST_CENTS + 100, 100)
        yield Frozen(round_, f"rush-{told[:27]}", told, hashlib.sha256(told.encode()).hexdigest(), cents, "", until)


def tokens(round_: int, people: int, seed: int, until: int, key: bytes) -> Iterator[str]:
    """Seal their tokens, in the order in which they come forward (also from the seed)."""
    sealed = [sealed_token(one, key) for one in drafts(round_, people, seed, until)]
    random.Random(f"order {seed}").shuffle(sealed)  # noqa: S311
    yield from sealed
