"""A round taking its money from a component of a package, and money that moves between rounds of components.

The ceilings of the rounds of a component never pass it together, and no round passes its own ceiling (PotPart): so what is
given in all rounds of a package, at the same moment too, never passes its sum. Called within the transaction of a command.
"""

from datetime import datetime

from doorleren.audit.acts import Party, record
from doorleren.rounds.announced import hash_of
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Package, PackagePart, PackageRound, Round
from doorleren.rounds.packages import component_of, ensure_room
from doorleren.rules.packages import PlaceInPackage, written_package


def join_package(made: Round, place: PlaceInPackage, cents: int, *, by: Party, at: datetime) -> None:
    """Take the ceiling of a new round (cents) from its component. Raises RoundRefused where the component has less left.

    The first round announces the package with it; a package that was announced otherwise is refused.
    """
    told = written_package(place.package)
    package, first = Package.objects.get_or_create(
        code=place.package.id,
        defaults={"cents": told["cents"], "told": told, "told_hash": hash_of(told), "announced_at": at},
    )
    if package.told_hash != hash_of(told):
        raise refused(
            f"Het pakket {package.code} is anders bekendgemaakt dan het nu in het bestand staat.",
            f"The package {package.code} was announced otherwise than it stands in the file now.",
        )
    if first:
        PackagePart.objects.bulk_create(
            PackagePart(package=package, code=one["id"], ceiling_cents=one["cents"]) for one in told["components"]
        )
        record("announced", Party("package", str(package.pk)), by=by, at=at, details={"hash": package.told_hash})
    part = PackagePart.objects.select_for_update().get(package=package, code=place.component.id)
    ensure_room(part, cents)
    part.announced_cents += cents
    part.save(update_fields=["announced_cents"])
    PackageRound.objects.create(round=made, part=part)


def shift_money(from_round: int, to_round: int, cents: int) -> None:
    """Let the components follow money that moves from one round to another. Raises RoundRefused where the other has no room."""
    parts = [component_of(one) for one in (from_round, to_round)]
    numbers = {one.pk for one in parts if one is not None}
    held = {one.pk: one for one in PackagePart.objects.select_for_update().filter(pk__in=numbers).order_by("pk")}
    giving, taking = (None if one is None else held[one.pk] for one in parts)
    if giving is taking:
        return
    if taking is not None:
        ensure_room(taking, cents)
    for part, change in ((giving, -cents), (taking, cents)):
        if part is not None:
            part.announced_cents += change
            part.save(update_fields=["announced_cents"])
