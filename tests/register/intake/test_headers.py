"""The guess of a mapping against headers as Dutch and English catalogues have them, each with values as they stand there."""

import pytest

from doorleren.register.intake.guessing import guess
from doorleren.register.intake.targets import TARGETS
from tests.register.intake.reading import TODAY

TITLES = (
    "Lassen voor beginners", "Koken voor gevorderden", "Metselen basis", "Boekhouden in de praktijk", "Programmeren", "Zorg verlenen",
    "Timmeren niveau twee", "Heftruck rijden",
)  # fmt: skip
HEADERS = (
    ('Wijze', 'online|klassikaal', 'delivery'),
    ('Wijze van lesgeven', 'klassikaal|online', 'delivery'),
    ('Wijze van aanbieden', 'blended|online', 'delivery'),
    ('Onderwijswijze', 'online|klassikaal', 'delivery'),
    ('Leervorm', 'klassikaal|online', 'delivery'),
    ('Soort les', 'online|klassikaal', 'delivery'),
    ('Vorm', 'deeltijd|voltijd', 'intensity'),
    ('Lesmethode', 'online|klassikaal', 'delivery'),
    ('Klassikaal of online', 'klassikaal|online', 'delivery'),
    ('Type onderwijs', 'online|klassikaal', 'delivery'),
    ('Studiewijze', 'online|klassikaal', 'delivery'),
    ('Voltijd/deeltijd', 'voltijd|deeltijd', 'intensity'),
    ('Studietempo', 'voltijd|deeltijd', 'intensity'),
    ('Opleidingsvorm', 'voltijd|deeltijd', 'intensity'),
    ('Prijs (EUR)', '1250|990,50', 'price.total'),
    ('Prijs in euro', '1250|990,50', 'price.total'),
    ('Prijs incl. btw', '€ 1.250,00|990', 'price.total'),
    ('Totaalbedrag', '1250|990', 'price.total'),
    ('Kosten per deelnemer', '1250|990', 'price.total'),
    ('Cursusgeld (€)', '1250|990', 'price.tuition'),
    ('Eigen bijdrage', '250|100', None),
    ('Prijs excl. btw', '1000|900', 'price.total.without_vat'),
    ('Examengeld', '100|50', 'price.examination'),
    ('Kosten examen', '100|50', 'price.examination'),
    ('Materiaal', '100|50', 'price.material'),
    ('Leermiddelenkosten', '100|50', 'price.material'),
    ('Inschrijfgeld', '100|50', 'price.registration'),
    ('Btw-tarief', '21%|0%', 'price.vat'),
    ('Btw %', '21|9', 'price.vat'),
    ('Begint', '1-9-2027|6-9-2027', 'run.starts_on'),
    ('Start', '1-9-2027|6-9-2027', 'run.starts_on'),
    ('Startmaand', '09/2027|10/2027', 'run.starts_on'),
    ('Eerstvolgende start', '1-9-2027|6-9-2027', 'run.starts_on'),
    ('Startdata', 'sept 2027|okt 2027', 'run.starts_on'),
    ('Van', '1-9-2027|6-9-2027', 'run.starts_on'),
    ('Tot', '1-12-2027|6-12-2027', 'run.ends_on'),
    ('Einde', '1-12-2027|6-12-2027', 'run.ends_on'),
    ('Aanmelden voor', '1-8-2027|6-8-2027', 'run.enrol_until'),
    ('Uiterste aanmelddatum', '1-8-2027|6-8-2027', 'run.enrol_until'),
    ('Lesdagen', '6|8', None),
    ('Lesplaats', 'Utrecht|Zwolle', 'run.place'),
    ('Plaats', 'Utrecht|Zwolle', 'run.place'),
    ('Regio', 'Utrecht|Twente', None),
    ('Locatie', 'Utrecht|Zwolle', 'run.place'),
    ('Postcode lesplaats', '1234 AB|2345 BC', 'run.postcode'),
    ('Opleider', 'ROC Oost|ROC West', 'provider.name'),
    ('Aanbieder', 'ROC Oost|ROC West', 'provider.name'),
    ('School', 'ROC Oost|ROC West', 'provider.name'),
    ('Naam organisatie', 'ROC Oost|ROC West', 'provider.name'),
    ('Uitvoerder', 'ROC Oost|ROC West', 'provider.name'),
    ('Opleidingsinstelling', 'ROC Oost|ROC West', 'provider.name'),
    ('KvK-nr.', '12345678|87654321', 'provider.kvk'),
    ('KvK nummer aanbieder', '12345678|87654321', 'provider.kvk'),
    ('Omschrijving', 'U leert lassen.|U leert koken.', 'description'),
    ('Korte beschrijving', 'U leert lassen.|U leert koken.', 'description'),
    ('Wat leer je?', 'lassen|koken', 'learning_outcomes'),
    ('Leerdoelen', 'lassen|koken', 'learning_outcomes'),
    ('Resultaat na afloop', 'lassen|koken', 'learning_outcomes'),
    ('Niveau', 'mbo 2|mbo 4', 'level'),
    ('Opl.niveau', 'mbo 2|mbo 4', 'level'),
    ('Denkniveau', 'mbo 2|hbo', 'level'),
    ('NLQF-niveau', '2|4', 'nlqf_level'),
    ('EQF', '2|4', 'eqf_level'),
    ('Studielast (uren)', '40|80', 'study_hours'),
    ('SBU', '40|80', 'study_hours'),
    ('Aantal lesuren', '40|80', 'study_hours'),
    ('Contacturen', '40|80', 'study_hours'),
    ('Uren totaal', '40|80', 'study_hours'),
    ('Studiepunten', '5|10', 'study_hours.ects'),
    ('Duur', '6 maanden|3 weken', 'duration_months'),
    ('Doorlooptijd (weken)', '6|12', 'duration_months.weeks'),
    ('Duur (mnd)', '6|12', 'duration_months'),
    ('Aantal weken', '6|12', 'duration_months.weeks'),
    ('Looptijd in maanden', '6|12', 'duration_months'),
    ('Cursusduur', '6 weken|12 weken', 'duration_months'),
    ('Avond', 'ja|nee', 'evening'),
    ('In de avond', 'ja|nee', 'evening'),
    ('Avondcursus', 'ja|nee', 'evening'),
    ('Dag/avond', 'dag|avond', None),
    ('Voertaal', 'Nederlands|Engels', 'language'),
    ('Taal', 'Nederlands|Engels', 'language'),
    ('Instroomeisen', 'vmbo|havo', 'entry_requirements'),
    ('Vereist', 'vmbo|havo', 'entry_requirements'),
    ('Toelatingsvoorwaarden', 'vmbo|havo', 'entry_requirements'),
    ('Sector', 'zorg|techniek', 'sector'),
    ('Branche', 'zorg|techniek', 'sector'),
    ('Vakgebied', 'zorg|techniek', 'sector'),
    ('Sector/branche', 'zorg|techniek', 'sector'),
    ('Certificaat', 'Mbo-certificaat lassen|Diploma kok', 'certificate'),
    ('Naam certificaat', 'Mbo-certificaat lassen|Diploma kok', 'certificate'),
    ('Afsluiting', 'diploma|certificaat', 'goal'),
    ('Soort bewijs', 'diploma|certificaat', 'goal'),
    ('Uitstroom', 'diploma|certificaat', 'goal'),
    ('Leerweg', 'bol|bbl', 'route'),
    ('Soort opleiding', 'cursus|module', 'kind'),
    ('Type training', 'cursus|training', 'kind'),
    ('Weblink', 'https://a.example/1|https://a.example/2', 'url'),
    ('Meer informatie', 'https://a.example/1|https://a.example/2', 'url'),
    ('Link naar opleiding', 'https://a.example/1|https://a.example/2', 'url'),
    ('URL', 'https://a.example/1|https://a.example/2', 'url'),
    ('Keurmerk', 'NRTO|Cedeo', 'provider.recognition'),
    ('Erkend', 'NRTO|Cedeo', 'provider.recognition'),
    ('Begeleiding', 'ja|nee', 'guidance'),
    ('Vrijstelling mogelijk', 'ja|nee', 'prior_learning_shortens'),
    ('EVC mogelijk', 'ja|nee', None),
    ('Modulair', 'ja|nee', 'modular'),
    ('Eigen tempo', 'ja|nee', 'independent_of_time'),
    ('Te combineren met werk', 'ja|nee', 'combinable_with_work'),
    ('Naast je werk', 'ja|nee', 'combinable_with_work'),
    ('Delivery mode', 'online|classroom', 'delivery'),
    ('Mode of study', 'full time|part time', 'intensity'),
    ('Study mode', 'full time|part time', 'intensity'),
    ('Method of delivery', 'online|classroom', 'delivery'),
    ('Teaching method', 'online|classroom', 'delivery'),
    ('Course duration (weeks)', '6|12', 'duration_months.weeks'),
    ('Guided learning hours', '40|80', 'study_hours'),
    ('Fee (EUR)', '100|200', 'price.total'),
    ('Price incl. VAT', '100|200', 'price.total'),
    ('Start month', 'sept 2027|oct 2027', 'run.starts_on'),
    ('Awarding body', 'A|B', None),
    ('Course URL', 'https://a.example/1|https://a.example/2', 'url'),
    ('Entry criteria', 'none|havo', 'entry_requirements'),
    ('Venue', 'Utrecht|Zwolle', 'run.place'),
    ('Town/City', 'Utrecht|Zwolle', 'run.place'),
    ('Training provider', 'ROC Oost|ROC West', 'provider.name'),
    ('Language', 'English|Dutch', 'language'),
    ('Level', 'mbo 2|hbo', 'level'),
)  # fmt: skip
"""Each with two values by turns, and the field; None for what the register does not have: to guess it would be wrong."""
OF_TITLES = (
    'Opleiding', 'Naam opleiding', 'Cursus', 'Training', 'Cursusnaam', 'Titel', 'Title', 'Course', 'Naam van de training', 'Trainingsnaam', 'Benaming', 'Onderwerp', 'Learning opportunity', 'Qualification title', 'Module', 'Aanbod',
)  # fmt: skip


@pytest.mark.parametrize(("header", "values", "target"), HEADERS, ids=[one[0] for one in HEADERS])
def test_a_header_is_guessed(header: str, values: str, target: str | None) -> None:
    """A column beside a title is taken for what its name and values say, or for nothing."""
    told = values.split("|")
    rows = [[title, told[place % 2]] for place, title in enumerate(TITLES)]
    assert guess(["Cursusnaam", header], rows, TODAY).columns.get(header) == target


@pytest.mark.parametrize("header", OF_TITLES)
def test_a_title_is_guessed(header: str) -> None:
    """The column with the titles is found beside a provider and a price, whatever it is called."""
    rows = [[title, ("School A", "School B")[place % 2], "100"] for place, title in enumerate(TITLES)]
    guessed = guess([header, "Aanbieder", "Prijs"], rows, TODAY).columns
    assert guessed == {header: "title", "Aanbieder": "provider.name", "Prijs": "price.total"}


VALUES = {
    "text": "Een tekst", "list": "een", "code": "A{n}", "word": "", "level": "mbo2", "step": "4", "hours": "40", "ects": "5", "month": "6",
    "week": "6", "days": "6", "year": "2", "truth": "ja", "language": "nl", "cip": "52.0301", "esco": "0b071b95-9b2e-4a43-8a5c-3ad9a5a5d0a3",
    "url": "https://a.example/{n}", "day": "2026-09-01", "end": "2026-10-01", "price": "100", "rate": "21", "postcode": "1234 AB",
    "kvk": "12345678", "currency": "EUR", "runs": "[]", "recognitions": "[]", "locations": "[]", "email": "a@b.nl", "phone": "0301234567",
}  # fmt: skip
WORDS = {
    "kind": "course", "route": "bol", "goal": "diploma", "intensity": "dual", "delivery": "online", "sector": "ict", "certificate_value": "diploma",
    "provider.recognition": "nlqf",
}  # fmt: skip


@pytest.mark.parametrize("target", sorted(set(TARGETS) - {"title"}))
def test_our_own_name_of_a_field_comes_before_any_synonym(target: str) -> None:
    """A column that is called by the exact name of a field is that field, beside a column with a usual name for it."""
    value = WORDS.get(target) or VALUES[TARGETS[target].kind]
    rows = [[title, value.format(n=place)] for place, title in enumerate(TITLES)]
    assert guess(["title", target], rows, TODAY).columns == {"title": "title", target: target}


def test_the_exact_name_wins_from_a_synonym() -> None:
    """Of "prijs" and "price.total" the second is the price, and of "opleiding" and "title" the second is the title."""
    rows = [[title, "iets", "100", "200"] for title in TITLES]
    guessed = guess(["title", "opleiding", "prijs", "price.total"], rows, TODAY).columns
    assert (guessed["title"], guessed["price.total"]) == ("title", "price.total")
    assert "price.total" not in {guessed.get("prijs"), guessed.get("opleiding")}


@pytest.mark.parametrize(
    "name", ["Uren per week", "Uren p/w", "hours/week", "Dagen per week", "Wekelijkse uren", "Weekly hours"]
)
def test_a_measure_per_week_is_no_measure_of_the_whole(name: str) -> None:
    """Four hours a week are not a training of four hours, nor two days a week one of two days; the whole still is."""
    rows = [[title, "4", "120"] for title in TITLES]
    assert guess(["title", name, "Aantal uren"], rows, TODAY).columns == {
        "title": "title",
        "Aantal uren": "study_hours",
    }


def test_short_english_and_dutch_names_of_the_essentials() -> None:
    """A reference, the next intake and where: without them two trainings of one title could not be told apart."""
    rows = [[f"R{place}", title, "1 May 2027", "Zwolle"] for place, title in enumerate(TITLES)]
    for names in (["Ref#", "Course Title", "Next intake", "Where"], ["Kenmerk", "Titel", "Intake", "Waar"]):
        assert list(guess(names, rows, TODAY).columns.values()) == ["code", "title", "run.starts_on", "run.place"]
