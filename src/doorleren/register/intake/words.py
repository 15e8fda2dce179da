"""The words of others for what the register knows by a fixed word: level, delivery, language, yes and no.

A word that is not listed is a fault and the field stays "not told": a near miss is never taken for a hit.
"""

import re
from collections.abc import Mapping

from doorleren.register.intake.faults import Misread

_NOT_A_WORD = re.compile(r"[\s\-_/.,()]+")

YES_NO = {"nl": "ja of nee", "en": "yes or no"}
_YES = frozenset(["ja", "j", "yes", "y", "true", "t", "1", "waar", "wel", "x", "oui", "vrai", "inderdaad"])
_NO = frozenset(["nee", "n", "no", "false", "f", "0", "onwaar", "niet", "non", "faux"])

_LANGUAGES = {
    "nl": "nl nld dut ned nederlands nederlandstalig neerlandais dutch", "en": "en eng engels engelstalig anglais english",
    "de": "de deu ger duits allemand german deutsch", "fr": "fr fra fre frans french francais français", "es": "es spa spaans spanish",
    "it": "it ita italiaans italian", "pl": "pl pol pools polish", "tr": "tr tur turks turkish", "ar": "ar ara arabisch arabic",
    "uk": "uk ukr oekraiens oekraïens ukrainian", "fy": "fy fry fries frisian", "pt": "pt por portugees portuguese",
    "ru": "ru rus russisch russian", "zh": "zh zho chi chinees chinese", "ro": "ro ron rum roemeens romanian",
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "course": "cursus|training|workshop|webinar|masterclass|master class|short course|korte opleiding|bijscholing",
        "module": "deelcertificaat|mbo module|vak|keuzedeel|minor",
        "programme": "program|opleiding|hele opleiding|beroepsopleiding|programma|degree programme|leergang",
        "evc": "evc traject|erkenning van ervaring|erkenning verworven competenties|ervaringscertificaat",
        "advice": "loopbaanadvies|ontwikkeladvies|career advice",
        "practice_route": "praktijkleren|leren op de werkplek|practice route",
        "bespoke_trajectory": "maatwerk|maatwerktraject|bespoke",
        "language_basic_skills": "taal|basisvaardigheden|taal en rekenen|taalcursus|basic skills",
        "digital_skills": "digitale vaardigheden|digitale basisvaardigheden|digital skills",
        "personal_development": "persoonlijke ontwikkeling|personal development|coaching",
    },
    "route": {
        "bol": "beroepsopleidende leerweg|mbo bol", "bbl": "beroepsbegeleidende leerweg|mbo bbl",
        "third_path": "derde leerweg|ovo|overig onderwijs|third path|mbo derde leerweg", "associate_degree": "ad|associate degree",
        "bachelor": "hbo bachelor|wo bachelor|ba|bsc", "master": "hbo master|wo master|ma|msc",
        "ho_module": "module hoger onderwijs|ho module|losse module", "none": "geen|geen van deze|niet van toepassing",
    },
    "goal": {
        "diploma": "mbo diploma|hbo diploma|getuigschrift|degree", "certificate": "certificaat|mbo certificaat|deelcertificaat",
        "practice_statement": "praktijkverklaring|mbo verklaring|practice statement",
        "sector_certificate": "branchecertificaat|sectorcertificaat|branchediploma|sector certificate|vakbekwaamheidsbewijs",
        "experience_certificate": "ervaringscertificaat|evc|experience certificate",
        "none": "geen|bewijs van deelname|deelnamebewijs|certificate of participation|niets",
    },
    "level": {
        "entree": "mbo 1|mbo1|mbo niveau 1|entreeopleiding|mbo entree|niveau 1 mbo", "mbo2": "mbo 2|mbo niveau 2|niveau 2 mbo|basisberoepsopleiding",
        "mbo3": "mbo 3|mbo niveau 3|niveau 3 mbo|vakopleiding", "mbo4": "mbo 4|mbo niveau 4|niveau 4 mbo|middenkaderopleiding",
        "ad": "associate degree|hbo ad", "hbo": "hbo bachelor|bachelor hbo|hbo master|post hbo|hogeschool|hoger beroepsonderwijs",
        "wo": "universiteit|universitair|university|wetenschappelijk onderwijs|academic bachelor|academic master|post academic|phd",
        "none": "geen|geen niveau|niet van toepassing|nvt|n v t",
    },
    "intensity": {
        "full_time": "voltijd|fulltime|full time|vt", "part_time": "deeltijd|parttime|part time|dt", "dual": "duaal|dual training",
        "modular": "modulair|in modules|losse modules",
    },
    "delivery": {
        "online": "e learning|elearning|afstandsonderwijs|thuisstudie|digitaal|distance learning|distance|virtual|virtueel|virtual classroom"
        "|à distance|a distance|distanciel|fernunterricht|volledig online|fully online|100% online|op afstand|remote|webinar|online e learning or distance learning|online only|internet",
        "blended": "hybride|hybrid|deels online|combinatie|blended learning|online en klassikaal|klassikaal en online|mixed|gemengd",
        "on_site": "klassikaal|op locatie|on site|onsite|classroom|classroom based|in person|op school|fysiek|face to face|incompany|in company|offline"
        "|présentiel|presentiel|präsenz|präsenzunterricht|contactonderwijs|in class|on campus|campus|lesson|traditional|vaste locatie",
    },
    "sector": {
        "agriculture": "landbouw|agrarisch|groen|land en tuinbouw", "technology": "techniek|technisch|techniek en technologie|engineering",
        "ict": "it|automatisering|informatietechnologie|information technology", "construction": "bouw|bouw en infra",
        "manufacturing": "industrie|productie|metaal|procesindustrie", "transport_logistics": "transport|logistiek|transport en logistiek|vervoer",
        "care_welfare": "zorg|zorg en welzijn|welzijn|gezondheidszorg|health care|healthcare", "education": "onderwijs|kinderopvang en onderwijs",
        "hospitality": "horeca|horeca en toerisme", "recreation": "recreatie|sport en recreatie|toerisme|vrije tijd",
        "retail": "detailhandel|winkels|handel|retail en handel", "culture_creative": "cultuur|creatief|kunst|media|creatieve industrie",
        "business_services": "zakelijke dienstverlening|zakelijk|financieel|administratie|economie en administratie|business",
        "government": "overheid|openbaar bestuur", "temporary_agency": "uitzendbranche|uitzend", "other": "anders|overig|iets anders",
    },
    "certificate_value": {
        "diploma": "mbo diploma|hbo diploma", "mbo_certificate": "mbo certificaat|certificaat mbo",
        "mbo_elective": "keuzedeel|keuzedeel met certificaat|certificaat keuzedeel|mbo keuzedeel",
        "higher_certificate": "certificaat hbo|certificaat hoger onderwijs|microcredential|ho certificaat|hbo certificaat",
        "practice_statement": "praktijkverklaring|mbo verklaring", "sector_certificate": "branchecertificaat|sectorcertificaat|brancheerkend",
        "none": "geen|bewijs van deelname|deelnamebewijs",
    },
    "recognition": {
        "ocw": "erkend door ocw|ministerie van ocw|nvao", "nlqf": "nlqf ingeschaald",
        "quality_mark": "keurmerk|nrto|nrto keurmerk|cedeo|crkbo|cpion|blik op werk|iso 9001|iso 29993", "evc": "evc aanbieder|erkend evc aanbieder",
        "sector": "branche|brancheerkend|sector erkend",
    },
}  # fmt: skip
_LEVEL = re.compile(r"(nlqf|eqf|eqr|mbo|niveau|level)?\s*(?:niveau|level)?\s*([1-8])\s*\+?\Z", re.A)
UNTOLD = frozenset(
    ["-", "--", "?", "onbekend", "unknown", "nvt", "n/a", "na", "null", "nan", "none", "nil", "n.v.t.", "n.b.", "n.n.b.", "n.t.b.", "ntb", "tbd", "#n/a", "\\n"]
) | {"niet van toepassing", "not applicable", "not available", "nog niet bekend", "geen opgave", ""}  # fmt: skip
"""What says "not told" where a word, a number or a day is asked for; nothing is reported."""


def plain(text: str) -> str:
    """Give a word as it is looked up: small letters, one space for whatever stands between."""
    return _NOT_A_WORD.sub(" ", text.lower()).strip()


def _table(listed: Mapping[str, str]) -> dict[str, str]:
    """Turn "a b|c" per value into a look-up from each phrase, and from the value itself, to the value."""
    found: dict[str, str] = {}
    for value, phrases in listed.items():
        for phrase in (value, plain(value), *phrases.split("|")):
            found.setdefault(plain(phrase), value)
    found.pop("", None)
    return found


TABLES = {field: _table(listed) for field, listed in _WORDS.items()}
_LANGUAGE = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
ALLOWED = {
    field: {"nl": "een van: " + ", ".join(listed), "en": "one of: " + ", ".join(listed)}
    for field, listed in _WORDS.items()
}


def read_word(field: str, text: str) -> str:
    """Read a word of a closed list as the word of the register; raises Misread with the list."""
    found = TABLES[field].get(plain(text))
    if found is None:
        raise Misread(ALLOWED[field])
    return found


def read_level(text: str) -> str:
    """Read a level: "mbo 4" gives "mbo4", "NLQF 4" gives "nlqf4" and "EQF 5" gives "eqf5", which are levels of another kind."""
    found = _LEVEL.match(plain(text))
    if found and found[1] in ("nlqf", "eqf", "eqr"):
        return ("nlqf" if found[1] == "nlqf" else "eqf") + found[2]
    return read_word("level", text)


def read_step(text: str) -> int:
    """Read a level of NLQF or EQF, 1 to 8: "4", "NLQF 4", "4+" (which lies within 4)."""
    found = _LEVEL.match(plain(text))
    if not found or found[1] == "mbo":
        raise Misread({"nl": "een niveau van 1 tot en met 8", "en": "a level from 1 to 8"})
    return int(found[2])


def read_truth(text: str) -> bool:
    """Read yes or no; raises Misread for anything else, a 2 included."""
    word = text.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Misread(YES_NO)


def read_language(text: str) -> str:
    """Read a language as its code of two letters: "Nederlands", "nld" and "nl-NL" all give "nl"."""
    word = plain(text)
    found = _LANGUAGE.get(word) or _LANGUAGE.get(word.split(" ")[0] if len(word) == 5 else "")
    if found is None:
        raise Misread({"nl": "een taal, zoals nl, en of Nederlands", "en": "a language, such as nl, en or Dutch"})
    return found


def is_none(text: str) -> bool:
    """Whether a word says that there is none of something."""
    return plain(text) in ("geen", "none", "nee", "no", "n v t", "niet erkend", "not recognised")


def is_untold(text: str) -> bool:
    """Whether a value says that it is not known."""
    return len(text) < 24 and text.strip().lower() in UNTOLD
