"""In words: on which grounds an application can be refused as its case stands, why not on the others, whether it can be decided on.

The rule is that of the commands (decisions/grounds_now.py); here it is told before somebody tries.
"""

from dataclasses import dataclass
from typing import cast

from doorleren.cases.models import Case
from doorleren.cases.stops import said
from doorleren.core.texts import Texts
from doorleren.decisions.grounds import grounds
from doorleren.decisions.grounds_now import Why, lets_grant, no_ground_yet, standing_now, why_not_on
from doorleren.decisions.rules import Ground, Outcome

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


def fits_now(case: Case) -> list[Fit]:
    """Give every ground of refusal with why it cannot be used as the case stands."""
    standing = standing_now(case)
    return [_fit(one, why_not_on(one, standing)) for one in grounds().values()]


def _fit(ground: Ground, why: Why | None) -> Fit:
    said_of = {"own_facts": OWN_FACTS, "other_facts": OTHER_FACTS, "intent_first": INTENT_FIRST}
    texts = None if why is None else said_of.get(why) or _NOT_FOUND[ground.given]
    return Fit(ground, texts, after_intent=why == "intent_first")


def not_to_grant(case: Case) -> Texts | None:
    """Give the sentence why what was assessed cannot be granted: a condition is open or not met; None where it can."""
    if case.state != "assessed" or lets_grant(case, cast(Outcome, case.assessed_as)):
        return None
    return {"open": OPEN, "fails": FAILS}.get(case.assessed_as)


def not_to_refuse(case: Case) -> Texts | None:
    """Give the sentence why there is no ground to refuse on, as the last assessment says; None where there may be one."""
    if not no_ground_yet(case):
        return None
    return OPEN if case.assessed_as == "open" else NO_GROUND
