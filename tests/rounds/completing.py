"""Rounds in which places follow completeness, for the tests: who is found incomplete, who completes, and who comes in."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.core.days import day_of
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.note_completeness import note_completed, note_incomplete
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.models import NUMBER_BITS, Allocation, Round, Ticket
from doorleren.rounds.queries import place_now
from tests.rounds.made import AT, a_round, announced, frozen

WHO = Party("person", "1")
ORDERS = ("arrival", "draw", "random_present", "none")
SEED = "seed"


def following_round(order: str = "arrival", cents: int | None = None, *, per_day: bool = False, **pot: Any) -> Round:
    """Open a round in which places follow completeness."""
    return a_round(replace(announced(order, cents, **pot), per_day=per_day, follows_completion=True))


def lack(*some: Ticket, at: datetime = AT) -> None:
    """Note that applications are incomplete."""
    for one in some:
        note_incomplete(one.pk, by=WHO, at=at)


def complete(*some: Ticket, at: datetime = AT, on: Any = None) -> None:
    """Note that applications were completed."""
    for one in some:
        note_completed(one.pk, on=on or day_of(at), by=WHO, at=at)


def treat(row: Round) -> None:
    """Give everybody who has none a place."""
    if row.order in ("arrival", "none"):
        while allocate(row.pk, at=AT, most=7):
            pass
    else:
        Allocation.objects.filter(pk=row.pk).update(seed=SEED)
        treat_all(row, SEED, now=lambda: AT)


def cents(*some: Ticket) -> list[int]:
    """Give what is reserved for tickets now."""
    found = [place_now(one) for one in some]
    return [-1 if one is None else one.cents for one in found]


def come(row: Round, number: int, asked: int = 10, at: datetime = AT) -> Ticket:
    """Let one more come in."""
    one = frozen(row.pk, number, cents=asked)
    return Ticket.objects.create(
        id=(row.pk << NUMBER_BITS) + number, round=row, key=one.key, person=one.person, content=one.content, cents=asked,
        kind="", batch=(row.pk << NUMBER_BITS) + 1, arrived_at=at,
    )  # fmt: skip
