"""What the plans of a round foresee together, per path from one work to another: people as a range, and what they cost (P05).

Each plan counts as it stands now, adjusted after submission or not. For a policy maker's page; who applied is not in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from doorleren.applications.models import Application, Plan, PlanPath
from doorleren.applications.plans.paths import Path, Sums, sums_of
from doorleren.applications.plans.standing import path_of
from doorleren.rounds.models import Ticket

_Planned = tuple[int, Path]
"""A path with the plan that it is in."""


@dataclass(frozen=True, slots=True)
class Together:
    """The paths of several plans from one work to another: how many plans have it, and what they come to."""

    from_work: str
    to_work: str
    plans: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Flow:
    """The people between two sectors (values of `person.sector`), over all plans that name both (catalogue C57)."""

    from_sector: str
    to_sector: str
    plans: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the plans of a round come to: how many plans, their paths together and the flows between sectors, largest first, and all of them."""

    plans: int
    paths: tuple[Together, ...]
    flows: tuple[Flow, ...]
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
            path_of(one),
        )
        for one in rows
    )


def together(paths: Iterable[_Planned]) -> Foreseen:
    """Add up paths, each with its plan, by the work they go from and to; capitals and spaces make no difference.

    Example: two plans that bring 20 to 50 and 10 to 30 people from shops to care: 30 to 80 on that path.
    """
    told = list(paths)
    found = [
        Together(some[0][1].from_work, some[0][1].to_work, *_all_of(some))
        for some in _grouped(told, lambda path: (_plain(path.from_work), _plain(path.to_work)))
    ]
    found.sort(key=lambda one: (-one.sums.most, one.to_work.casefold(), one.from_work.casefold()))
    between = [(plan, path) for plan, path in told if path.from_sector and path.to_sector]
    flows = [
        Flow(some[0][1].from_sector, some[0][1].to_sector, *_all_of(some))
        for some in _grouped(between, lambda path: (path.from_sector, path.to_sector))
    ]
    flows.sort(key=lambda one: (-one.sums.most, one.to_sector, one.from_sector))
    return Foreseen(_all_of(told)[0], tuple(found), tuple(flows), _all_of(told)[1])


def _grouped(told: Iterable[_Planned], key: Callable[[Path], tuple[str, str]]) -> Iterable[list[_Planned]]:
    groups: dict[tuple[str, str], list[_Planned]] = {}
    for plan, path in told:
        groups.setdefault(key(path), []).append((plan, path))
    return groups.values()


def _all_of(some: Sequence[_Planned]) -> tuple[int, Sums]:
    """Give in how many plans paths are, and what they come to."""
    return len({plan for plan, _ in some}), sums_of([path for _, path in some])


def expected(sums: Sums, uptake: Fraction) -> tuple[int, int]:
    """Give people and cents where a share of the room between least and most comes: 0 the least, 1 the most; rounded down."""
    people = sums.fewest + int((sums.most - sums.fewest) * uptake)
    return people, sums.least_cents + int((sums.most_cents - sums.least_cents) * uptake)


def _plain(work: str) -> str:
    return " ".join(work.split()).casefold()
