"""Announcing a draw: the list of sealed tickets by its hash, a commitment to a secret of ours, and a pulse yet to come.

After this nobody can choose the outcome (core/draw.py says why); it is held with hold_draw.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.beacon import Beacon
from doorleren.core.days import day_of
from doorleren.core.draw import SECRET_BYTES, announce, announced_as_dict
from doorleren.people.national_number import keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.access import PROPOSE, ensure_may
from doorleren.rounds.answers import refused
from doorleren.rounds.days import last_over
from doorleren.rounds.models import Allocation, Gate, Round, RoundDraw
from doorleren.rounds.queries import announced_for, in_turn, sealed_tickets

AHEAD = timedelta(minutes=5)
"""How long before the pulse the announcement is public, at the least: nobody knows the pulse then, and anyone can keep a copy."""


def announce_draw(
    round_: int, *, beacon: Beacon, by: SignedIn, at: datetime, ahead: timedelta = AHEAD, same_scores: bool = False
) -> RoundDraw:  # fmt: skip
    """Announce the draw of a round whose gate is shut. Raises NotAllowed, RoundRefused, DoesNotExist.

    The pulse is the first of the beacon after `ahead` from now. `same_scores`: in a round that a committee ranks, that its
    scores are fixed and some are the same; the scores stand above this package, so who calls says it, and else it is refused.
    """
    with transaction.atomic():
        gate = Gate.objects.select_for_update(of=("self",)).select_related("round").get(pk=round_)
        row: Round = gate.round
        ensure_may(by, PROPOSE, row.body_id, row.pk, at=at)
        if gate.closed_at is None:
            raise refused("Loten kan pas als het tijdvak dicht is.", "A draw waits until the round has closed.")
        if row.order == "ranking" and not same_scores:
            raise refused(
                "Loten kan pas als de scores van de commissie zijn vastgesteld, en er dan gelijke scores zijn.",
                "A draw waits until the scores of the committee are fixed, and some of them are the same.",
            )
        if in_turn(row):
            raise refused(
                "In dit tijdvak wordt niet geloot: ieder krijgt een plaats in de volgorde van binnenkomst.",
                "This round does not draw: everybody gets a place in the order in which they came.",
            )
        allocation, announced = Allocation.objects.get(pk=row.pk), announced_for(row)
        if announced.per_day and allocation.draw_from is None:
            raise refused(
                "Loten is niet nodig: tot nu toe is er genoeg voor iedereen. De laatste dag telt pas mee als hij voorbij is.",
                "No draw is needed: so far there is enough for everybody. The last day only counts once it is over.",
            )
        if announced.paper_days and last_over(at, paper_days=announced.paper_days) < day_of(gate.closed_at):
            raise refused(
                "Loten kan pas als de dagen voorbij zijn waarin papier van de laatste dag nog telt. Wie daarna komt, staat niet op de lijst.",
                "A draw waits until the days are over in which paper of the last day still counts. Who comes later is not on the list.",
            )
        if RoundDraw.objects.filter(pk=row.pk).exists() or allocation.seed:
            raise refused("De loting is al aangekondigd.", "The draw has been announced already.")
        secret, number = secrets.token_bytes(SECRET_BYTES), beacon.number_at(at + ahead)
        told = announce(f"{row.version.scheme}/{row.code}/{row.pk}", sealed_tickets(row.pk), secret, beacon, number)
        if not told.tickets:
            raise refused("Er is niemand om te loten.", "There is nobody to draw.")
        draw = RoundDraw.objects.create(
            round=row, announced=announced_as_dict(told), sealed_secret=keys().sealed(secret.hex()), announced_at=at
        )
        record("announced_draw", Party("round", str(row.pk)), by=by.party, at=at, details={
            "tickets": told.tickets, "list_hash": told.list_hash, "commitment": told.commitment,
            "beacon": told.beacon, "beacon_round": told.beacon_round,
        })  # fmt: skip
    return draw
