"""The words for what scheme files say in a word of their own: kinds, statuses, orders of treatment, units.

A word that is not listed here (a scheme may bring new ones) is shown as it stands in the file, with its lines removed.
"""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doorleren.core import texts


def said(words: Mapping[str, str], key: str) -> str:
    """Give the words for a key, or the key itself as plain words."""
    return words.get(key) or in_plain(key)


def in_plain(key: str) -> str:
    """Write "second_ceiling" as "second ceiling"."""
    return key.replace("_", " ").replace("-", " ")


def pillars() -> dict[str, str]:
    """The four pillars of the policy, as the letter of November 2020 names them, and what cuts across."""
    return {
        "1": _("Mensen die zelf kiezen wat zij leren"),
        "2": _("Werkgevers en sociale partners"),
        "3": _("Een flexibel aanbod van scholing"),
        "4": _("Een cultuur van leren"),
        "cross": _("Over de pijlers heen"),
    }


def pillar(key: str) -> str:
    """Name one pillar with its number."""
    number = _("Pijler %(number)s") % {"number": key}
    name = said(pillars(), key) if key else _("Zonder pijler")
    return f"{number}: {name}" if key.isdigit() else name


def scheme_kinds() -> dict[str, str]:
    """What sort of help a scheme gives."""
    return {
        "grant": _("subsidie"),
        "budget": _("budget"),
        "voucher": _("voucher"),
        "fund": _("fonds"),
        "loan": _("lening"),
        "tax": _("belastingvoordeel"),
        "service": _("hulp of advies"),
        "route": _("manier van leren"),
    }


def instrument_kinds() -> dict[str, str]:
    """What sort of thing an instrument is."""
    return scheme_kinds() | {
        "agreement": _("afspraak"),
        "campaign": _("campagne"),
        "desk": _("loket"),
        "law": _("recht of wet"),
        "option": _("voorstel"),
        "package": _("pakket"),
        "partnership": _("samenwerking"),
        "pilot": _("proef"),
        "portal": _("website"),
        "programme": _("programma"),
        "publication": _("publicatie"),
        "register": _("register"),
        "research": _("onderzoek"),
    }


def instrument_statuses() -> dict[str, str]:
    """How an instrument stood in the papers of 2019 to 2021."""
    return {
        "running": _("liep"),
        "crisis": _("coronacrisis"),
        "announced": _("aangekondigd"),
        "pilot": _("proef"),
        "exploration": _("verkenning"),
        "ended": _("beëindigd"),
        "delivered": _("uitgebracht"),
        "reference": _("alleen genoemd"),
        "option": _("keuze voor het kabinet"),
        "proposal": _("voorstel van anderen"),
    }


def applicants() -> dict[str, str]:
    """Who files, spoken of in the third person."""
    return parties() | {"person": _("de deelnemer zelf")}


def parties() -> dict[str, str]:
    """Who gets, is paid or shows what was done."""
    return {
        "person": _("de deelnemer"),
        "employer": _("de werkgever"),
        "career_adviser": _("de loopbaanadviseur"),
        "training_provider": _("de opleider"),
        "partnership": _("het samenwerkingsverband"),
        "region": _("de arbeidsmarktregio"),
        "education_institution": _("de school"),
    }


def in_force_words() -> dict[str, str]:
    """How a scheme stands on the day."""
    return {"in_force": _("geldt nu"), "ended": _("is voorbij"), "planned": _("begint later")}


def amount_kinds() -> dict[str, str]:
    """How an amount comes about."""
    return {
        "fixed": _("een bedrag dat vooraf vaststaat"),
        "share": _("een deel van de kosten"),
        "band": _("een bedrag tussen twee grenzen"),
        "pro_rata": _("een deel van de pot: het hangt af van hoeveel aanvragen er zijn"),
        "ranking": _("een bedrag voor de beste plannen"),
        "loan": _("een lening, die u terugbetaalt"),
        "tax": _("een voordeel bij de belasting"),
        "service": _("hulp, geen geld"),
    }


def amount_units() -> dict[str, str]:
    """Per what an amount is counted."""
    return {
        "activity": _("per activiteit"),
        "analysis": _("per analyse"),
        "application": _("per aanvraag"),
        "partnership": _("per samenwerkingsverband"),
        "person": _("per persoon"),
        "place": _("per plaats"),
        "plan": _("per plan"),
        "practice place": _("per praktijkplaats"),
        "procedure": _("per procedure"),
        "project": _("per project"),
        "study year": _("per studiejaar"),
        "training": _("per opleiding"),
        "trajectory": _("per traject"),
        "year": _("per jaar"),
    }


def purposes() -> dict[str, str]:
    """What an amount pays for."""
    return {
        "training": _("de opleiding"),
        "advice": _("advies"),
        "workplace": _("een leerplaats op het werk"),
        "project": _("een project"),
        "living": _("levensonderhoud"),
    }


def vat_words() -> dict[str, str]:
    """Whether VAT counts; a source that says nothing has no words."""
    return {"including": _("met btw"), "excluding": _("zonder btw"), "silent": ""}


BY_DAY = "arrival_day"
"""The order of arrival where the day counts and not the moment, as the words know it."""


def orders() -> dict[str, str]:
    """How a round treats what comes in."""
    return {
        "arrival": _("Op volgorde van binnenkomst."),
        BY_DAY: _(
            "Op volgorde van de dag van binnenkomst. Wie op dezelfde dag kwam, telt gelijk; zo nodig beslist een loting."
        ),
        "random_present": _(
            "In willekeurige volgorde onder wie bij de opening klaarstaat; daarna op volgorde van binnenkomst."
        ),
        "draw": _("Bij te veel aanvragen beslist een loting."),
        "pro_rata": _("Bij te veel aanvragen krijgt iedereen hetzelfde deel."),
        "ranking": _("De beste plannen gaan voor."),
        "none": _("Er is geen volgorde: wie voldoet, krijgt het."),
    }


def order_said(order: str, *, by_day: bool) -> str:
    """Say how a round treats what comes in; `by_day`: by arrival the day counts, not the moment."""
    return said(orders(), BY_DAY if by_day else order)


def after_the_ceiling(last: str, after_miss: str, *, waits: bool = False) -> str:
    """Say what happens to the application that no longer fits, and to those after it; `waits`: there is a waiting list."""
    if waits:
        return _(
            "Wie niet meer helemaal in de pot past, komt op de wachtlijst. Komt er geld vrij of bij, dan gaat de wachtlijst voor."
        )
    first = {
        "whole": _("Wie niet meer helemaal in de pot past, krijgt niets."),
        "partly": _("Wie niet meer helemaal in de pot past, krijgt wat er over is."),
    }
    then = {
        "stop": _("Daarna is het klaar."),
        "continue": _("Kleinere aanvragen daarna kunnen nog wel."),
    }
    return " ".join(filter(None, (first.get(last), then.get(after_miss))))


def ring_fenced_for() -> dict[str, str]:
    """For whom a part of a ceiling is set apart."""
    return {
        "small": _("kleine bedrijven"),
        "medium": _("middelgrote bedrijven"),
        "partnership": _("samenwerkingsverbanden"),
        "sector_partnership": _("samenwerkingsverbanden van een opleider en een sector"),
        "sme": _("het mkb"),
        "not_digital": _("wie niet digitaal kan aanvragen"),
    }


def proofs() -> dict[str, str]:
    """What a document proves."""
    return {
        "eligibility": _("dat u aan de voorwaarden voldoet"),
        "delivery": _("dat het is gebeurd"),
        "costs": _("wat het heeft gekost"),
        "result": _("wat het heeft opgeleverd"),
        "identity": _("wie u bent"),
    }


def stages() -> dict[str, str]:
    """When a document is asked."""
    return {
        "application": _("bij de aanvraag"),
        "claim": _("bij het declareren"),
        "settlement": _("bij de afrekening"),
    }


def procedures() -> dict[str, str]:
    """The steps from application to payment."""
    return {
        "grant_settle": _("eerst een besluit en een voorschot, na afloop de afrekening"),
        "reserve_claim": _("eerst plaatsen reserveren, daarna declareren wat is gedaan"),
        "direct": _("één besluit, daarna betaling"),
        "purchase": _("de uitvoerder koopt het voor u in"),
        "loan": _("een lening met afspraken over terugbetalen"),
        "service": _("u maakt een afspraak; er is geen besluit over geld"),
        "none": "",
    }


def frameworks() -> dict[str, str]:
    """The general law under a scheme."""
    return {
        "kaderregeling-ocw-szw-vws": _("Kaderregeling subsidies OCW, SZW en VWS"),
        "kaderbesluit-ezk": _("Kaderbesluit nationale EZK- en LNV-subsidies"),
        "awb": _("Algemene wet bestuursrecht"),
        "outside-awb": _("geen besluit van de overheid; de algemene regels voor subsidies gelden niet"),
    }


def weights() -> dict[str, str]:
    """How sure a source is."""
    return {
        "binding": _("bindende tekst"),
        "official": _("officiële toelichting"),
        "parliament": _("brief aan de Kamer"),
        "press": _("pers of brancheorganisatie"),
        "memory": _("uit het hoofd, niet nagezocht"),
        "assumption": _("aanname"),
    }


def cited(source: str) -> str:
    """Say a source in the language of the page; see doorleren.core.texts.cited."""
    return texts.cited(source, get_language() or "nl")


def law_said(source: str) -> str:
    """Say where in the law something stands, in the language of the page: the files join articles in English."""
    return texts.law_said(source, get_language() or "nl")
