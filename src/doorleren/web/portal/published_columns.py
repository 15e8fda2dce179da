"""The words for the columns of the open data: what each means, and what kind of value it holds."""

from django.utils.translation import gettext as _


def kinds() -> dict[str, str]:
    """Give the words for each kind of column."""
    return {
        "text": _("tekst"),
        "integer": _("heel getal"),
        "decimal": _("getal"),
        "euros": _("bedrag in euro's"),
        "boolean": _("ja of nee (true, false)"),
        "date": _("dag (jjjj-mm-dd)"),
        "moment": _("tijdstip (UTC)"),
        "json": _("lijst (JSON)"),
    }


def meanings() -> dict[str, str]:
    """Give the meaning of each column, by its name."""
    return _of_trainings() | _of_prices_and_days() | _of_providers()


def _of_trainings() -> dict[str, str]:
    return {
        "number": _("nummer in het register"),
        "provider": _("code van de opleider; samen met code noemt die de opleiding voor altijd"),
        "code": _("code die de opleider zelf geeft"),
        "admitted": _("toegelaten tot het register"),
        "changed_at": _("wanneer de opleiding voor het laatst veranderde"),
        "title": _("titel"),
        "description": _("beschrijving"),
        "learning_outcomes": _("wat u leert"),
        "kind": _("soort opleiding"),
        "route": _("leerweg"),
        "goal": _("wat u na afloop krijgt"),
        "level": _("niveau"),
        "nlqf_level": _("NLQF-niveau, 1 tot en met 8"),
        "eqf_level": _("EQF-niveau, 1 tot en met 8"),
        "intensity": _("voltijd, deeltijd of iets anders"),
        "study_hours": _("studielast in uren"),
        "duration_months": _("duur in maanden"),
        "delivery": _("online, op een plek (on_site) of allebei (blended)"),
        "independent_of_time": _("kan op elk moment"),
        "independent_of_place": _("kan overal"),
        "evening": _("wordt 's avonds gegeven"),
        "combinable_with_work": _("is te doen naast werk"),
        "combinable_with_care": _("is te doen naast zorg voor anderen"),
        "modular": _("kan in delen"),
        "language": _("taal van de lessen, als code van ISO 639-1"),
        "entry_requirements": _("wat u moet kunnen of hebben om te beginnen"),
        "sector": _("sector waarvoor de opleiding is"),
        "occupations": _("beroepen waarvoor de opleiding is, uit ESCO"),
        "skills": _("vaardigheden die u leert, uit ESCO"),
        "certificate": _("naam van het bewijs"),
        "certificate_value": _("wat het bewijs waard is"),
        "guidance": _("er is begeleiding"),
        "prior_learning_shortens": _("wie al iets kan, is eerder klaar"),
    }


def _of_prices_and_days() -> dict[str, str]:
    return {
        "price": _("hele prijs met btw"),
        "tuition": _("prijs van de lessen met btw"),
        "vat_of_tuition": _("btw over de lessen in procenten; 0 is vrij van btw"),
        "examination": _("prijs van het examen met btw"),
        "vat_of_examination": _("btw over het examen in procenten; 0 is vrij van btw"),
        "material": _("prijs van het lesmateriaal met btw"),
        "vat_of_material": _("btw over het lesmateriaal in procenten; 0 is vrij van btw"),
        "registration": _("prijs van de inschrijving met btw"),
        "vat_of_registration": _("btw over de inschrijving in procenten; 0 is vrij van btw"),
        "runs": _("startmomenten: begin, einde, plaats, postcode en wanneer u zich kunt inschrijven"),
        "url": _("pagina van de opleider over de opleiding"),
        "published_from": _("eerste dag waarop de opleiding te zien is"),
        "published_until": _("laatste dag waarop de opleiding te zien is"),
    }


def _of_providers() -> dict[str, str]:
    return {
        "provider_name": _("naam van de opleider"),
        "provider_kvk": _("KvK-nummer van de opleider, acht cijfers"),
        "provider_website": _("website van de opleider"),
        "provider_street": _("straat en huisnummer van de opleider"),
        "provider_postcode": _("postcode van de opleider"),
        "provider_place": _("plaats van de opleider"),
        "provider_recognitions": _("erkenningen van de opleider: welke, het bewijs en van wanneer tot wanneer"),
        "provider_email": _("e-mailadres van de opleider voor wie zich wil inschrijven"),
        "provider_phone": _("telefoonnummer van de opleider voor wie zich wil inschrijven"),
        "provider_locations": _("andere locaties van de opleider: naam, straat, postcode en plaats"),
        "text_language": _("taal van de titel en de andere teksten, als code van ISO 639-1"),
    }
