"""The training contributes to a better and lasting position on the labour market.

Ground: the answers on NL leert door, question 7, "arbeidsmarktrelevant ... bijdragen aan een betere en duurzame
arbeidsmarktpositie. Dat kan in een tekortsector zijn, maar bijvoorbeeld ook in kansberoepen" (C36). Sector and
occupation are examples there, so their absence proves nothing: an official judges, and without a list nobody can tell.
Example: an occupation of the list of shortage occupations holds.
"""

from doorleren.register.answers import Answer
from doorleren.register.entries import Entry
from doorleren.register.quality.offers import Check, Offer


def holds(offer: Offer, entry: Entry) -> Answer:
    """True for an occupation or sector of the lists; None for all else, with what is lacking. Never False by itself."""
    if offer.shortage_occupations and not offer.shortage_occupations.isdisjoint(entry.occupations):
        return Answer(True, {
            "nl": "De opleiding leidt op voor een beroep met te weinig mensen.",
            "en": "The training prepares for a shortage occupation.",
        })  # fmt: skip
    if offer.shortage_sectors and entry.sector in offer.shortage_sectors:
        return Answer(True, {
            "nl": "De opleiding leidt op voor een sector met te weinig mensen.",
            "en": "The training prepares for a shortage sector.",
        })  # fmt: skip
    if not entry.occupations and entry.sector is None:
        return Answer(None, {
            "nl": "De opleiding noemt geen beroep en geen sector. Een ambtenaar beoordeelt het nut voor werk.",
            "en": "The training names no occupation and no sector. An official judges its use for work.",
        })  # fmt: skip
    if offer.shortage_occupations is None and offer.shortage_sectors is None:
        return Answer(None, {
            "nl": "Er is geen lijst van tekorten ingeladen, dus dit is niet te zeggen. Een ambtenaar beoordeelt het nut "
            "voor werk.",
            "en": "No list of shortages was imported, so this cannot be told. An official judges its use for work.",
        })  # fmt: skip
    return Answer(None, {
        "nl": "Het beroep of de sector staat op geen lijst van tekorten. Een ambtenaar beoordeelt het nut voor werk.",
        "en": "The occupation or sector is on no list of shortages. An official judges its use for work.",
    })  # fmt: skip


CHECK = Check(
    "training_is_relevant_to_work",
    {"nl": "de opleiding is nuttig voor werk", "en": "the training is relevant to work"},
    {
        "nl": "antwoorden op Kamervragen over NL leert door (2020Z15490), vraag 7",
        "en": "answers to parliament on NL leert door (2020Z15490), question 7",
    },
    of_entry=holds,
)
