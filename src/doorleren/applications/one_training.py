"""Whether a person applies for one training of the register, and what is then not asked of it. Pure.

Read from the scheme's file alone: a track is bound to the register where its rules look at a fact that only the register
tells, or ask a person to be enrolled. Who files there for oneself chooses one training; what the register tells of it is
not asked.
"""

from doorleren.register.funding.facts import FACTS
from doorleren.rules.versions import Evidence, Track, Version

PROVIDER = "training_provider"
"""Who confirms an enrolment, as scheme files call it in `confirmed_by`."""
GRANTS = "training.grants_to_activity_this_year"
OF_THE_REGISTER = frozenset({"training.in_register", "training.excluded_in_register", GRANTS})
"""Facts that only the register tells."""
OF_THE_ENROLMENT = frozenset({"training.starts_on", "training.price"})
"""Facts that may be otherwise for one enrolment than the register tells; the provider confirms them with it."""


def is_enrolment(one: Evidence) -> bool:
    """Say whether a piece of evidence is the enrolment, which the provider of the training may confirm."""
    return one.confirmed_by == PROVIDER and one.with_application


def asks_enrolment(version: Version, track: Track) -> bool:
    """Say whether a track of a version asks a person to be enrolled when applying."""
    asked = any(is_enrolment(one) and track.id in one.tracks for one in version.evidence)
    return asked and track.applicant == track.beneficiary == "person"


def bound_to_register(version: Version, track: Track, used: frozenset[str]) -> bool:
    """Say whether a track is bound to what the register decides; `used` are the facts that its rules look at."""
    return not OF_THE_REGISTER.isdisjoint(used) or asks_enrolment(version, track)


def takes_one_training(version: Version, track: Track, used: frozenset[str]) -> bool:
    """Say whether who files in a track must choose one training of the register: a person, for oneself, bound to it."""
    return track.applicant == track.beneficiary == "person" and bound_to_register(version, track, used)


def not_asked(version: Version, track: Track, used: frozenset[str], *, chosen: bool) -> frozenset[str]:
    """Name the facts that nobody is asked: none of what the register tells while no training is chosen.

    Once it is, the facts that only the register tells; of the others what it does not tell is asked.
    """
    if not takes_one_training(version, track, used):
        return frozenset()
    return used & (OF_THE_REGISTER if chosen else FACTS.keys())
