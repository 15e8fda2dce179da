"""Of which grants on a list nobody knows yet when their activities end, though settling counts from that day. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.decisions.activities import last_day
from doorleren.decisions.commands.propose_batch import Line
from doorleren.decisions.matters import Matter, matters_of
from doorleren.decisions.models import GIVING, Assessment
from doorleren.decisions.sealed import content_of
from doorleren.decisions.settlement_terms import lacks_last_day
from doorleren.people.file_keys import Destroyed, keys_of
from doorleren.rules.frameworks import NoArrangement

LOOKED_AT = 1000
"""Grants of a list that are looked at: what an assessment says of its activities lies sealed with it."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many grants have no last day among those that were looked at, which are the first ones of the list; `every`: those are all."""

    number: int
    looked_at: int
    every: bool


def without_a_last_day(lines: Iterable[Line], *, at: datetime, most: int = LOOKED_AT) -> Lacking:
    """Count the grants on a list that a batch would give without a last day where they need one."""
    grants = [one for one in lines if one.kind in GIVING]
    looked = grants[:most]
    cases = Case.objects.in_bulk([one.case for one in looked])
    matters = matters_of(list(cases.values()))
    needs = [one for one in looked if one.case in matters and lacks_last_day(_how(matters[one.case], one.cents), None)]
    return Lacking(_open(needs, cases.values(), at), len(looked), len(looked) == len(grants))


def _how(matter: Matter, cents: int) -> str:
    try:
        return matter.handled(cents).settling.how
    except NoArrangement:
        return ""


def _open(lines: Sequence[Line], cases: Iterable[Case], at: datetime) -> int:
    """Count the lines whose assessment tells no last day."""
    if not lines:
        return 0
    keys = keys_of(map(party_of, cases), at=at)
    found = Assessment.objects.filter(pk__in=[one.assessment for one in lines]).select_related("case", "act")
    opened = ((one, keys[party_of(one.case)]) for one in found)
    return sum(not isinstance(key, Destroyed) and last_day(content_of(one, key), None) is None for one, key in opened)
