"""By which names files call a field, in Dutch, English and a little French, and how well a column's name fits one.

The names are ours; a name that means two things ("naam", "name") stands under both, and the values decide.
"""

import itertools
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from doorleren.register.intake.currencies import NAMES
from doorleren.register.intake.targets import TARGETS

_NAMES = {
    "code": "ref|ref nr|ref no|reference|reference number|kenmerk|kursnummer|kurs nr|id number|numero|cursus nr|opleiding nr|opleidings id|id|code|nummer|nr|program id|programme id|course id|course code|course number|training id|activity id|opleidingscode"
    "|opleiding id|cursuscode|cursusnummer|cursus id|productcode|product id|artikelnummer|referentie|uuid|external id|offering id"
    "|formation id|numero formation|program code|activiteit id|opleidingsnummer|trainingscode|etpl id|cat id|identificatie",
    "title": "benaming|onderwerp|naam van de opleiding|naam van de cursus|naam van de training|learning opportunity|qualification title|leergang|workshop|programma naam|scholing|naam scholing|scholingsactiviteit|activiteit naam|aanbod naam|kurstitel|kursname|kursbezeichnung|titre|full name|intitule de la formation|nom de la formation|lehrgang|module naam|naam training|title|titel|naam|name|program name|programname|programme name|course name|course title|program title|training title"
    "|training name|official name|officialname|opleiding|opleidingsnaam|naam opleiding|cursus|cursusnaam|naam cursus|training|naam training"
    "|titel opleiding|intitule|intitule formation|activity name|activiteit|program|course|programme|program of study|cursustitel"
    "|training program|training program name|name of program|name of training|opleidingstitel",
    "description": "about this course|about|beschrijving opleiding|beschrijving cursus|inhoud cursus|inhoud opleiding|over de opleiding|overzicht|overview|desc|kursinhalt|beschreibung|inhalt|contenu de la formation|cursusomschrijving|training description|program desc|course desc|description|omschrijving|beschrijving|toelichting|inhoud|program description|course description|korte omschrijving"
    "|samenvatting|summary|programma|course content|objectif|contenu|lange omschrijving|details|omschrijving opleiding",
    "learning_outcomes": "resultaat na afloop|na afloop|wat kunt u daarna|wat kan ik daarna|leerresultaten|eindtermen|skills gained|lernziele|objectifs de la formation|competenties en leerdoelen|learning outcomes|learning outcome|leerdoelen|leeruitkomsten|leeropbrengst|objectives|doelstelling|leerdoel"
    "|leeruitkomst|goals|what you will learn|wat leer je|objectifs",
    "kind": "kind|soort|soort opleiding|type|type opleiding|opleidingstype|training type|program type|course type|opleidingssoort",
    "route": "route|leerweg|leerroute",
    "goal": "uitstroom|soort bewijs|type bewijs|type diploma|soort certificaat|qualification type|goal|diploma|soort diploma|doel|afsluiting|award type|credential type|type of credential|type of award|bewijs|resultaat",
    "level": "level|niveau|opleidingsniveau|mbo niveau|education level|niveau opleiding|nlqf",
    "nlqf_level": "nlqf|nlqf niveau|nlqf level", "eqf_level": "eqf|eqf niveau|eqf level|eqr",
    "intensity": "wijze|studiewijze|studietempo|tempo|opleidingsvorm|mode of study|study mode|mode of attendance|deeltijd of voltijd|voltijd of deeltijd|pace|intensity|intensiteit|voltijd deeltijd|studievorm|vorm|full time part time|attendance",
    "study_hours": "lesuren|aantal lesuren|guided learning hours|studiebelasting uren|aantal contacturen|slu|studielasturen|unterrichtsstunden|stunden|duree en heures|duree heures|studiebelastingsuren|gesamtstunden|contacturen|study hours|studielast|studielast uren|studiebelasting|sbu|uren|aantal uren|total hours|total clock hours"
    "|totalclockhours|clock hours|contact hours|duur in uren|program hours|training hours|hours|nombre heures|studieuren|studietijd|study load",
    "study_hours.ects": "ects|ec|credits|studiepunten|credit hours ects",
    "duration_months": "cursusduur maanden|opleidingsduur|tijdsduur|dauer|duration|duur|doorlooptijd|looptijd|studieduur|duration months|duur maanden|duur in maanden|length months"
    "|program length|training length|program length months|length|cursusduur|aantal maanden|duration in months|duree",
    "duration_months.weeks": "dauer wochen|wochen|duree en semaines|semaines|weeks|weken|aantal weken|duur in weken|length weeks|program length weeks|length in weeks|duration weeks"
    "|training length weeks|duur weken|total weeks|number of weeks|program length in weeks",
    "duration_months.days": "dagen|days|aantal dagen|duur in dagen|length days|duration days|number of days|dauer tage|duree en jours",
    "duration_months.years": "years|jaren|aantal jaren|duur in jaren|duration years",
    "delivery": "wijze|wijze van lesgeven|wijze van aanbieden|wijze van uitvoering|onderwijswijze|studiewijze|lesmethode|methode|soort les|vorm|type onderwijs|klassikaal of online|online of klassikaal|teaching method|opleidingsvorm|way of delivery|delivery form|study method|modalite pedagogique|lernform|unterrichtsform|delivery type|manier van leren|delivery|delivery mode|mode of delivery|format|lesvorm|onderwijsvorm|leervorm|uitvoering|uitvoeringsvorm|delivery method"
    "|training format|online of op locatie|mode|werkvorm|modalite|instruction method|course format|program format|learning mode",
    "delivery.online": "online|distance learning|distancelearning|e learning|afstandsonderwijs|is online|online available|a distance",
    "independent_of_time": "independent of time|tijdonafhankelijk|eigen tempo|self paced|onafhankelijk van tijd",
    "independent_of_place": "independent of place|plaatsonafhankelijk|onafhankelijk van plaats",
    "evening": "in de avond|s avonds|avonduren|avondlessen|evening|avond|avondopleiding|evening courses|eveningcourses|evening classes|avondonderwijs|avondcursus",
    "combinable_with_work": "naast je werk|naast uw werk|naast baan|naast een baan|combineerbaar met werk|beside work|combinable with work|te combineren met werk|combinatie met werk|naast werk",
    "combinable_with_care": "naast zorgtaken|combineerbaar met zorg|combinable with care|te combineren met zorg|combinatie met zorg",
    "text_language": "text language|taal van de tekst|taal van de teksten|teksttaal|taal tekst|taal beschrijving|language of text|description language",
    "modular": "modular|modulair", "language": "lang|sprache|unterrichtssprache|langue de formation|course language|language|taal|voertaal|instructietaal|lestaal|language of instruction|langue",
    "entry_requirements": "vereist|vereisten|entry criteria|toelatingscriteria|instapniveau|beginniveau|voorwaarden voor deelname|aanbevolen vooropleiding|voraussetzungen|niveau d entree|zugangsvoraussetzungen|entry requirements|prerequisites|prerequisite|toelatingseisen|vooropleiding|instroomeisen|voorwaarden"
    "|admission requirements|ingangseisen|toelating|vereiste vooropleiding|requirements|prerequis|voorkennis|minimum requirements",
    "sector.cip": "cip|cip code|cip code text|cip number|classification of instructional programs",
    "sector": "sector|branche|domein|vakgebied|industry|target sector|doelsector|bedrijfstak|categorie|category",
    "occupations": "occupations|beroepen|esco occupations|occupation uris|target occupations|doelberoepen|esco beroepen|esco",
    "skills": "skills|vaardigheden|esco skills|skill uris|competenties|esco vaardigheden",
    "certificate": "abschluss|zertifikat|diplome|certification visee|certificate|certificaat|certificering|credential|degree awarded name|degree awarded|award|credential name|naam diploma"
    "|naam certificaat|certification|industry credential name|industry credential|license awarded name|credential earned|degree type"
    "|diploma of certificaat|credential awarded|attained credential",
    "certificate_value": "certificate value|waarde certificaat|waarde|civiel effect",
    "guidance": "begeleiding inbegrepen|studiebegeleiding|persoonlijke begeleiding|guidance|begeleiding|coaching|support", "prior_learning_shortens": "vrijstelling mogelijk|vrijstelling|vrijstellingen|verkorting|prior learning",
    "url": "meer informatie|meer info|lees meer|info url|link naar opleiding|link naar website|pagina|webseite|webadresse|lien web|link zur webseite|url|link|website|web address|webpagina|program url|course url|program website|website opleiding|url opleiding|webadres|weblink"
    "|informatie url|detail url|program link|lien",
    "published_from": "published from|gepubliceerd vanaf|publicatiedatum|zichtbaar vanaf|aangeboden vanaf|offered since|geldig vanaf|valid from",
    "published_until": "published until|gepubliceerd tot|zichtbaar tot|aangeboden tot|offered until|geldig tot|valid until|expires|einddatum aanbod"
    "|verloopdatum|expiration date",
    "price.tuition": "lehrgangsgebuhr|frais pedagogiques|tuition|lesgeld|collegegeld|cursusgeld|cursusprijs|tuition cost|tuition costs|tuition fee|other costs|othercosts|overige kosten"
    "|in state tuition|cost of tuition|tuition amount|bijkomende kosten|other cost|tuition in state|cost tuition",
    "price.examination": "prufungsgebuhr|frais d examen|examination|examengeld|examenkosten|exam fee|exam fees|exam cost|testing fees|examen|toetskosten|exam|licensing costs|test fees",
    "price.material": "material|materials|books|textbook|textbooks|textbook cost|tools cost|boeken|lesmateriaal|materiaalkosten|leermiddelen|book cost|books cost|supplies|supplies tools cost"
    "|suppliestoolscost|booksmaterialscost|books materials cost|cost of books|kosten boeken|boekenkosten|studiemateriaal|tools|lesmateriaalkosten"
    "|books and supplies|cost of supplies|supply cost|equipment|book costs|books cost|materiaal|kosten lesmateriaal",
    "price.registration": "registration|registration fee|inschrijfgeld|inschrijfkosten|fees|mandatory fees|application fee|enrollment fee"
    "|enrolment fee|administratiekosten|kosten inschrijving|fees cost|cost of fees|inschrijving|required fees|mandatory fee",
    "price.total": "totaalbedrag|prijs per deelnemer|kosten per deelnemer|prijs per persoon|kosten in totaal|all in prijs|kursgebuhr|gebuhr|preis|kosten inkl mwst|tarif|tarif ttc|prix ttc|cout|investering|kosten incl btw|kosten inclusief btw|deelnamekosten|total fee|total cost|total costs|totalcost|price|prijs|totale kosten|totaalprijs|kosten|cost|costs|prijs incl btw|prijs inclusief btw"
    "|bedrag|tarief|total price|fee|opleidingskosten|total program cost|program cost|cost of program|course fee|frais|prix|totaal|total tuition and fees"
    "|prijs met btw|tuition and fees|total cost of program|tuition fees|verkoopprijs|deelnameprijs|kosten opleiding|prijs opleiding",
    "price.currency": "currency|valuta|munteenheid|devise|wahrung|munt|currency code|valutacode",
    "price.vat": "vat|btw|btw percentage|vat rate|btw tarief|btw perc", "run.starts_on": "dates|session dates|course dates|training dates|data|lesdata|cursusdata|trainingsdata|wanneer|when|periode|period|datum|data uitvoering|dates de session|termin|termine|next intake|intake|intake date|next start|begint|startmaand|start maand|beginmaand|van|vanaf|start month|starts|startperiode|aanvangsmaand|volgende start|start op|beginn|kursbeginn|date de debut|debut|starttermin|startdata|eerstvolgende startdatum|start date|startdatum|begindatum|start|starts on|aanvang"
    "|aanvangsdatum|datum start|next start date|begin date|eerste lesdag|begint op|date debut|program start date|ingangsdatum|startmoment",
    "run.ends_on": "einde|tot|t m|eindigt|eindmaand|end month|ends|finish date|slotdatum|ende|kursende|date de fin|fin|end date|einddatum|ends on|datum einde|laatste lesdag|eindigt op|date fin|program end date|eind",
    "run.place": "plaatsen|places|locaties|locations|cities|villes|orte|campus location|campus|durchfuhrungsort|waar|where|venue|plaats training|trainingslocatie|opleidingslocatie|uitvoeringslocatie|ort|kursort|veranstaltungsort|lieu de formation|city|stad|town|location|locatie|plaats|plaatsnaam|lesplaats|cursusplaats|leslocatie|training location|lieu|stad|vestiging|plaats uitvoering"
    "|program city|training city|ville|cursuslocatie|lesplaats",
    "run.postcode": "postcode|postal code|postcode locatie|zip|zip code|postcode lesplaats|code postal",
    "run.enrol_from": "aanmelden vanaf|inschrijving vanaf|enrolment opens|start inschrijving|enrol from|inschrijven vanaf|inschrijving opent|enrollment start date|aanmelden vanaf",
    "run.enrol_until": "uiterste aanmelddatum|aanmelddatum|inschrijfdatum|deadline aanmelden|deadline inschrijving|enrolment deadline|enrollment deadline|registration deadline|anmeldeschluss|date limite d inscription|enrol until|inschrijven tot|inschrijven t m|aanmelden t m|uiterste inschrijfdatum|aanmelddeadline|application deadline|inschrijving sluit|aanmelden tot"
    "|enrollment end date|sluitingsdatum|aanmelden voor",
    "provider.code": "onderwijsaanbieder id|onderwijsaanbieder code|provider id|providerid|provider code|opleider id|aanbieder id|instelling id|institution id|school id|organisatie id|brin"
    "|org unit id|orgunitid|aanbiedercode|opleidercode|instellingscode|institution code|provider number|opleidernummer|vendor id|organization id|siret",
    "provider.name": "uitvoerder|uitvoerende organisatie|onderwijsorganisatie|scholingsaanbieder|cursusaanbieder|trainingsbureau|naam school|learning provider|training organisation|anbieter|veranstalter|bildungstrager|trager|kursanbieter|organisme de formation|etablissement|onderwijsaanbieder|onderwijsaanbieder naam|naam onderwijsaanbieder|instituut|provider|provider name|opleider|aanbieder|naam aanbieder|naam opleider|instelling|instellingsnaam|naam instelling|school"
    "|school name|institution|institution name|organisatie|organisation|organization|training provider|training provider name|college|name of provider"
    "|institute|vendor|organisme|nom organisme|name of institution|institute name|opleidingsinstituut|aanbiedernaam|naam|name|organization name"
    "|university|onderwijsinstelling|name of school|nom of|opleidersnaam|eligible training provider|school of instelling",
    "provider.kvk": "kvk|kvk nummer|kvknummer|kvk nr|coc number|chamber of commerce|kamer van koophandel",
    "provider.website": "provider website|website aanbieder|website opleider|provider url|website instelling|website|school website|institution url"
    "|institution website|url aanbieder",
    "provider.street": "provider address|adres|straat|street|street 1|street1|address|straatnaam|adres aanbieder|bezoekadres|address 1|street address|school address"
    "|address line 1|provider street|adres opleider|institution address|adresse",
    "provider.postcode": "provider postcode|provider zip|postcode aanbieder|postcode opleider|zip|zip code|postcode instelling|school zip|provider zip code",
    "provider.place": "provider city|plaats aanbieder|plaats opleider|vestigingsplaats|city|school city|provider place|institution city|plaats instelling|stad aanbieder|town",
    "provider.recognition": "erkend|erkend door|accreditatie|kwaliteitsmerk|accreditation|recognition|erkenning|keurmerk|erkend door|kwaliteitskeurmerk|quality mark",
}  # fmt: skip
_DOLLARS = re.compile(r"(?<![a-zA-Z])[a-zA-Z]{0,3}\$")
_VAT = r"(?:btw|vat|tax|taxes|taxe|mw ?st|tva)"
_NET = re.compile(
    r"\b(?:excl|exclusief|exclusive|excluding|exc|ex|exkl|zonder|without|plus|zzgl|before|hors|ohne)(?: of| de)?(?: \d{1,2})? "
    rf"{_VAT}\b|\bht\b"
)
"""What says that a price is without VAT; an "excl" of something else does not."""
_RATE = re.compile(rf"\b(\d{{1,2}}) {_VAT}\b")
_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_PROVIDER = (
    "provider", "school", "institution", "institute", "opleider", "aanbieder", "instelling", "organisatie", "organization", "organisation",
    "college", "vendor", "campus", "university", "organisme", "contact", "manager",
)  # fmt: skip
_OTHERWISE = (
    "excl", "status", "count", "aantal deelnemers", "former", "old", "vorige", "gewijzigd", "modified", "created", "updated", "phone",
    "telefoon", "email", "mail", "fax", "latitude", "longitude", "rate", "wage", "salary", "percent", "completion", "employment", "county", "type",
    "city", "zip", "max", "min", "state", "eligible", "approved", "cip", "soc", "onet", "date", "field", "search", "access", "postal", "body",
)  # fmt: skip
EXACT = 100.0
"""How well a column's name fits that is called just so."""
OURS = 200.0
"""How well a column's name fits that is our own name of the field, such as "price.total": no other column comes before it."""
_KEYS = ("id", "code", "nr", "number", "nummer", "uuid")
_BARE_PRICES = frozenset({"cost", "costs", "fee", "price", "prijs", "kosten", "bedrag", "tarief", "frais", "prix"})
_OF_PRICES = ("cost", "price", "fee", "kosten", "prijs")
"""What a column describes that is called "cost description": no training."""
_NEUTRAL = frozenset(
    {"total", "totaal", "totale", "program", "course", "training", "incl", "inclusief", "btw", "vat", "eur", "euro", "opleiding", "cursus",
     "in", "per", "deelnemer", "persoon", "usd", "dollars", "amount", "full", "ttc", "met", "with", "tax", "the", "of", "de", "van"}
)  # fmt: skip
"""A bare "cost" is the whole price only beside such words: the cost of textbooks is not."""
_UNITS = {
    word: unit
    for unit, words in {
        "hour": ("hour", "hours", "hrs", "uur", "uren", "heures"), "week": ("week", "weeks", "weken"), "day": ("day", "days", "dagen"),
        "month": ("month", "months", "maand", "maanden"), "year": ("year", "years", "jaar", "jaren"),
    }.items()
    for word in words
}  # fmt: skip
_UNIT_OF = {
    "study_hours": "hour", "duration_months": "month", "duration_months.weeks": "week", "duration_months.days": "day",
    "duration_months.years": "year",
}  # fmt: skip
_RATES = frozenset({"weekly", "wekelijks", "wekelijkse", "daily", "dagelijks", "monthly", "maandelijks", "pw"})
_ALONE = frozenset(
    {
        "ref",
        "reference",
        "intake",
        "waar",
        "where",
        "van",
        "vanaf",
        "tot",
        "tm",
        "vorm",
        "wijze",
        "einde",
        "ends",
        "starts",
        "pagina",
        "methode",
        "tempo",
        "pace",
        "venue",
        "overzicht",
        "activiteit",
    }
)
"""Words that name a column when they stand alone, and say too little beside others ("geldig van")."""
_CURRENCY_BESIDE = frozenset(name for name in NAMES if name.isalpha())
"""Words behind the name of a price that leave it what it is: "Prijs (EUR)"."""
GENERIC = frozenset(
    {
        "name",
        "naam",
        "website",
        "url",
        "link",
        "city",
        "address",
        "adres",
        "zip",
        "postcode",
        "plaats",
        "location",
        "street",
        "stad",
    }
)
"""Names that a file uses for an activity and for its provider alike; the values tell which."""


def words_of(header: str) -> tuple[str, ...]:
    """Give the words of a column's name: "cipCodeTitle" and "CIP_code title" both give cip, code, title."""
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode()
    return tuple(re.findall(r"[a-z0-9]+", _SPLIT.sub(" ", plain).lower()))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        target: tuple(dict.fromkeys(words_of(one) for one in (target.split(".")[-1], *phrases.split("|"))))
        for target, phrases in _NAMES.items()
    }


def fits(header: str) -> dict[str, float]:
    """Give how well a column's name fits each target, 0 to 100 or OURS, those above 50 only."""
    words = words_of(_DOLLARS.sub(" ", header))
    joined = " ".join(words)
    if net := _NET.sub(" ", joined).strip() if _NET.search(joined) else "":
        found = {f"{target}.without_vat": score for target, score in fits(net).items()}
        found = {target: score for target, score in found.items() if target in TARGETS}
        return found | ({header.strip(): OURS} if header.strip() in TARGETS else {})
    joined = "".join(words)
    found = {}
    for target, phrases in _phrases().items():
        best = max((_fit(words, joined, phrase, target) for phrase in phrases), default=0.0)
        if best > 50:
            found[target] = best
    return found | ({header.strip(): OURS} if header.strip() in TARGETS else {})


def vat_named(header: str) -> Decimal | None:
    """Give the rate of VAT that the name of a column tells: "Prijs excl. 21% btw" gives 21."""
    found = _RATE.search(" ".join(words_of(header)))
    return Decimal(found[1]) if found else None


def _is_rate(words: tuple[str, ...]) -> bool:
    """Whether a measure is one per unit of time: four hours a week say nothing of the whole."""
    units = {_UNITS[word] for word in words if word in _UNITS}
    short = any(pair in (("p", "w"), ("p", "d"), ("p", "m")) for pair in itertools.pairwise(words))
    return len(units) > 1 or short or not _RATES.isdisjoint(words)


def _fit(words: tuple[str, ...], joined: str, phrase: tuple[str, ...], target: str) -> float:
    together = "".join(phrase)
    if joined == together:
        return EXACT
    if together in _ALONE or (target in _UNIT_OF and _is_rate(words)):
        return 0.0
    if target.startswith("price.") and "".join(word for word in words if word not in _CURRENCY_BESIDE) in (
        together,
        together + "in",
    ):
        return EXACT
    width = len(phrase)
    if any(words[place : place + width] == phrase for place in range(len(words) - width + 1)):
        score = 62 + 30 * width / len(words)
    elif target in _UNIT_OF:  # the whole word only: seven lesson days are no duration of seven days
        return 0.0
    elif len(together) >= 5 and (joined.startswith(together) or joined.endswith(together)):
        score = 52 + 30 * len(together) / len(joined)
    elif len(together) >= 7 and together in joined:
        score = 45 + 30 * len(together) / len(joined)
    else:
        return 0.0
    rest = joined.replace(together, " ")
    if together in _BARE_PRICES and not set(words) - {together} <= _NEUTRAL | _CURRENCY_BESIDE:
        return 0.0
    units = {_UNITS[word] for word in words if word in _UNITS}
    if units and target in _UNIT_OF and _UNIT_OF[target] not in units:
        return 0.0
    if target == "description" and any(word in rest for word in _OF_PRICES):
        return 0.0
    of_provider = any(word in rest for word in _PROVIDER)
    if of_provider and not target.startswith("provider."):
        return 0.0
    if target == "provider.name" and together in ("naam", "name") and any(map(str.isalpha, rest)) and not of_provider:
        return 0.0
    if any(word in rest for word in _OTHERWISE):
        score -= 30
    if target.endswith("code") is False and any(rest.endswith(key) for key in _KEYS) and not joined.startswith("kvk"):
        score -= 40
    return score
