"""How complete an entry is, from 0 to 100, and what to add first. For providers, on the page where they type or upload.

The score is ours and no condition of anything: it orders what helps visitors most. One table says how much each
part weighs and why; a provider reads the words, nobody needs the number to be admitted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from doorleren.core.texts import Texts
from doorleren.register.entries import Entry


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry: its field, its weight (all weights are 100 together), whether it is told, and what to do."""

    field: str
    weight: int
    told: Callable[[Entry], bool]
    texts: Texts


@dataclass(frozen=True, slots=True)
class Missing:
    """What an entry lacks: the field, how many points it is worth, and what to do."""

    field: str
    weight: int
    texts: Texts


@dataclass(frozen=True, slots=True)
class Completeness:
    """The score, 0 to 100, and what is missing: what helps visitors most comes first."""

    score: int
    missing: tuple[Missing, ...]


def completeness(entry: Entry) -> Completeness:
    """Weigh what an entry tells. An answer of "no" or "none" is told; only silence counts as missing."""
    missing = [Missing(one.field, one.weight, one.texts) for one in PARTS if not one.told(entry)]
    return Completeness(100 - sum(one.weight for one in missing), tuple(missing))


def _starts(entry: Entry) -> bool:
    """Whether one knows when to start: a run with a day, or a training that starts whenever one likes."""
    return entry.independent_of_time is True or any(run.starts_on for run in entry.runs)


def _place(entry: Entry) -> bool:
    """Whether one knows where to go: online and place-independent training has no place."""
    nowhere = entry.delivery == "online" or entry.independent_of_place is True
    return nowhere or any(run.place or run.postcode for run in entry.runs)


def _rhythm(entry: Entry) -> bool:
    return None not in (entry.combinable_with_work, entry.evening) or entry.independent_of_time is True


PARTS: tuple[Part, ...] = (
    # What it costs after funding is the first question of a visitor, and nothing is computed without a price.
    Part("prices", 18, lambda one: bool(one.prices), {
        "nl": "Zet de prijs erbij, in delen. Zonder prijs kan niemand zien wat er te betalen blijft.",
        "en": "Add the price, in parts. Without a price nobody can see what remains to pay.",
    }),
    # When and where decide whether somebody can come at all; both are filters and an order of the results.
    Part("runs", 13, _starts, {
        "nl": "Zet erbij wanneer de opleiding begint, of dat iemand altijd kan beginnen.",
        "en": "Add when the training starts, or that one can start at any time.",
    }),
    Part("place", 10, _place, {
        "nl": "Zet de plaats of postcode erbij, of dat de opleiding online is.",
        "en": "Add the place or postcode, or that the training is online.",
    }),
    # Words are what the search finds an activity by.
    Part("description", 10, lambda one: bool(one.description.strip()), {
        "nl": "Beschrijf de opleiding. Mensen vinden haar door de woorden die u gebruikt.",
        "en": "Describe the training. People find it by the words that you use.",
    }),
    # Occupations tie an activity to what somebody wants to become, and to lists of shortages.
    Part("occupations", 9, lambda one: bool(one.occupations), {
        "nl": "Noem de beroepen waarvoor de opleiding opleidt.",
        "en": "Name the occupations that the training prepares for.",
    }),
    # What one holds afterwards, at which level: schemes and employers ask for it.
    Part("certificate_value", 8, lambda one: one.certificate_value is not None, {
        "nl": "Zet erbij welk diploma of certificaat iemand krijgt, of dat er geen is.",
        "en": "Add which diploma or certificate one gets, or that there is none.",
    }),
    Part("level", 7, lambda one: one.level is not None or one.nlqf_level is not None or one.eqf_level is not None, {
        "nl": "Zet het niveau erbij, of dat de opleiding geen niveau heeft.",
        "en": "Add the level, or that the training has none.",
    }),
    # How much time it takes: conditions of schemes use it, and people with work need it.
    Part("study_hours", 6, lambda one: one.study_hours is not None or one.duration_months is not None, {
        "nl": "Zet de studielast in uren of de duur in maanden erbij.",
        "en": "Add the study load in hours or the duration in months.",
    }),
    Part("combinable_with_work", 5, _rhythm, {
        "nl": "Zet erbij of de opleiding naast werk kan, en of er avondlessen zijn.",
        "en": "Add whether the training combines with work, and whether there are evening classes.",
    }),
    Part("learning_outcomes", 5, lambda one: bool(one.learning_outcomes or one.skills), {
        "nl": "Zet erbij wat iemand na de opleiding kan.",
        "en": "Add what one can do after the training.",
    }),
    # The rest are single filters, or lines that prevent a call.
    Part("sector", 3, lambda one: one.sector is not None, {
        "nl": "Kies de sector.", "en": "Choose the sector.",
    }),
    Part("entry_requirements", 3, lambda one: bool(one.entry_requirements.strip()), {
        "nl": "Zet erbij wat iemand nodig heeft om te beginnen. Is dat niets, schrijf dan: geen.",
        "en": "Add what one needs to start. If that is nothing, write: none.",
    }),
    Part("guidance", 2, lambda one: one.guidance is not None, {
        "nl": "Zet erbij of de deelnemer begeleiding krijgt.", "en": "Add whether the participant gets guidance.",
    }),
    Part("url", 1, lambda one: bool(one.url.strip()), {
        "nl": "Zet het adres van uw eigen pagina erbij.", "en": "Add the address of your own page.",
    }),
)  # fmt: skip
"""Every part with its weight, heaviest first; a test holds the sum at 100 and the order."""
