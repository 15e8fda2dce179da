"""How packages stand: the component of a round, what it still has, what was given of it. Reads only."""

from dataclasses import dataclass

from django.db.models import Sum

from doorleren.core.money import in_words
from doorleren.rounds.answers import refused
from doorleren.rounds.models import PackagePart, PackageRound, PotPart, Round


@dataclass(frozen=True, slots=True)
class ComponentStanding:
    """A component as it stands: what of it is the ceiling of rounds, what of that was given, and which rounds those are."""

    code: str
    announced_cents: int
    given_cents: int
    rounds: tuple[Round, ...]


def component_of(round_: int) -> PackagePart | None:
    """Give the component from which a round takes its money; None where it is in no package."""
    found = PackageRound.objects.filter(round=round_).select_related("part").first()
    return None if found is None else found.part


def ensure_room(part: PackagePart, cents: int) -> None:
    """Raise RoundRefused where a component has less left than these cents."""
    left = part.ceiling_cents - part.announced_cents
    if cents > left:
        told, free = in_words(cents), in_words(left)
        raise refused(
            f"Dit gaat boven het pakket. Van dit onderdeel is nog {free['nl']} over; gevraagd is {told['nl']}.",
            f"This goes above the package. Of this component {free['en']} is left; asked is {told['en']}.", "cents",
        )  # fmt: skip


def ensure_room_to_move(from_round: int, to_round: int, cents: int) -> None:
    """Raise RoundRefused where money would move to a round of another component, which has no room for it."""
    giving, taking = component_of(from_round), component_of(to_round)
    if taking is not None and (giving is None or giving.pk != taking.pk):
        ensure_room(taking, cents)


def standing_of(package: str) -> dict[str, ComponentStanding]:
    """Give how the components of a package stand, by code; empty where it was not announced."""
    parts = list(PackagePart.objects.filter(package__code=package).order_by("pk"))
    rows = Round.objects.filter(in_package__part__in=parts).select_related("version", "in_package").order_by("pk")
    by_part: dict[int, list[Round]] = {}
    for row in rows:
        by_part.setdefault(row.in_package.part_id, []).append(row)
    sums = PotPart.objects.filter(round__in_package__part__in=parts).values("round__in_package__part")
    given = {one["round__in_package__part"]: int(one["total"]) for one in sums.annotate(total=Sum("cents"))}
    return {
        one.code: ComponentStanding(one.code, one.announced_cents, given.get(one.pk, 0), tuple(by_part.get(one.pk, ())))
        for one in parts
    }
