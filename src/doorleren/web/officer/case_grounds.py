"""On which grounds an application can be refused as its case stands, and why not on the others; whether it can be decided on at all.

What the commands refuse (decisions/commands/decide.py), told before somebody tries.
"""

from dataclasses import dataclass

from doorleren.cases.models import Case
from doorleren.cases.stops import said
from doorleren.core.texts import Texts
from doorleren.decisions.committee.scores import below_threshold
from doorleren.decisions.grounds import grounds
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.rules import Ground, Result, follows
from doorleren.decisions.sealed import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.queries import place_now
from doorleren.web.officer.case_at_hand import submitted

OPEN = said(
    "De beoordeling laat nog voorwaarden open. Iemand moet de aanvraag eerst beoordelen.",
    "The assessment leaves conditions open. Somebody must assess the application first.",
)
FAILS = said("Volgens de beoordeling is een voorwaarde niet vervuld.", "By the assessment a condition is not met.")
NO_GROUND = said(
    "Er is nu geen grond om af te wijzen. Ziet u die wel, stuur dan eerst een voornemen tot afwijzen.",
    "There is no ground to refuse on now. If you see one, give notice of your intent first.",
)
INTENT_FIRST = said(
    "Stuur eerst een voornemen, zodat de aanvrager een zienswijze kan geven.",
    "Give notice of your intent first, so that the applicant can give a view.",
)
_NOT_FOUND = {
    "conditions": said("Volgens de beoordeling is geen voorwaarde onvervuld.", "By the assessment no condition is unmet."),
    "ceiling": said("Er is geld bij de plaats van deze aanvraag.", "There is money at the place of this application."),
    "repeat": said("Er is geen herhaalde aanvraag vastgesteld.", "No repeat application was established."),
}  # fmt: skip
OTHER_FACTS = said(
    "Een medewerker vond andere gegevens dan de aanvrager opgaf. Daarvoor is een andere grond.",
    "An official found other facts than the applicant gave. There is another ground for that.",
)
OWN_FACTS = said(
    "Wat niet is vervuld, volgt uit de gegevens van de aanvrager zelf. Daarvoor is een andere grond.",
    "What is not met follows from the applicant's own facts. There is another ground for that.",
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A ground, and why it cannot be used now (None: it can). `after_intent`: notice of intent is all that it waits for."""

    ground: Ground
    why_not: Texts | None
    after_intent: bool = False


def grounds_now(case: Case) -> list[Fit]:
    """Give every ground of refusal with why it cannot be used as the case stands."""
    found = assessment_in_force(case.pk)
    try:
        results = () if found is None else content_of(found).results
    except Destroyed:
        results = ()
    outside, told = is_outside(case), case.intent_notified_at is not None
    repeat = case.repeat_established_at is not None
    return [_fit(one, results, outside=outside, repeat=repeat, told=told) for one in grounds().values()]


def _fit(ground: Ground, results: tuple[Result, ...], *, outside: bool, repeat: bool, told: bool) -> Fit:
    if not follows(ground, results, outside=outside, repeat=repeat):
        fails = ground.given == "conditions" and any(one.met is False for one in results)
        why = (OWN_FACTS if ground.intent else OTHER_FACTS) if fails else _NOT_FOUND[ground.given]
        return Fit(ground, why)
    return Fit(ground, INTENT_FIRST, after_intent=True) if ground.intent and not told else Fit(ground, None)


def is_outside(case: Case) -> bool:
    """Say whether the money ran out before the place of an application, so that the ceiling refuses it."""
    matter = submitted(case)
    place = None if matter is None else place_now(matter.ticket)
    if place is None or place.reason == INCOMPLETE:
        return False
    return place.outcome == "outside" and not below_threshold(case)


def not_to_grant(case: Case) -> Texts | None:
    """Give the sentence why what was assessed cannot be granted: a condition is open or not met; None where it can."""
    if case.state != "assessed" or case.hardship_applied_at is not None:
        return None
    return {"open": OPEN, "fails": FAILS}.get(case.assessed_as)


def not_to_refuse(case: Case) -> Texts | None:
    """Give the sentence why there is no ground to refuse on, as the last assessment says; None where there may be one."""
    told = case.intent_notified_at is not None or case.repeat_established_at is not None
    if case.state != "assessed" or told or case.assessed_as not in ("open", "meets") or is_outside(case):
        return None
    return OPEN if case.assessed_as == "open" else NO_GROUND
