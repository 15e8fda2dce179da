"""Holding a draw that was announced: with the pulse that the beacon published since. From then on the order is fixed."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.beacon import BadPulse, Beacon, Pulse
from doorleren.core.draw import BadDraw, make_draw, read_announcement, read_secret
from doorleren.people.national_number import keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.access import PROPOSE, ensure_may
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Allocation, RoundDraw
from doorleren.rounds.queries import sealed_tickets


def hold_draw(
    round_: int, pulse: Mapping[str, object], *, beacons: Mapping[str, Beacon], by: SignedIn, at: datetime
) -> RoundDraw:  # fmt: skip
    """Draw with a pulse as drand publishes it; everybody gets a place after it. Raises NotAllowed, RoundRefused, DoesNotExist."""
    with transaction.atomic():
        draw = RoundDraw.objects.select_for_update(of=("self",)).select_related("round").get(pk=round_)
        ensure_may(by, PROPOSE, draw.round.body_id, round_, at=at)
        if draw.held_at is not None:
            raise refused("Deze loting is al gehouden.", "This draw has been held already.")
        announced = read_announcement(draw.announced)
        secret = read_secret(keys().opened(draw.sealed_secret))
        try:
            made = make_draw(
                announced, sealed_tickets(round_), secret, beacons[announced.beacon], Pulse.read(pulse)
            )  # fmt: skip
        except (BadPulse, BadDraw) as fault:
            raise refused(
                f"Dit is niet het getal dat is aangekondigd: {fault}",
                f"This is not the announced pulse: {fault}",
                "pulse",
            ) from fault
        draw.file, draw.held_at = json.dumps(made, indent=1) + "\n", at
        draw.save(update_fields=["file", "held_at"])
        seed = str(made["seed"])
        Allocation.objects.filter(pk=round_).update(seed=seed)
        record("held_draw", Party("round", str(round_)), by=by.party, at=at, details={
            "seed": seed, "beacon_round": announced.beacon_round, "tickets": announced.tickets,
        })  # fmt: skip
    return draw
