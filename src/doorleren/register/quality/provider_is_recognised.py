"""The provider is recognised on the day, in one of the ways of the register, with proof.

Ground: the letter of 2 July 2020, "kwaliteitseisen aan de opleiders (conform de STAP-regeling)" (C31). Which ways a
scheme takes is a condition of that scheme, not of the register. What a provider states itself counts once an official
has confirmed it. Example: a quality mark until 31 December with its number as proof holds on 31 December and no longer
on 1 January.
"""

from collections.abc import Iterable
from datetime import date

from doorleren.register.answers import Answer
from doorleren.register.entries import Recognition
from doorleren.register.quality.offers import Check, Offer


def holds(offer: Offer) -> Answer:
    """True with a recognition in force that has proof, None with one without proof, False with none."""
    now = _in_force(offer.provider.recognitions, offer.on)
    if any(one.proof.strip() for one in now):
        return Answer(True, {
            "nl": "De opleider heeft een erkenning die vandaag geldt, met bewijs.",
            "en": "The provider has a recognition in force today, with proof.",
        })  # fmt: skip
    if now:
        return Answer(None, {
            "nl": "De opleider noemt een erkenning, maar zonder bewijs. Een ambtenaar beoordeelt dit.",
            "en": "The provider names a recognition, but without proof. An official judges this.",
        })  # fmt: skip
    if _in_force(offer.stated, offer.on):
        return Answer(False, {
            "nl": "De opleider heeft zelf een erkenning opgegeven. Een ambtenaar heeft die nog niet bevestigd.",
            "en": "The provider states a recognition itself. No official has confirmed it yet.",
        })  # fmt: skip
    return Answer(False, {
        "nl": "In het register staat geen erkenning van deze opleider die op deze dag geldt.",
        "en": "The register has no recognition of this provider that holds on this day.",
    })  # fmt: skip


def _in_force(recognitions: Iterable[Recognition], on: date) -> list[Recognition]:
    return [
        one
        for one in recognitions
        if (one.starts_on is None or one.starts_on <= on) and (one.ends_on is None or on <= one.ends_on)
    ]


CHECK = Check(
    "provider_is_recognised",
    {"nl": "de opleider is erkend", "en": "the provider is recognised"},
    "letter 2020-0000088990 of 2 July 2020, § Hoofdlijnen regeling online scholing",
    of_offer=holds,
    binding=True,
)
