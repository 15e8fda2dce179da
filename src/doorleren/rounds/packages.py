"""How packages stand: what a component still has, and what was given of it. Reads only."""

from dataclasses import dataclass

from django.db.models import Sum

from doorleren.core.money import in_words
from doorleren.rounds.answers import refused
from doorleren.rounds.models import PackageComponent, PotPart, Round


@dataclass(frozen=True, slots=True)
class ComponentStanding:
    """A component as it stands: what of it is the ceiling of rounds, what of that was given, and which rounds those are."""

    code: str
    announced_cents: int
    given_cents: int
    rounds: tuple[Round, ...]


def ensure_room(component: PackageComponent, cents: int) -> None:
    """Raise RoundRefused where a component has less left than these cents."""
    left = component.ceiling_cents - component.announced_cents
    if cents > left:
        told, free = in_words(cents), in_words(left)
        raise refused(
            f"Dit gaat boven het pakket. Van dit onderdeel is nog {free['nl']} over; gevraagd is {told['nl']}.",
            f"This goes above the package. Of this component {free['en']} is left; asked is {told['en']}.", "cents",
        )  # fmt: skip


def standing_of(package: str) -> dict[str, ComponentStanding]:
    """Give how the components of a package stand, by code; empty where it was not announced."""
    components = list(PackageComponent.objects.filter(package__code=package).order_by("pk"))
    rows = (
        Round.objects.filter(in_package__component__in=components)
        .select_related("version", "in_package")
        .order_by("pk")
    )
    by_component: dict[int, list[Round]] = {}
    for row in rows:
        by_component.setdefault(row.in_package.component_id, []).append(row)
    sums = PotPart.objects.filter(round__in_package__component__in=components).values("round__in_package__component")
    given = {one["round__in_package__component"]: int(one["total"]) for one in sums.annotate(total=Sum("cents"))}
    return {
        one.code: ComponentStanding(
            one.code, one.announced_cents, given.get(one.pk, 0), tuple(by_component.get(one.pk, ()))
        )
        for one in components
    }
