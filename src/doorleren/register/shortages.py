"""Which occupations have too few people, by the list that was imported; without a list nobody knows.

The fact is `training.shortage_occupation`: UWV and the schemes publish such lists, and the register decides nothing of
its own here. Called when the read index is built, and when an offer is judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from doorleren.register.models import Occupation, ShortageOccupation


@dataclass(frozen=True)
class Shortages:
    """The list on a day: ESCO ids and ISCO-08 groups (a group stands for all occupations in it); empty is no list.

    `groups` gives the ISCO-08 group of each occupation that was imported.
    """

    listed: frozenset[str]
    groups: Mapping[str, str]

    def prepares_for_one(self, occupations: Iterable[str]) -> bool | None:
        """Say whether one of the occupations (ESCO ids) is on the list; None without a list, or where it cannot be said.

        It cannot be said of an activity that names no occupation, nor of an occupation whose group is not known while
        the list names groups.
        """
        told = [self._listed(one) for one in occupations] if self.listed else []
        if any(told):
            return True
        return None if not told or None in told else False

    def _listed(self, occupation: str) -> bool | None:
        if occupation in self.listed:
            return True
        group = self.groups.get(occupation, "")
        if any(group[:digits] in self.listed for digits in range(1, len(group) + 1)):
            return True
        return False if group or not self._names_groups else None

    def occupations(self) -> frozenset[str] | None:
        """Give the ESCO ids on the list, with those that are known of its groups; None without a list."""
        if not self.listed:
            return None
        listed = (one for one in self.listed if not one.isdigit())
        return frozenset(listed) | {one for one in self.groups if self._listed(one)}

    @cached_property
    def _names_groups(self) -> bool:
        return any(code.isdigit() for code in self.listed)


def shortages_on(day: date) -> Shortages:
    """Read the list as it holds on a day."""
    holds = Q(listed_until__isnull=True) | Q(listed_until__gte=day)
    listed = ShortageOccupation.objects.filter(holds, listed_from__lte=day).values_list("code", flat=True)
    codes = frozenset(listed)
    return Shortages(codes, dict(Occupation.objects.values_list("key", "isco")) if codes else {})
