"""What the plans of a round foresee together, per path from one work to another: people as a range, and what they cost (P05).

Each plan counts as it stands now, adjusted after submission or not. For a policy maker's page; who applied is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from doorleren.applications.models import Application, Plan, PlanPath
from doorleren.applications.plans.paths import Path, Sums, sums_of
from doorleren.rounds.models import Ticket


@dataclass(frozen=True, slots=True)
class Together:
    """The paths of several plans from one work to another: how many plans have it, and what they come to."""

    from_work: str
    to_work: str
    plans: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the plans of a round come to: how many plans, their paths together, largest first, and all of them."""

    plans: int
    paths: tuple[Together, ...]
    sums: Sums


def foreseen(round_: int) -> Foreseen:
    """Read the plans with which applications in a round were submitted and not withdrawn."""
    keys = Ticket.objects.filter(round=round_, withdrawal__isnull=True).values("key")
    there = Application.objects.filter(round=round_, key__in=keys)
    last = Plan.objects.filter(application__in=there).order_by("application", "-number").distinct("application")
    rows = PlanPath.objects.filter(plan__in=last.values("pk")).order_by("plan", "place")
    return together(
        (
            one.plan_id,
            Path(one.name, one.from_work, one.to_work, tuple(one.components), one.fewest, one.most, one.cents),
        )
        for one in rows
    )


def together(paths: Iterable[tuple[int, Path]]) -> Foreseen:
    """Add up paths, each with its plan, by the work they go from and to; capitals and spaces make no difference.

    Example: two plans that bring 20 to 50 and 10 to 30 people from shops to care: 30 to 80 on that path.
    """
    told = list(paths)
    groups: dict[tuple[str, str], list[tuple[int, Path]]] = {}
    for plan, path in told:
        groups.setdefault((_plain(path.from_work), _plain(path.to_work)), []).append((plan, path))
    found = [
        Together(
            some[0][1].from_work,
            some[0][1].to_work,
            len({plan for plan, _ in some}),
            sums_of([path for _, path in some]),
        )
        for some in groups.values()
    ]
    found.sort(key=lambda one: (-one.sums.most, one.to_work.casefold(), one.from_work.casefold()))
    return Foreseen(len({plan for plan, _ in told}), tuple(found), sums_of([path for _, path in told]))


def expected(sums: Sums, uptake: Fraction) -> tuple[int, int]:
    """Give people and cents where a share of the room between least and most comes: 0 the least, 1 the most; rounded down."""
    people = sums.fewest + int((sums.most - sums.fewest) * uptake)
    return people, sums.least_cents + int((sums.most_cents - sums.least_cents) * uptake)


def _plain(work: str) -> str:
    return " ".join(work.split()).casefold()
