"""The offer as a whole has short modules that qualify for vocational certificates with value on the labour market.

Ground: the letter of 2 July 2020, "met korte modules kwalificeert voor beroepsgerichte certificaten" (C32). What is
short it does not say, so an official judges that. Example: a module that ends in an mbo certificate of an elective.
"""

from doorleren.register.answers import Answer
from doorleren.register.entries import Entry
from doorleren.register.quality.offers import Check, Offer
from doorleren.register.quality.parameters import LETTER, parameters_on


def holds(offer: Offer) -> Answer:
    """True with one such module; None while an activity that tells too little could be one; else False."""
    wanted = parameters_on(offer.on).certificate_values
    modules = [one for one in offer.entries if _is_module(one)]
    count = sum(one.certificate_value in wanted for one in modules)
    if count:
        return Answer(True, {
            "nl": f"Het aanbod heeft modules met een beroepsgericht certificaat ({count}). "
            "Of zij kort zijn, beoordeelt een ambtenaar: de brief noemt geen duur.",
            "en": f"The offer has modules with a vocational certificate ({count}). "
            "Whether they are short an official judges: the letter gives no duration.",
        })  # fmt: skip
    if any(_could_be(one, wanted) for one in offer.entries):
        return Answer(None, {
            "nl": "Van een deel van het aanbod staat niet vast of het een module is, of welk certificaat erbij hoort.",
            "en": "For a part of the offer it is not told whether it is a module, or which certificate it gives.",
        })  # fmt: skip
    return Answer(False, {
        "nl": "Het aanbod heeft geen module die opleidt voor een beroepsgericht certificaat.",
        "en": "The offer has no module that qualifies for a vocational certificate.",
    })  # fmt: skip


def _is_module(entry: Entry) -> bool:
    return entry.kind == "module" or entry.route == "ho_module" or entry.modular is True


def _could_be(entry: Entry, wanted: frozenset[str]) -> bool:
    module = _is_module(entry) or entry.kind is None or entry.modular is None
    return module and (entry.certificate_value is None or entry.certificate_value in wanted)


CHECK = Check(
    "offer_has_modules_for_certificates",
    {
        "nl": "het aanbod heeft korte modules die opleiden voor een beroepsgericht certificaat",
        "en": "the offer has short modules that qualify for vocational certificates",
    },
    LETTER,
    of_offer=holds,
)
