"""The provider is recognised on the day, in one of the ways of the register, with proof.

Ground: the letter of 2 July 2020, "kwaliteitseisen aan de opleiders (conform de STAP-regeling)" (C31). Which ways a
scheme takes is a condition of that scheme, not of the register. What a source delivers counts at once, what a provider
states itself once an official has confirmed it: the sentence says which of the two it is. Example: a quality mark until 31 December with its number as proof holds on 31 December and no longer
on 1 January.
"""

from collections.abc import Iterable
from datetime import date

from doorleren.core.texts import Texts
from doorleren.register.answers import Answer
from doorleren.register.entries import Recognition
from doorleren.register.quality.offers import Check, Offer, Origin
from doorleren.register.quality.parameters import LETTER


def holds(offer: Offer) -> Answer:
    """True with a recognition in force that has proof, None with one without proof, False with none."""
    now = _in_force(offer.provider.recognitions, offer.on)
    proven = [one for one in now if one.proof.strip()]
    if proven:
        told = _told([offer.origins.get(one, Origin()) for one in proven])
        return Answer(True, {
            "nl": f"De opleider heeft een erkenning die vandaag geldt, met bewijs.{told['nl']}",
            "en": f"The provider has a recognition in force today, with proof.{told['en']}",
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


def _told(origins: list[Origin]) -> Texts:
    """Say who told a recognition: one that an official confirmed goes before what a source delivered."""
    if any(one.confirmed for one in origins):
        return {
            "nl": " De opleider gaf die zelf op en een ambtenaar bevestigde haar.",
            "en": " The provider stated it itself and an official confirmed it.",
        }  # fmt: skip
    source = next((one.source for one in origins if one.source), "")
    if not source:
        return {"nl": "", "en": ""}
    return {
        "nl": f" De bron “{source}” gaf die door; geen ambtenaar heeft haar bekeken.",
        "en": f" The source “{source}” delivered it; no official has looked at it.",
    }  # fmt: skip


def _in_force(recognitions: Iterable[Recognition], on: date) -> list[Recognition]:
    return [
        one
        for one in recognitions
        if (one.starts_on is None or one.starts_on <= on) and (one.ends_on is None or on <= one.ends_on)
    ]


CHECK = Check(
    "provider_is_recognised",
    {"nl": "de opleider is erkend", "en": "the provider is recognised"},
    LETTER,
    of_offer=holds,
    binding=True,
)
