"""Making the list of a round from its fixed scores, and giving places by it, as far as the ceiling reaches. The site does it.

What happens at the ceiling is the round's own rule (rounds/pot.py: whole or partly, stop or go on). Who is below a
threshold stands outside for good: no freed place goes to them. Ground: Awb 4:25(2) and 4:26.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Party, record
from doorleren.audit.holding import hold_all
from doorleren.decisions.committee.ranking import NeedsDraw, ranked
from doorleren.decisions.committee.ranking import Ranked as InOrder
from doorleren.decisions.committee.scores import Committee, committee_of
from doorleren.decisions.models import Ranked, Ranking
from doorleren.decisions.refusing import refused
from doorleren.rounds.commands.allocate import keep_places, placed
from doorleren.rounds.commands.fix_place import STAYS, fix_places
from doorleren.rounds.freed import WITHDRAWN
from doorleren.rounds.models import Allocation, Place, Ticket, Withdrawal
from doorleren.rounds.queries import ids_of, pot_of


def rank_round(ranking: int, *, at: datetime) -> int:
    """Give everybody in a round their place by fixed scores, all or nothing; give how many have a rank, 0 when it was done.

    Raises DecisionRefused where scores are not fixed, or the same and there has been no draw.
    """
    with transaction.atomic():
        made = Ranking.objects.select_for_update(of=("self",)).select_related("round").get(pk=ranking)
        allocation = Allocation.objects.select_for_update().get(pk=made.round_id)
        if made.ranked_at is not None or allocation.position:
            return 0
        if made.fixed_at is None:
            raise refused("not_fixed", "De scores zijn nog niet vastgesteld.", "The scores have not been fixed yet.")
        committee = committee_of(made.round)
        order = in_order(committee, allocation.seed)
        _give_places(committee, allocation, order, at)
        Ranked.objects.bulk_create(
            Ranked(ranking=made, case_id=one.id, rank=one.rank, numerator=one.total.score.numerator,
                   denominator=one.total.score.denominator, drawn=one.drawn)
            for one in order
        )  # fmt: skip
        made.ranked_at = at
        made.save(update_fields=["ranked_at"])
        number = sum(one.rank is not None for one in order)
        record("ranked", Party("round", str(made.round_id)), by=SITE, at=at, details={
            "ranking": made.pk, "ranked": number, "below": len(order) - number, "seed": allocation.seed,
        })  # fmt: skip
    return number


def in_order(committee: Committee, seed: str) -> tuple[InOrder, ...]:
    """Give the order that the scores of a committee come to. Raises DecisionRefused where a draw must settle it first."""
    try:
        return ranked(committee.criteria, committee.scored(), ties=committee.ties, seed=seed)
    except NeedsDraw as same:
        raise refused(
            "draw", "Aanvragen hebben dezelfde score. Houd eerst de loting.",
            "Applications have the same score. Hold the draw first.",
        ) from same  # fmt: skip


def rank_waiting(*, now: Callable[[], datetime]) -> int:
    """Make the lists of all rounds whose scores are fixed, where no draw is lacking; give how many."""
    done = 0
    for one in Ranking.objects.filter(fixed_at__isnull=False, ranked_at=None).select_related("round__allocation"):
        if one.round.allocation.seed or not needs_draw(committee_of(one.round)):
            done += rank_round(one.pk, at=now()) > 0
    return done


def needs_draw(committee: Committee) -> bool:
    """Say whether applications that are good enough have the same score, so that a draw settles them."""
    try:
        ranked(committee.criteria, committee.scored(), ties=committee.ties, seed="")
    except NeedsDraw:
        return True
    return False


def _give_places(committee: Committee, allocation: Allocation, order: Sequence[InOrder], at: datetime) -> None:
    """Give the ranked their places in order, and put all others behind them, outside."""
    tickets = {one.case.pk: one.ticket for one in committee.cases}
    good = [tickets[one.id] for one in order if one.rank is not None]
    asked = [(one.pk, one.cents, one.kind) for one in good]
    pot, places = placed(pot_of(committee.round), asked, 1, at)
    all_of_it = ids_of(committee.round.pk)
    rows = Ticket.objects.filter(id__range=all_of_it).exclude(pk__in=[one.pk for one in good])
    rest = list(rows.order_by("id").values_list("pk", flat=True))
    hold_all(Party("ticket", str(id_)) for id_ in rest)  # before what is recorded, as who withdraws does
    gone = set(Withdrawal.objects.filter(ticket__id__range=all_of_it).values_list("pk", flat=True))
    for position, id_ in enumerate(rest, len(places) + 1):
        reason = WITHDRAWN if id_ in gone else ""
        places.append(
            Place(ticket_id=id_, position=position, outcome="outside", reason=reason, cents=0, allocated_at=at)
        )
    keep_places(allocation, pot, places, at=at)
    fix_places({id_: STAYS for id_ in rest if id_ not in gone}, at=at)
