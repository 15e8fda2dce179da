"""What a field is called in a sentence about a row: by the file's own column, else in words, never by its name in code."""

from doorleren.core.texts import Texts

_NAMES = {
    "row": ("de hele rij", "the whole row"), "code": ("de code van de opleiding", "the code of the training"),
    "title": ("de titel", "the title"), "description": ("de beschrijving", "the description"),
    "learning_outcomes": ("de leeruitkomsten", "the learning outcomes"), "kind": ("de soort", "the kind"), "route": ("de leerweg", "the route"),
    "goal": ("het doel", "the goal"), "level": ("het niveau", "the level"), "nlqf_level": ("het NLQF-niveau", "the NLQF level"),
    "eqf_level": ("het EQF-niveau", "the EQF level"), "intensity": ("voltijd of deeltijd", "full or part time"),
    "study_hours": ("de studielast", "the study load"), "duration_months": ("de duur", "the duration"), "delivery": ("de lesvorm", "the way of delivery"),
    "independent_of_time": ("onafhankelijk van tijd", "independent of time"), "independent_of_place": ("onafhankelijk van plaats", "independent of place"),
    "evening": ("in de avond", "in the evening"), "combinable_with_work": ("te combineren met werk", "combinable with work"),
    "combinable_with_care": ("te combineren met zorg", "combinable with care"), "modular": ("in losse delen", "in modules"),
    "language": ("de taal van de lessen", "the language of teaching"), "text_language": ("de taal van de teksten", "the language of the texts"),
    "entry_requirements": ("de toelatingseisen", "the entry requirements"), "sector": ("de sector", "the sector"),
    "occupations": ("de beroepen", "the occupations"), "skills": ("de vaardigheden", "the skills"), "certificate": ("het bewijs", "the certificate"),
    "certificate_value": ("de waarde van het bewijs", "the value of the certificate"), "guidance": ("de begeleiding", "the guidance"),
    "prior_learning_shortens": ("korter door wat iemand al kan", "shorter by prior learning"), "url": ("het webadres", "the web address"),
    "published_from": ("de eerste dag op de site", "the first day on the site"), "published_until": ("de laatste dag op de site", "the last day on the site"),
    "price": ("de prijs", "the price"), "prices": ("de prijs", "the price"), "price.currency": ("de munteenheid", "the currency"), "run": ("het startmoment", "the run"), "runs": ("de startmomenten", "the runs"),
    "run.starts_on": ("de startdatum", "the start date"), "run.ends_on": ("de einddatum", "the end date"), "run.place": ("de plaats", "the place"),
    "run.postcode": ("de postcode", "the postcode"), "run.enrol_from": ("inschrijven vanaf", "enrol from"), "run.enrol_until": ("inschrijven tot", "enrol until"),
    "provider": ("de opleider", "the provider"), "provider.name": ("de naam van de opleider", "the name of the provider"),
    "provider.code": ("de code van de opleider", "the code of the provider"),
    "provider.kvk": ("het KvK-nummer van de opleider", "the KvK number of the provider"),
    "provider.website": ("de website van de opleider", "the website of the provider"),
    "provider.street": ("de straat van de opleider", "the street of the provider"),
    "provider.postcode": ("de postcode van de opleider", "the postcode of the provider"),
    "provider.place": ("de plaats van de opleider", "the place of the provider"),
    "provider.locations": ("de locaties van de opleider", "the locations of the provider"),
    "provider.recognition": ("de erkenning van de opleider", "the recognition of the provider"),
    "provider.recognitions": ("de erkenningen van de opleider", "the recognitions of the provider"),
    "provider.email": ("het e-mailadres van de opleider", "the e-mail address of the provider"),
    "provider.phone": ("het telefoonnummer van de opleider", "the telephone number of the provider"),
}  # fmt: skip


def called(field: str, column: str = "", *, in_object: bool = False) -> Texts:
    """Name a field: "kolom 'Prijs (EUR)'", for an object of JSON "veld 'studyLoad'", without either in words: "de prijs"."""
    if column:
        nl, en = ("veld", "field") if in_object else ("kolom", "column")
        return {"nl": f"{nl} '{column}'", "en": f"{en} '{column}'"}
    nl, en = _NAMES.get(field) or _NAMES.get(field.partition(".")[0]) or (field, field)
    return {"nl": nl, "en": en}
