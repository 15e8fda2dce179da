"""The applications that came in to a round, for treating them in another way: hashes and amounts, nobody's name."""

from collections.abc import Mapping
from datetime import timedelta

from doorleren.core.days import day_of
from doorleren.rounds.announced import sealed
from doorleren.rounds.completing import since_completed
from doorleren.rounds.models import Gate, Round, Ticket, Withdrawal
from doorleren.rounds.queries import AT_ONCE, announced_for, days_counted, ids_of, pot_of
from doorleren.rounds.what_if import ORDERS, CameIn, Treatment


def came_in(round_: Round, labels: Mapping[str, str] | None = None) -> list[CameIn]:
    """Give what came in and was not withdrawn, by arrival; `labels` gives the kind of applicant by the ticket's key.

    A ticket whose key has no label gets the part of the pot that it counts to. Who is incomplete is left out, and who was
    completed came in then, where places follow that.
    """
    known = labels or {}
    opened = Gate.objects.values_list("opened_at", flat=True).get(pk=round_.pk) or round_.opens_at
    days = days_counted(round_) if announced_for(round_).per_day else {}
    until = opened + timedelta(seconds=announced_for(round_).present_seconds)
    gone = set(Withdrawal.objects.filter(ticket__id__range=ids_of(round_.pk)).values_list("pk", flat=True))
    since = since_completed(round_.pk)
    gone |= {id_ for id_, after in since.items() if after is None}
    rows = Ticket.objects.filter(id__range=ids_of(round_.pk)).order_by("id")
    told = rows.values_list("id", "key", "content", "cents", "kind", "arrived_at")
    return [
        CameIn(
            sealed(round_.pk, key, content), since.get(id_) or id_, (days.get(id_) or day_of(arrived)).toordinal(),
            arrived <= until and id_ not in since, cents, kind, known.get(key, kind), id_ in since,
        )
        for id_, key, content, cents, kind, arrived in told.iterator(AT_ONCE) if id_ not in gone
    ]  # fmt: skip


def announced_treatment(round_: Round) -> Treatment | None:
    """Give the rules as announced, with the ceilings that the parts have now; None for an order that cannot be tried."""
    announced = announced_for(round_)
    if announced.order not in ORDERS:
        return None
    return Treatment(announced.order, pot_of(round_).rules, announced.floor_cents, announced.per_day)
