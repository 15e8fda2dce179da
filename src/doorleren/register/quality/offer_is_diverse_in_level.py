"""The offer as a whole is diverse in level, so that people with different education can use it.

Ground: the letter of 2 July 2020, "divers zijn qua niveau" (C32). It gives no number: the least number of levels is
an assumption in `law/offer-quality.toml`. Example: a course of mbo 2 and one of hbo are two levels.
"""

from doorleren.register.answers import Answer
from doorleren.register.quality.offers import Check, Offer
from doorleren.register.quality.parameters import LETTER, parameters_on


def holds(offer: Offer) -> Answer:
    """True with enough levels; None while activities whose level is not told could still bring them; else False.

    Dutch levels, NLQF and EQF are each counted by themselves, so that one level with two names counts once.
    """
    least = parameters_on(offer.on).least_levels
    found = max(
        len({one.level for one in offer.entries} - {None, "none"}),
        len({one.nlqf_level for one in offer.entries} - {None}),
        len({one.eqf_level for one in offer.entries} - {None}),
    )
    silent = sum(one.level is None and one.nlqf_level is None and one.eqf_level is None for one in offer.entries)
    short = max(least - found, 0)
    verdict = True if not short else None if silent >= short else False
    told_nl = f"Het aanbod heeft {found} niveau{'s' if found != 1 else ''}; bij {silent} opleidingen staat geen niveau."
    told_en = f"The offer has {found} level{'s' if found != 1 else ''}; {silent} trainings tell none."
    return Answer(verdict, {
        "nl": f"{told_nl} Divers is hier: ten minste {least} (een aanname; de brief noemt geen aantal).",
        "en": f"{told_en} Diverse means at least {least} here (an assumption; the letter gives no number).",
    })  # fmt: skip


CHECK = Check(
    "offer_is_diverse_in_level",
    {"nl": "het aanbod is divers in niveau", "en": "the offer is diverse in level"},
    LETTER,
    of_offer=holds,
)
