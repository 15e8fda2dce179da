"""Moving money from a part of one round to a part of another: the sum stays, and nothing that is reserved is touched.

Ground: Awb 4:27, a ceiling is not lowered below what was promised by it. Called by release_act, in its transaction.
"""

from datetime import datetime

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Allocation, PotPart


def move_money(
    from_round: int, from_part: str, to_round: int, to_part: str, cents: int, *, by: Party, at: datetime
) -> None:
    """Move cents; while it lasts no places are given in either round. Raises RoundRefused."""
    list(Allocation.objects.select_for_update().filter(pk__in={from_round, to_round}).order_by("pk"))
    giving, taking = possible_move(from_round, from_part, to_round, to_part, cents)
    for part, change in ((giving, -cents), (taking, cents)):
        part.ceiling_cents = (part.ceiling_cents or 0) + change
        part.save(update_fields=["ceiling_cents"])
    Allocation.objects.filter(pk=to_round).update(draw_from=None)  # where the day counts: perhaps everybody fits now
    details: dict[str, Detail] = {"part": from_part, "to_round": to_round, "to_part": to_part, "cents": cents}
    record("moved_money", Party("round", str(from_round)), by=by, at=at, details=details)


def possible_move(
    from_round: int, from_part: str, to_round: int, to_part: str, cents: int
) -> tuple[PotPart, PotPart]:  # fmt: skip
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
    if taking.missed:
        raise refused(
            "In dat deel viel al een aanvraag buiten het plafond. Geld daarna zou gaan naar wie later kwam.",
            "An application already fell outside that part. Money after that would go to who came later.", "to_part",
        )  # fmt: skip
    return giving, taking


def _part(round_: int, part: str, field: str) -> PotPart:
    found = PotPart.objects.select_related("round").filter(round_id=round_, part=part).first()
    if found is None or found.ceiling_cents is None:
        raise refused("Dit deel heeft geen plafond in geld.", "This part has no ceiling in money.", field)
    return found
