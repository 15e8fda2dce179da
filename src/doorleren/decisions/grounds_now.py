"""On which grounds an application can be refused as its case stands, and whether it can be granted. Reads only.

One rule for who decides (commands/decide.py) and for the page that says it before somebody tries.
"""

from dataclasses import dataclass
from typing import Literal

from doorleren.cases.models import Case
from doorleren.decisions.committee.scores import below_threshold
from doorleren.decisions.matters import matters_of
from doorleren.decisions.pots import outcome_at
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.rules import Ground, Outcome, Result, follows
from doorleren.decisions.sealed import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.rounds.pot import Outcome as Place
from doorleren.rounds.queries import place_now

Why = Literal["not_found", "other_facts", "own_facts", "intent_first"]
"""Why a ground cannot be used now.

not_found: it follows from nothing that is known; other_facts: a condition is not met by other facts than the applicant gave, which
has a ground of its own; own_facts: it is by the applicant's own; intent_first: notice of intent must be given first.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What grounds of refusal follow from: the results, no money at its place, a repeat, and whether notice of intent was given."""

    results: tuple[Result, ...]
    outside: bool
    repeat: bool
    told: bool


def standing_at(case: Case, results: tuple[Result, ...], place: Place | None) -> Standing:
    """Say what can be refused on with these results, at a place (None: there is none)."""
    repeat, told = case.repeat_established_at is not None, case.intent_notified_at is not None
    return Standing(results, _ran_out(case, place), repeat, told)


def standing_now(case: Case) -> Standing:
    """Say what a case can be refused on as it stands; nothing follows from an assessment that was destroyed."""
    found = assessment_in_force(case.pk)
    try:
        results = () if found is None else content_of(found).results
    except Destroyed:
        results = ()
    return standing_at(case, results, _place_of(case))


def why_not_on(ground: Ground, standing: Standing) -> Why | None:
    """Say why a ground cannot be used now; None where it can."""
    if not follows(ground, standing.results, outside=standing.outside, repeat=standing.repeat):
        if ground.given == "conditions" and any(one.met is False for one in standing.results):
            return "own_facts" if ground.intent else "other_facts"
        return "not_found"
    return "intent_first" if ground.intent and not standing.told else None


def lets_grant(case: Case, outcome: Outcome) -> bool:
    """Say whether what an assessment came to can be granted: all is met, or the hardship clause was applied."""
    return outcome == "meets" or case.hardship_applied_at is not None


def no_ground_yet(case: Case) -> bool:
    """Say whether an assessed application cannot be refused yet: no condition fails, there is money, and nothing else was told."""
    told = case.intent_notified_at is not None or case.repeat_established_at is not None
    if case.state != "assessed" or told or case.assessed_as not in ("open", "meets"):
        return False
    return not _ran_out(case, _place_of(case))


def _ran_out(case: Case, place: Place | None) -> bool:
    """Say whether the money ran out before the place of an application, so that the ceiling refuses it."""
    return place == "outside" and not below_threshold(case)


def _place_of(case: Case) -> Place | None:
    matter = matters_of((case,)).get(case.pk)
    found = None if matter is None else place_now(matter.ticket)
    return None if found is None else outcome_at(found)
