"""Participants are supported and guided, in choosing the training and while following it.

Ground: the letter of 2 July 2020, "voldoende ondersteuning en begeleiding van de deelnemers" (C33). What is enough it
does not say; the entry tells whether guidance is given. Example: told yes holds, not told leaves it to an official.
"""

from doorleren.register.answers import Answer
from doorleren.register.entries import Entry
from doorleren.register.quality.offers import Check, Offer
from doorleren.register.quality.parameters import LETTER

_TEXTS = {
    True: {
        "nl": "De opleider geeft begeleiding. Of die voldoende is, beoordeelt een ambtenaar.",
        "en": "The provider gives guidance. Whether it is enough an official judges.",
    },
    False: {
        "nl": "De opleider geeft geen begeleiding bij deze opleiding.",
        "en": "The provider gives no guidance with this training.",
    },
    None: {
        "nl": "Er staat niet of de deelnemer begeleiding krijgt.",
        "en": "It is not told whether the participant gets guidance.",
    },
}


def holds(offer: Offer, entry: Entry) -> Answer:
    """What the entry tells."""
    return Answer(entry.guidance, _TEXTS[entry.guidance])


CHECK = Check(
    "participants_are_guided",
    {"nl": "deelnemers krijgen ondersteuning en begeleiding", "en": "participants are supported and guided"},
    LETTER,
    of_entry=holds,
)
