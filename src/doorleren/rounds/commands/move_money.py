"""Moving money from a part of one round to a part of another, and raising a ceiling in number. Nothing that is reserved is touched.

What is added goes first to who is outside or waits, in the order in which the round treated them (fill_added says it for each
order: a draw is not held again, and where all divide in proportion everybody's share is computed anew). What is left is for who
comes when the round opens again. So it is refused once a decision rests on a place outside that somebody would overtake then.
Where the rounds take from a package, its components follow: what reaches a component must have room there (rounds/packages.py).
Ground: Awb 4:27, a ceiling is not lowered below what was promised by it. Called by release_act, in its transaction.
"""

from datetime import datetime

from django.db.models import QuerySet

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.answers import refused
from doorleren.rounds.commands.fill_freed import fill_added
from doorleren.rounds.giving_anew import decided_short
from doorleren.rounds.models import NUMBER_BITS, Allocation, PackageComponent, PackageRound, PotPart
from doorleren.rounds.packages import ensure_room


def move_money(
    from_round: int, from_part: str, to_round: int, to_part: str, cents: int, *, by: Party, at: datetime
) -> None:
    """Move cents and give them to who was short of them; while it lasts no other places are given in either round. Raises RoundRefused."""
    list(Allocation.objects.select_for_update().filter(pk__in={from_round, to_round}).order_by("pk"))
    giving, taking = _parts(from_round, from_part, to_round, to_part, cents)
    _move_in_packages(from_round, to_round, cents)
    for part, change in ((giving, -cents), (taking, cents)):
        part.ceiling_cents = (part.ceiling_cents or 0) + change
        part.save(update_fields=["ceiling_cents"])
    Allocation.objects.filter(pk=to_round).update(draw_from=None)  # where the day counts: perhaps everybody fits now
    details: dict[str, Detail] = {"part": from_part, "to_round": to_round, "to_part": to_part, "cents": cents}
    record("moved_money", Party("round", str(from_round)), by=by, at=at, details=details)
    fill_added(to_round, at=at)


def raise_number(round_: int, part: str, number: int, *, by: Party, at: datetime) -> None:
    """Raise the ceiling in number of a part, and give the places to who was short of one. Raises RoundRefused."""
    Allocation.objects.select_for_update().get(pk=round_)
    row = possible_raise(round_, part, number)
    row.ceiling_number = (row.ceiling_number or 0) + number
    row.save(update_fields=["ceiling_number"])
    Allocation.objects.filter(pk=round_).update(draw_from=None)
    details: dict[str, Detail] = {"part": part, "number": number, "ceiling": row.ceiling_number}
    record("raised_number", Party("round", str(round_)), by=by, at=at, details=details)
    fill_added(round_, at=at)


def possible_move(from_round: int, from_part: str, to_round: int, to_part: str, cents: int) -> None:
    """Raise RoundRefused where money cannot be moved so, as everything is now."""
    _parts(from_round, from_part, to_round, to_part, cents)
    _, taking = _components(from_round, to_round, PackageComponent.objects.all())
    if taking is not None:
        ensure_room(taking, cents)


def possible_raise(round_: int, part: str, number: int) -> PotPart:
    """Give the part whose ceiling in number can be raised, as it is now. Raises RoundRefused where it cannot be."""
    row = PotPart.objects.select_related("round").filter(round_id=round_, part=part).first()
    if row is None or row.ceiling_number is None:
        raise refused("Dit deel heeft geen plafond in aantal.", "This part has no ceiling in number.", "part")
    most = (1 << NUMBER_BITS) - 1 - row.ceiling_number
    if not 0 < number <= most:
        raise refused(
            f"Vul in met hoeveel het aantal omhooggaat: van 1 tot en met {most}.",
            f"Say by how much the number goes up: from 1 to {most}.", "number",
        )  # fmt: skip
    _ensure_nobody_is_overtaken(row, "part")
    return row


def _parts(from_round: int, from_part: str, to_round: int, to_part: str, cents: int) -> tuple[PotPart, PotPart]:
    """Give the part that gives and the one that takes, as they are now. Raises RoundRefused where it cannot be."""
    giving, taking = _part(from_round, from_part, "from_part"), _part(to_round, to_part, "to_part")
    if giving.pk == taking.pk:
        raise refused("Kies twee verschillende delen.", "Choose two different parts.", "to_part")
    if giving.round.body_id != taking.round.body_id:
        raise refused(
            "Geld verplaatsen kan alleen tussen tijdvakken van dezelfde instantie.",
            "Money can only be moved between rounds of the same authority.", "to_part",
        )  # fmt: skip
    free = (giving.ceiling_cents or 0) - giving.cents
    if not 0 < cents <= free:
        raise refused(
            f"Er is {free / 100:.2f} euro vrij in dit deel; vul een bedrag in van meer dan 0 en niet hoger dan dat.",
            f"There is {free / 100:.2f} euros free in this part; give an amount above 0 and not above that.", "cents",
        )  # fmt: skip
    _ensure_nobody_is_overtaken(taking, "to_part")
    return giving, taking


def _components(
    from_round: int, to_round: int, rows: QuerySet[PackageComponent]
) -> tuple[PackageComponent | None, PackageComponent | None]:
    """Give the components, among rows, that money leaves and reaches; nothing where it stays within one or in no package."""
    of = dict(PackageRound.objects.filter(round__in=(from_round, to_round)).values_list("round", "component"))
    leaves, reaches = of.get(from_round, 0), of.get(to_round, 0)
    if leaves == reaches:
        return None, None
    found = {one.pk: one for one in rows.filter(pk__in=of.values()).order_by("pk")}
    return found.get(leaves), found.get(reaches)


def _move_in_packages(from_round: int, to_round: int, cents: int) -> None:
    """Let the components follow money that moves between their rounds. Raises RoundRefused where the other has no room."""
    giving, taking = _components(from_round, to_round, PackageComponent.objects.select_for_update())
    if taking is not None:
        ensure_room(taking, cents)
    for component, change in ((giving, -cents), (taking, cents)):
        if component is not None:
            component.announced_cents += change
            component.save(update_fields=["announced_cents"])


def _ensure_nobody_is_overtaken(taking: PotPart, field: str) -> None:
    """Refuse where somebody was refused, or granted less, for want of what is added now: a decision is not touched here."""
    short = decided_short(taking.round, taking.part)
    if short:
        raise refused(
            f"Over {short} aanvragen die hier niet of niet helemaal binnen het plafond vielen, is al besloten. Wie na hen kwam, "
            "zou nu voorgaan. Maak voor wat erbij komt een nieuw tijdvak bekend.",
            f"{short} applications that fell outside this ceiling, or partly, have been decided on already. Who came after them "
            "would go before them now. Announce a new round for what is added.", field,
        )  # fmt: skip


def _part(round_: int, part: str, field: str) -> PotPart:
    found = PotPart.objects.select_related("round").filter(round_id=round_, part=part).first()
    if found is None or found.ceiling_cents is None:
        raise refused("Dit deel heeft geen plafond in geld.", "This part has no ceiling in money.", field)
    return found
