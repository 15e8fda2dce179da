"""The training says which skills it teaches, so that their relevance can be judged.

Ground: the letter of 2 July 2020, "aanbod gericht op relevante vaardigheden" (C32). The letter does not say which
skills are relevant: that they are named is computed, an official judges the rest. Example: one learning outcome.
"""

from doorleren.register.answers import Answer
from doorleren.register.entries import Entry
from doorleren.register.quality.offers import Check, Offer
from doorleren.register.quality.parameters import LETTER


def holds(offer: Offer, entry: Entry) -> Answer:
    """True with a skill or a learning outcome, False without either."""
    count = len(entry.skills) + sum(bool(one.strip()) for one in entry.learning_outcomes)
    if count:
        return Answer(True, {
            "nl": f"De opleiding noemt {count} vaardigheden of leeruitkomsten.",
            "en": f"The training names {count} skills or learning outcomes.",
        })  # fmt: skip
    return Answer(False, {
        "nl": "De opleiding noemt geen vaardigheid en geen leeruitkomst.",
        "en": "The training names no skill and no learning outcome.",
    })  # fmt: skip


CHECK = Check(
    "training_teaches_named_skills",
    {"nl": "de opleiding noemt de vaardigheden die zij leert", "en": "the training names the skills that it teaches"},
    LETTER,
    of_entry=holds,
)
