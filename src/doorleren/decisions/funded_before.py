"""What our own register has granted to the same recipient before, by any body, as sums. Reads only.

No case, scheme or body of another leaves this module; the grants themselves: earlier_grants.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from doorleren.core.days import add_months, day_of
from doorleren.decisions.double_funding import Before
from doorleren.decisions.earlier_grants import EarlierGrant, earlier_grants, granted_to_firms, wait_in_turn
from doorleren.decisions.matters import Matter
from doorleren.rules.shape import part_of
from doorleren.rules.versions import Stacking
from doorleren.schemes.queries import version_of
from doorleren.shipped import folder


@dataclass(frozen=True, slots=True)
class Aid:
    """The rule of de minimis aid: over how many years it is counted, and the ceilings in cents by the day from which they hold."""

    years: int
    ceilings: tuple[tuple[date, int], ...]

    def ceiling_on(self, day: date) -> int:
        """Give the ceiling of a day. Raises LookupError for a day before the first."""
        found = [cents for starts, cents in self.ceilings if starts <= day]
        if not found:
            raise LookupError(f"day: given is {day}, allowed is a day from {self.ceilings[0][0]} on")
        return found[-1]


@lru_cache(maxsize=1)
def law_of_aid() -> Aid:
    """Read `law/de-minimis.toml`. Raises SchemeFault."""
    path = folder("law") / "de-minimis.toml"
    whole = part_of(path)
    window, rows = whole.table("window"), []
    years = window.required("years", int)
    for name in ("source", "granted_source", "since_source", "parts_source"):
        window.required(name, str)
    window.choice("undertaking", ("single",))
    for one in whole.parts("ceiling"):
        rows.append((one.required("from", date), one.required("cents", int)))
        one.required("source", str)
        one.finish()
    if not rows or rows != sorted(rows):
        whole.refuse("ceiling", len(rows), "rows by day, the earliest first")
    for part in (window, whole):
        part.finish()
    return Aid(years, tuple(rows))


def before(matter: Matter, today: date, undertakings: Sequence[frozenset[str]] = ()) -> Before:
    """Sum up what the same recipient was granted before in other cases, as it counts on a day; who else decides on them waits.

    `undertakings`: the firms of each undertaking to which this grant is aid, by KvK number.
    """
    wait_in_turn(matter, frozenset[str]().union(*undertakings))
    return looked_up(matter, today, undertakings)


def looked_up(matter: Matter, today: date, undertakings: Sequence[frozenset[str]] = ()) -> Before:
    """Sum it up as it is now, for who only looks: nobody waits."""
    own, since = matter.version.stacking, add_months(today, -12 * law_of_aid().years)
    filed, training = matter.ticket.arrived_at, matter.application.activity_id
    same_costs = group = aid = aid_since = this_year = 0
    excluded = unclear = False
    for one in earlier_grants([matter])[matter.case.pk]:
        rules = version_of(one.version).stacking
        if training is not None and one.activity == training:
            same_costs += one.cents
            group += one.cents if own.group is not None and rules.group == own.group else 0
            excluded = excluded or _forbid(matter.case.scheme, own, one.scheme, rules)
        elif (training is None or one.activity is None) and one.scheme != matter.case.scheme:
            unclear = unclear or _forbid(matter.case.scheme, own, one.scheme, rules)
        if _is_aid(one, since):
            aid += one.cents
            aid_since += one.cents if one.at > filed else 0
        this_year += one.scheme == matter.case.scheme and day_of(one.filed).year == day_of(filed).year
    of_each = tuple(_aid_to(firms, matter, since) for firms in undertakings)
    return Before(same_costs, group, aid, aid_since, this_year, excluded, of_each, unclear)


def _is_aid(one: EarlierGrant, since: date) -> bool:
    return version_of(one.version).stacking.de_minimis_cap is not None and one.day > since


def _aid_to(firms: frozenset[str], matter: Matter, since: date) -> tuple[int, int]:
    """Give the aid to an undertaking after a day, and what of that came after this application was filed."""
    found = [one for one in granted_to_firms(firms, matter) if _is_aid(one, since)]
    return sum(one.cents for one in found), sum(one.cents for one in found if one.at > matter.ticket.arrived_at)


def _forbid(scheme: str, own: Stacking, other: str, rules: Stacking) -> bool:
    """Say whether one of two schemes may not go together with the other; "*" is with none at all."""
    return bool({other, "*"} & own.excludes or {scheme, "*"} & rules.excludes)
