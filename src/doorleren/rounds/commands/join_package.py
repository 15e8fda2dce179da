"""A round taking its money from a component of a package.

The ceilings of the rounds of a component never pass it together, and no round passes its own ceiling (PotPart): so what is
given in all rounds of a package, at the same moment too, never passes its sum. Called within the transaction of a command.
"""

from datetime import datetime

from doorleren.audit.acts import Party, record
from doorleren.rounds.announced import hash_of
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Package, PackageComponent, PackageRound, Round
from doorleren.rounds.packages import ensure_room
from doorleren.rules.packages import RoundInPackage, written_package


def join_package(made: Round, taken: RoundInPackage, cents: int, *, by: Party, at: datetime) -> None:
    """Take the ceiling of a new round (cents) from its component. Raises RoundRefused where the component has less left.

    The first round announces the package with it; a package that was announced otherwise is refused.
    """
    told = written_package(taken.package)
    package, first = Package.objects.get_or_create(
        code=taken.package.id,
        defaults={"cents": told["cents"], "told": told, "told_hash": hash_of(told), "announced_at": at},
    )
    if package.told_hash != hash_of(told):
        raise refused(
            f"Het pakket {package.code} is anders bekendgemaakt dan het nu in het bestand staat.",
            f"The package {package.code} was announced otherwise than it stands in the file now.",
        )
    if first:
        PackageComponent.objects.bulk_create(
            PackageComponent(package=package, code=one["id"], ceiling_cents=one["cents"]) for one in told["components"]
        )
        record("announced", Party("package", str(package.pk)), by=by, at=at, details={"hash": package.told_hash})
    component = PackageComponent.objects.select_for_update().get(package=package, code=taken.component.id)
    ensure_room(component, cents)
    component.announced_cents += cents
    component.save(update_fields=["announced_cents"])
    PackageRound.objects.create(round=made, component=component)
