"""In which language a file is written, by its short common words; where its texts say too little, by its headings."""

from collections.abc import Iterable

ENOUGH = 10
"""Common words in the texts from which on they decide alone."""
MOST = 100
"""Values of a column that are looked at."""

_COMMON = {
    "nl": "de het een en van voor met je op in te zijn wordt leert opleiding cursus niet ook bij aan deze dat",
    "en": "the and of for with you to in is are will this that students program course training be on an as",
    "fr": "le la les des un une et du pour avec dans est sur au aux vous par en formation",
    "de": "der die das und ein eine mit zu im den von sie ist auf auch werden",
}
_HEADINGS = {
    "nl": "naam opleiding opleidingsnaam cursus titel omschrijving prijs kosten aanbieder opleider instelling startdatum duur plaats niveau",
    "en": "name title course program programme description provider institution school cost costs fee price start date end length weeks city",
    "fr": "intitule formation organisme tarif prix duree date lieu objectifs prerequis ville debut fin",
    "de": "kurs kurstitel kursname anbieter gebuhr preis beginn ende ort dauer beschreibung abschluss sprache plz",
}
_TEXTS, _NAMES = (
    {language: frozenset(words.split()) for language, words in listed.items()} for listed in (_COMMON, _HEADINGS)
)


def spoken(texts: Iterable[str], headings: Iterable[str]) -> str:
    """Give the language of some texts as two letters: Dutch, unless another is clearly more."""
    counts = _counted((word for text in texts for word in text.lower().split()), _TEXTS)
    if sum(counts.values()) < ENOUGH:
        for language, more in _counted(headings, _NAMES).items():
            counts[language] += more
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] > 2 * counts["nl"] else "nl"


def _counted(words: Iterable[str], listed: dict[str, frozenset[str]]) -> dict[str, int]:
    counts = dict.fromkeys(listed, 0)
    for word in words:
        for language, common in listed.items():
            counts[language] += word in common
    return counts
