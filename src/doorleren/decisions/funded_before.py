"""What our own register has granted to the same recipient before, by any body, as sums. Reads only.

No case, scheme or body of another leaves this module; the grants themselves: earlier_grants.py.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from doorleren.core.days import add_months, day_of
from doorleren.decisions.double_funding import Before
from doorleren.decisions.earlier_grants import earlier_grants, wait_in_turn
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
    for name in ("source", "granted_source", "since_source"):
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


def before(matter: Matter, today: date) -> Before:
    """Sum up what the same recipient was granted before in other cases, as it counts on a day; who else decides on them waits."""
    wait_in_turn(matter)
    own, since = matter.version.stacking, add_months(today, -12 * law_of_aid().years)
    filed, training = matter.ticket.arrived_at, matter.application.activity_id
    same_costs = group = aid = aid_since = this_year = 0
    excluded = False
    for one in earlier_grants([matter])[matter.case.pk]:
        rules = version_of(one.version).stacking
        if training is not None and one.activity == training:
            same_costs += one.cents
            group += one.cents if own.group is not None and rules.group == own.group else 0
            excluded = excluded or _forbid(matter.case.scheme, own, one.scheme, rules)
        if rules.de_minimis_cap is not None and one.day > since:
            aid += one.cents
            aid_since += one.cents if one.at > filed else 0
        this_year += one.scheme == matter.case.scheme and day_of(one.filed).year == day_of(filed).year
    return Before(same_costs, group, aid, aid_since, this_year, excluded)


def _forbid(scheme: str, own: Stacking, other: str, rules: Stacking) -> bool:
    """Say whether one of two schemes may not go together with the other; "*" is with none at all."""
    return bool({other, "*"} & own.excludes or {scheme, "*"} & rules.excludes)
