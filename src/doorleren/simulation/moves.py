"""What can be tried: for a case by the state that it is in, for the whole by what the site and the paymasters do. With weights."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from doorleren.cases.models import Case
from doorleren.simulation import (
    applying,
    claiming,
    collecting,
    correcting,
    deciding,
    deputies,
    destroying,
    documents,
    in_line,
    late,
    lending,
    objecting,
    paying,
    preparing,
    ranking,
    settling,
    withdrawing,
)
from doorleren.simulation.world import Act, World

_Move = TypeVar("_Move")
CaseMove = Callable[[World, int], Act | None]
WorldMove = Callable[[World], Act | None]
Weighted = Sequence[tuple[int, CaseMove]]

OF_THE_SITE: Sequence[tuple[int, WorldMove]] = (
    (2, applying.open_), (1, applying.follow), (1, applying.assess_by_rules), (2, applying.work_off),
    (6, applying.post_money), (6, applying.send), (3, deciding.batch), (2, deciding.leave), (4, paying.confirm),
    (5, paying.propose), (8, paying.release), (6, paying.bring), (8, paying.answer), (1, paying.again),
    (1, settling.sample), (1, settling.close_all), (2, correcting.answer), (1, documents.scan),
    (5, documents.give_somewhere), (4, settling.recover_somewhere), (1, deputies.away), (4, deputies.in_place_of),
    (3, destroying.destroy), (1, destroying.daily), (1, destroying.payments),
    (1, withdrawing.end_suspensions), (1, lending.keep),
)  # fmt: skip
NOTING: Weighted = (
    (2, preparing.note), (1, late.default), (1, late.penalty), (1, deciding.for_a_colleague), (1, correcting.ask),
)  # fmt: skip
COMING_IN: Weighted = (
    (2, preparing.assign_), (3, preparing.ask), (9, deciding.assess_), (1, preparing.extend), (1, preparing.suspend),
    (1, applying.withdraw_submitted),
)  # fmt: skip
AFTER: Weighted = ((6, objecting.object_), (2, preparing.close), (1, objecting.appeal), (1, withdrawing.slip))
COLLECTING: Weighted = (
    (1, collecting.pay_in), (1, collecting.remind_), (1, collecting.defer_), (1, collecting.interest), (1, collecting.writ),
    (1, collecting.set_off_), (1, collecting.waive_),
)  # fmt: skip
OVER: Weighted = ((2, preparing.close), (1, preparing.note))

SENSIBLE: dict[str, Weighted] = {
    "received": COMING_IN,
    "being_assessed": COMING_IN,
    "incomplete": ((5, preparing.complete_), (2, deciding.leave_out_), (1, applying.withdraw_submitted)),
    "assessed": (
        (12, deciding.grant_), (3, deciding.refuse_), (2, preparing.assign_), (2, preparing.intend), (2, preparing.view), (1, preparing.ask),
        (4, deciding.assess_), (1, preparing.extend),
    ),
    "granted": (
        (7, paying.account), (4, settling.report), (5, settling.settle), (2, settling.ask), (3, settling.intend),
        (2, preparing.view), (4, settling.lower), (2, objecting.object_), (1, settling.check),
        (1, deciding.for_a_colleague), (1, withdrawing.intend), (2, withdrawing.revoke_), (1, withdrawing.amend_),
        (1, withdrawing.suspend), (2, settling.request), (2, settling.progress), (2, withdrawing.fall_short), (1, preparing.assign_),
        (1, withdrawing.slip),
    ),
    "settled": (
        (5, settling.recover), *COLLECTING, (3, paying.account), (1, withdrawing.intend),
        (1, withdrawing.revoke_), (2, applying.apply_again), *AFTER,
    ),
    "refused": AFTER,
    "left_out": AFTER,
    "revoked": ((4, settling.recover), *COLLECTING, (2, applying.apply_again), *AFTER),
    "objection": (
        (4, deciding.assess_), (2, objecting.repair), (3, objecting.call), (3, objecting.hear), (8, objecting.decide),
        (1, objecting.withdraw), (2, objecting.object_), (1, withdrawing.intend), (1, withdrawing.revoke_),
        (1, withdrawing.amend_),
    ),
    "withdrawn": OVER,
    "forwarded": OVER,
    "destroyed": OVER,
    "closed": ((1, preparing.reopen), (1, objecting.object_), (1, preparing.note)),
}  # fmt: skip
RARE: Weighted = (
    (1, preparing.forward), (1, deciding.repeat), (1, documents.give), (1, lending.repay), (1, lending.remind), (1, lending.remit),
)  # fmt: skip
ALL: Weighted = tuple(
    (1, move) for move in dict.fromkeys(
        move for moves in (*SENSIBLE.values(), NOTING, RARE) for _, move in moves
    )
)  # fmt: skip
"""Every move for a case: in odd order each of them is tried in each state."""
RANKING, RANKED = 0.5, 0.02
"""How often the committee is at work before its list is there, and after."""
APPLY, OF_THE_SITE_SHARE, ODD_ORDER, NOTE = 0.08, 0.42, 0.15, 0.03
CLAIMS = 0.15
"""How often, where places are reserved and claimed later, the site reminds or somebody lets lapse."""
LOANS, LATE = 0.25, 0.02
"""How often, where money is lent, something is done about a loan; and how often about a decision that is late."""
CLOSED_STAYS = 0.8
COLLECTS, IN_LINE = 0.35, 0.45
"""How often something is done about a claim that is open, and how often the case that came furthest goes one step on."""
WAITS = 0.02
"""How often somebody waits two weeks for a term before acting."""


def next_act(world: World) -> Act:
    """Draw what is tried next."""
    while True:
        found = _drawn(world)
        if found is not None:
            return found


def _drawn(world: World) -> Act | None:
    season = world.season
    if season.ranked and world.maybe(RANKING if ranking.ranks(world) else RANKED):
        return ranking.committee(world)
    if season.reserves and world.maybe(CLAIMS):
        return claiming.claims(world)
    if season.lends and world.maybe(LOANS) and (found := lending.loans(world)) is not None:
        return found
    if season.cases and world.maybe(LATE):
        return late.late(world)
    if season.applications < season.most and (not season.cases or world.maybe(APPLY)):
        return applying.apply(world) if season.applications < 3 or world.maybe(0.5) else applying.open_(world)
    if world.maybe(COLLECTS) and (found := in_line.claims(world)) is not None:
        return found
    if not season.cases or world.maybe(OF_THE_SITE_SHARE):
        return _of(world, OF_THE_SITE)(world)
    if world.maybe(IN_LINE) and (found := in_line.next_in_line(world)) is not None:
        return found
    case = world.chance.choice(season.cases)
    if world.maybe(WAITS):
        world.wait(15)
    if world.maybe(ODD_ORDER):
        return _of(world, ALL)(world, case)
    if world.maybe(NOTE):
        return _of(world, NOTING)(world, case)
    state = Case.objects.values_list("state", flat=True).get(pk=case)
    return None if state == "closed" and world.maybe(CLOSED_STAYS) else _of(world, SENSIBLE[state])(world, case)


def _of(world: World, moves: Sequence[tuple[int, _Move]]) -> _Move:
    return world.chance.choices([move for _, move in moves], [weight for weight, _ in moves])[0]
