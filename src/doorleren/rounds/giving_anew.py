"""What giving freed places anew reads: sums of who is inside, and who comes next until nobody can get anything any more.

However many applications a round has, only those are read who can still get something, a thousand at a time in the order of
treatment (index `rounds_place_next`). A pot that is divided in proportion is read whole: everybody's share changes.
"""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import cast

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from doorleren.rounds.completing import Completed, Key, completions, keys_of
from doorleren.rounds.freed import (
    DECIDED,
    INCOMPLETE,
    REFUSED,
    WITHDRAWN,
    Treated,
    ask_again,
    is_over,
    most_that_fits,
    standing,
)
from doorleren.rounds.models import Allocation, FixedPlace, Place, PlaceChange, PotPart, Round, Ticket, Withdrawal
from doorleren.rounds.ordering import AS_THEY_COME
from doorleren.rounds.pot import REST, Outcome, Pot, Spent
from doorleren.rounds.pot import Place as Given
from doorleren.rounds.pro_rata import divide_again
from doorleren.rounds.queries import AT_ONCE, PlaceNow, announced_for, ids_of, last_changes, pot_of

MOST_AT_ONCE = 1000
COLUMNS = ("pk", "ticket__cents", "ticket__kind", "outcome", "cents", "position")

Anew = tuple[Pot, dict[int, Given], int]
"""The pot after it, by ticket the places that become others, and how many who were outside came in."""
BEFORE = (date.min, datetime.min.replace(tzinfo=UTC), 0)
"""Who stands where they first did comes before who was completed and comes right after them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Whose places are taken back, with those places; and who of them, or of those taken back before, comes in as completed.

    `lowered`: by ticket the cents that are taken back of a place that stays.
    """

    gone: Mapping[int, Treated] = field(default_factory=dict)
    completed: Mapping[int, Completed] = field(default_factory=dict)
    lowered: Mapping[int, int] = field(default_factory=dict)


def waiting() -> QuerySet[Withdrawal]:
    """Find who withdrew and had a place then that has not been taken back."""
    taken = PlaceChange.objects.filter(ticket=OuterRef("pk"), reason=WITHDRAWN)
    return Withdrawal.objects.filter(ticket__place__reason="").exclude(Exists(taken))


def waiting_places(round_: int, changes: Mapping[int, PlaceNow]) -> dict[int, Treated]:
    """Give, by ticket, who of a round withdrew and has a place that is to be taken back, with that place."""
    ids = list(waiting().filter(ticket__id__range=ids_of(round_)).values_list("pk", flat=True))
    return places_of(ids, changes)


def set_free(round_: int) -> dict[int, FixedPlace]:
    """Give, by ticket, the places of a round of which a decision set something free that was not taken back yet."""
    if not Allocation.objects.filter(pk=round_, freed=True).exists():
        return {}
    followed = PlaceChange.objects.filter(ticket=OuterRef("pk"), reason=OuterRef("gives_back"))
    rows = FixedPlace.objects.filter(ticket__id__range=ids_of(round_)).exclude(gives_back="").exclude(Exists(followed))
    return {row.pk: row for row in rows}


def places_of(tickets: Collection[int], changes: Mapping[int, PlaceNow]) -> dict[int, Treated]:
    """Give the places of tickets as they are now."""
    rows = Place.objects.filter(pk__in=tickets).values_list(*COLUMNS)
    return {row[0]: _treated(row, changes)[1] for row in rows}


def given_anew(row: Round, changes: Mapping[int, PlaceNow], taken: Taken) -> Anew:
    """Give what is free to who comes next in the order of treatment, by the round's own rule (freed.py).

    Everybody who comes in as completed has a place among the places, if only outside.
    """
    rules, places, came_in = pot_of(row).rules, dict[int, Given](), 0
    pot = standing(rules, _inside(row, changes, taken) if rules.apart else _inside_without_parts(row, taken))
    again, after = _in_line(row, changes, taken, partly=rules.partly), -1
    while not is_over(pot):
        some, last = _outside(row.pk, changes, taken.gone, after, most_that_fits(pot))
        turn = [one for one in again if one[0][0] > after and (last is None or one[0][0] <= last)]
        for _, one in sorted([*some, *turn], key=lambda told: told[0]):
            pot, place = ask_again(pot, one)
            if place != one.place or one.id in taken.completed:
                places[one.id] = place
                came_in += one.place.outcome != "inside" and place.cents > 0
        if last is None:
            break
        after = last
    for _, one in again:
        if one.id in taken.completed and one.id not in places:  # nothing is left for them
            pot, places[one.id] = ask_again(pot, one)
    return pot, places, came_in


def decided_short(row: Round, part: str) -> int:
    """Count who was decided on without all that they asked, and would be overtaken by money added to a part of the pot.

    In turn somebody can always come after them; where all share alike every other one would gain; in any other order
    only who comes after them and is not decided on yet. Who waits on a waiting list was not refused for want of money,
    nor was whoever gave back a place or a part of it, and who withdrew asks nothing any more.
    """
    fixed = set(FixedPlace.objects.filter(ticket__id__range=ids_of(row.pk)).values_list("pk", flat=True))
    if not fixed:
        return 0
    changes, short, open_ = last_changes(row.pk), list[int](), 0
    places = Place.objects.filter(ticket__id__range=ids_of(row.pk), ticket__withdrawal=None)
    places = places.filter(ticket__kind=part) if _reaches_its_kind_only(row, part, changes) else places
    for told in places.values_list(*COLUMNS).iterator(AT_ONCE):
        position, one = _treated(told, changes)
        whole = one.place.outcome == "inside" and one.place.cents == one.asked_cents
        if whole or _reason(changes, one.id) in (INCOMPLETE, *DECIDED):
            continue
        if one.id not in fixed:
            open_ = max(open_, position)
        elif one.place.outcome != "waiting":
            short.append(position)
    if row.order in AS_THEY_COME:
        return len(short)
    return sum(open_ > (0 if row.order == "pro_rata" else position) for position in short)


def _reaches_its_kind_only(row: Round, part: str, changes: Mapping[int, PlaceNow]) -> bool:
    """Say whether money or number added to a part is for one kind of applicant alone.

    It is not where that kind took from the rest as well, for the rest gets that back (freed.standing); nor where the round
    stops at the first that does not fit, for then what was left of the rest is given anew too. Where all divide in
    proportion each part is divided by itself.
    """
    rules = pot_of(row).rules
    if part == REST or row.order == "pro_rata":
        return part != REST
    if not rules.goes_on:
        return False
    most, own = rules.apart[part], _inside(row, changes, Taken()).get(part, Spent())
    return all(mine <= top for mine, top in ((own.cents, most.cents), (own.number, most.number)) if top is not None)


def divided(row: Round, changes: Mapping[int, PlaceNow], taken: Taken) -> Anew:
    """Divide the pot anew over who is left, in a round that is divided in proportion."""
    rules, floor, spent = pot_of(row).rules, announced_for(row).floor_cents, {}
    places: dict[int, Given] = {}
    left = [
        one for one in _left(row.pk, changes, taken.lowered)
        if one.id not in taken.gone and _reason(changes, one.id) not in (INCOMPLETE, REFUSED)
    ]  # fmt: skip
    for part in PotPart.objects.filter(round=row):
        own = [one for one in left if (one.kind if one.kind in rules.apart else REST) == part.part]
        fixed = sum(one.place.cents for one in own if one.fixed)
        asked = {one.id: one.asked_cents for one in own if not one.fixed}
        had = {one.id: one.place.cents for one in own}
        ceiling = sum(asked.values()) if part.ceiling_cents is None else part.ceiling_cents - fixed
        shares = divide_again(ceiling, asked, had, floor_cents=floor, order=[one.id for one in own])
        places |= {id_: Given("inside", cents) for id_, cents in shares.items() if cents != had[id_]}
        spent[part.part] = Spent(fixed + sum(shares.values()), len(own), part.missed)
    was_out = {one.id for one in left if one.place.outcome != "inside"}
    return Pot(rules, spent), places, sum(id_ in was_out and one.cents > 0 for id_, one in places.items())


def _treated(row: tuple[int, int, str, str, int, int], changes: Mapping[int, PlaceNow]) -> tuple[int, Treated]:
    """Read a row of COLUMNS with the place of now, by its position."""
    id_, asked, kind, outcome, cents, position = row
    now = changes.get(id_) or PlaceNow(cast("Outcome", outcome), cents, "")
    return position if now.position is None else now.position, Treated(id_, asked, kind, Given(now.outcome, now.cents))


def _reason(changes: Mapping[int, PlaceNow], id_: int) -> str:
    """Say why a place was taken back or holds another amount; nothing for neither."""
    return changes[id_].reason if id_ in changes else ""


def _inside_without_parts(row: Round, taken: Taken) -> dict[str, Spent]:
    """Give what is spent without what is taken back, where nothing is set apart: the pot has it counted."""
    part = PotPart.objects.get(round=row, part=REST)
    out = [one.place.cents for one in taken.gone.values() if one.place.outcome == "inside"]
    return {REST: Spent(part.cents - sum(out) - sum(taken.lowered.values()), part.number - len(out))}


def _inside(row: Round, changes: Mapping[int, PlaceNow], taken: Taken) -> dict[str, Spent]:
    """Give what each kind of applicant has in all, without what is taken back."""
    places = Place.objects.filter(ticket__id__range=ids_of(row.pk))
    first = places.filter(outcome="inside").values_list("ticket__kind").annotate(Sum("cents"), Count("pk")).order_by()
    found = {kind: [int(cents), number] for kind, cents, number in first}
    for id_, _, kind, outcome, cents, _ in places.filter(pk__in=changes).values_list(*COLUMNS):
        now, told = changes[id_], found.setdefault(kind, [0, 0])
        told[0] += now.cents - cents
        told[1] += (now.outcome == "inside") - (outcome == "inside")
    for one in taken.gone.values():
        if one.place.outcome == "inside":
            found[one.kind][0] -= one.place.cents
            found[one.kind][1] -= 1
    for id_, kind in Ticket.objects.filter(pk__in=taken.lowered).values_list("pk", "kind"):
        found[kind][0] -= taken.lowered[id_]
    return {kind: Spent(cents, number) for kind, (cents, number) in found.items()}


def _free_to_change(round_: int) -> QuerySet[Place]:
    """Find the places of who did not withdraw and on which no decision rests."""
    places = Place.objects.filter(ticket__id__range=ids_of(round_), reason="")
    withdrawn = Withdrawal.objects.filter(pk=OuterRef("pk"))
    return places.exclude(Exists(withdrawn)).exclude(Exists(FixedPlace.objects.filter(pk=OuterRef("pk"))))


def _outside(
    round_: int, changes: Mapping[int, PlaceNow], gone: Container[int], after: int, most_cents: int | None
) -> tuple[list[tuple[Key, Treated]], int | None]:
    """Give who comes next of those who were never inside, after a position, and ask no more than would fit.

    With the position at which to go on; None where nobody comes after these.
    """
    rows = _free_to_change(round_).exclude(outcome="inside").filter(position__gt=after).order_by("position")
    if most_cents is not None:
        rows = rows.filter(ticket__cents__lte=most_cents)
    found = list(rows.values_list(*COLUMNS)[:MOST_AT_ONCE])
    never = [one for one in found if one[0] not in changes and one[0] not in gone]
    return [_first(one, changes) for one in never], found[-1][5] if len(found) == MOST_AT_ONCE else None


def _in_line(
    row: Round, changes: Mapping[int, PlaceNow], taken: Taken, *, partly: bool
) -> list[tuple[Key, Treated]]:  # fmt: skip
    """Give those whose place changed before, who are inside with a part of what they asked, or come in as completed; in order.

    Who was completed stands where that puts them (completing.py), all others where they first did.
    """
    places = _free_to_change(row.pk)
    out = {*taken.gone, *(id_ for id_, now in changes.items() if now.reason == INCOMPLETE)}
    found = list(places.filter(pk__in=set(changes) - out).values_list(*COLUMNS))
    if partly:
        part = places.filter(outcome="inside", cents__lt=F("ticket__cents")).exclude(pk__in=out)
        found += [one for one in part.values_list(*COLUMNS) if one[0] not in changes]
    moved = {id_: now.position for id_, now in changes.items() if now.position is not None and id_ not in out}
    keys = keys_of(row, [*completions(moved), *taken.completed.values()])
    line = [_first(one, changes) if one[0] not in keys else (keys[one[0]], _treated(one, changes)[1]) for one in found]
    asks = Place.objects.filter(pk__in=taken.completed).values_list(*COLUMNS)
    line += [(keys[id_], Treated(id_, cents, kind, Given("outside"))) for id_, cents, kind, *_ in asks]
    return sorted(line, key=lambda told: told[0])


def _first(row: tuple[int, int, str, str, int, int], changes: Mapping[int, PlaceNow]) -> tuple[Key, Treated]:
    """Read a row of COLUMNS of who stands where they first did."""
    return (row[5], *BEFORE), _treated(row, changes)[1]


def _left(round_: int, changes: Mapping[int, PlaceNow], lowered: Mapping[int, int]) -> Iterator[Treated]:
    """Give everybody who did not withdraw, with what they keep of the place of now, in the order of treatment."""
    ids = ids_of(round_)
    gone = set(Withdrawal.objects.filter(ticket__id__range=ids).values_list("pk", flat=True))
    fixed = set(FixedPlace.objects.filter(ticket__id__range=ids).values_list("pk", flat=True))
    rows = Place.objects.filter(ticket__id__range=ids).order_by("position").values_list(*COLUMNS)
    for row in rows.iterator(AT_ONCE):
        if row[0] not in gone:
            one = _treated(row, changes)[1]
            place = Given(one.place.outcome, one.place.cents - lowered.get(one.id, 0))
            yield Treated(one.id, one.asked_cents, one.kind, place, fixed=one.id in fixed)
