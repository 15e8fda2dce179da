"""Announcing a round: from now on its times, ceiling and order stand, and what is filed is treated by them (Awb 4:26)."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.models import Body
from doorleren.rounds.announced import Announced, hash_of, written_for
from doorleren.rounds.commands.join_package import join_package
from doorleren.rounds.models import Allocation, Gate, PotPart, Round
from doorleren.rounds.pot import REST, Pot
from doorleren.rules.packages import RoundInPackage, written_package, written_source
from doorleren.schemes.models import PublishedVersion


def announce_round(
    version: PublishedVersion, code: str, announced: Announced, *, body: Body, opens_at: datetime,
    closes_at: datetime | None, rehearsal: bool = False, package: RoundInPackage | None = None, by: Party, at: datetime,
) -> Round:  # fmt: skip
    """Announce a round; its gate is shut, its parts are empty. Raises IntegrityError when it was announced before.

    `package`: where it takes its money, if that is a package; a rehearsal tells so and takes nothing. Raises RoundRefused where
    the component has less left, ValueError where the round has no ceiling in money.
    """
    cents = announced.pot.ceiling.cents
    if package is not None and cents is None:
        raise ValueError(f"ceiling: none in money is given; a round of package {package.package.id} has one")
    of = {"scheme": version.scheme, "version": version.version, "digest": version.digest, "code": code}
    told = written_for(announced, **of) | {
        "opens_at": opens_at.isoformat(), "closes_at": closes_at and closes_at.isoformat(),
    }  # fmt: skip
    if package is not None:
        ceiling = {"component": package.component.id, "ceiling_source": written_source(package.round.source)}
        told["package"] = ceiling | written_package(package.package)
    pot = Pot(announced.pot)
    with transaction.atomic():
        made = Round.objects.create(
            version=version, body=body, code=code, order=announced.order, opens_at=opens_at, closes_at=closes_at,
            announced=told, announced_hash=hash_of(told), announced_at=at, rehearsal=rehearsal,
        )  # fmt: skip
        Gate.objects.create(round=made)
        Allocation.objects.create(round=made)
        for part in (REST, *announced.pot.apart):
            left = pot.left(part)
            PotPart.objects.create(round=made, part=part, ceiling_cents=left.cents, ceiling_number=left.number)
        if package is not None and cents is not None and not rehearsal:
            join_package(made, package, cents, by=by, at=at)
        record("announced", Party("round", str(made.pk)), by=by, at=at, details={"hash": made.announced_hash})
    return made
