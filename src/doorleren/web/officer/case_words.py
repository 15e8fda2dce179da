"""What the pages of cases call things, in the language of the page: states, terms, reasons, and what was just done."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from doorleren.cases.terms.objecting import LIFTED
from doorleren.decisions.advances import ACCEPTED
from doorleren.decisions.commands.report_delivery import DENIED, PROOFS
from doorleren.decisions.loans import REPAID
from doorleren.decisions.representatives import ENDED
from doorleren.decisions.unclaimed import REMINDED
from doorleren.letters.models import NOTHING_LEFT
from doorleren.payments.commands.remit_loan import REMITTED
from doorleren.payments.commands.tell_of_loan import PLAN
from doorleren.payments.commands.tell_of_loan import REMINDED as REMINDED_OF_LOAN
from doorleren.register.objection import term_on
from doorleren.web.provision_words import words_of
from doorleren.web.spoken import once_per_language

TONES = {
    "received": "maybe", "incomplete": "maybe", "being_assessed": "maybe", "to_judge": "maybe", "assessed": "maybe", "granted": "get",
    "refused": "no", "left_out": "no", "settled": "get", "revoked": "no", "objection": "maybe",
}  # fmt: skip
"""The colour of a badge by state; the others are quiet."""


NOTED = (
    "complaint", "guardian", "death", "view", "advice", "repeat", "hardship", "progress", "delivered", "request-settlement",
    "repaired", "hear", "withdraw-objection", "appeal", "judgment", "appeal-ended", "penalty-paid", "post-returned", "writ",
)  # fmt: skip
BY_LETTER = (
    "intend-to-revoke", "revoke", "amend", "budget-reservation", "slip", "ask-delivery", "settle", "intend-lower",
    "settle-lower", "settle-nil", "recover", "remind", "waive", "defer", "interest", "set-off", "remind-of-loan", "remit-loan", "objection", "ask-repair", "extend-objection", "call",
    "uphold", "uphold-settlement", "uphold-revocation", "uphold-recovery", "uphold-penalty", "uphold-suspension", "reject", "dismiss", "penalty",
)  # fmt: skip
"""Forms that end with one of the same two sentences: without a letter, and with one."""


@once_per_language
def states() -> dict[str, str]:
    """Name the states in short, for whatever procedure, as lists have them (cases.queries.LISTED)."""
    return {
        "received": _("ontvangen"), "incomplete": _("wacht op aanvulling"), "being_assessed": _("in behandeling"),
        "to_judge": _("nog door een mens te beoordelen"), "assessed": _("beoordeeld"), "granted": _("verleend of toegekend"), "refused": _("afgewezen"),
        "left_out": _("buiten behandeling"), "settled": _("vastgesteld, afgerekend of afgelost"), "revoked": _("ingetrokken door de instantie"),
        "objection": _("bezwaar loopt"), "withdrawn": _("ingetrokken door de aanvrager"),
        "forwarded": _("doorgestuurd"), "closed": _("gesloten"), "destroyed": _("vernietigd"),
    }  # fmt: skip


def state_named(state: str, procedure: str) -> str:
    """Name the state of a case of a procedure in short."""
    words = words_of(procedure)
    return {"granted": words["granted"], "settled": words["settled"]}.get(state) or states()[state]


def state_sentence(state: str, procedure: str) -> str:
    """Say in a sentence how a case of a procedure stands and who is to do something now."""
    return _sentences()[state] % words_of(procedure)


def due_term(term: str, procedure: str) -> str:
    """Say what must be done by the last day of a term of the authority in a case of a procedure; of an unknown one its id."""
    if term == "settlement":
        return _("de %(name)s %(settle)s") % words_of(procedure)
    return due_terms().get(term, term)


def template_named(template: str, procedure: str) -> str:
    """Name a kind of letter in a case of a procedure."""
    words = words_of(procedure)
    named = {
        "granted": words["granting"], "partly_granted": _("gedeeltelijke %(granting)s") % words,
        **dict.fromkeys(("settled_as_granted", "settled_lower", "settled_at_nil"), words["settling"]),
    }  # fmt: skip
    return named.get(template) or templates().get(template, template.replace("_", " "))


@once_per_language
def _sentences() -> dict[str, str]:
    return {
        "received": _("De aanvraag is ontvangen. Nog niemand behandelt haar."),
        "incomplete": _("De aanvrager is om aanvulling gevraagd. Wij wachten op antwoord."),
        "being_assessed": _("De aanvraag is in behandeling."),
        "to_judge": _(
            "Er staan nog voorwaarden open. Een medewerker moet de aanvraag beoordelen voordat iemand kan beslissen."
        ),
        "assessed": _("De aanvraag is beoordeeld. Iemand anders kan nu beslissen."),
        "granted": _("De %(name)s is %(granted)s."),
        "refused": _("De aanvraag is afgewezen."),
        "left_out": _("De aanvraag is niet in behandeling genomen."),
        "settled": _("De %(name)s is %(settled)s."),
        "revoked": _("De instantie heeft de %(name)s ingetrokken."),
        "objection": _("Er loopt een bezwaar. Daarop moet nog worden beslist."),
        "withdrawn": _("De aanvrager heeft de aanvraag ingetrokken."),
        "forwarded": _("De aanvraag is doorgestuurd naar de instantie die erover gaat."),
        "closed": _("De zaak is gesloten. Er is niets meer te doen."),
        "destroyed": _("Het dossier is vernietigd. De inhoud is er niet meer."),
    }


@once_per_language
def due_terms() -> dict[str, str]:
    """Say what must be done by the last day of a term of the authority, by the id of the term."""
    return {
        "decision": _("beslissen op de aanvraag"), "leave-out": _("besluiten om niet te behandelen"),
        "objection-decision": _("beslissen op het bezwaar"), "decision-anew": _("opnieuw beslissen na de uitspraak"),
        "objection-decision-anew": _("opnieuw beslissen op het bezwaar na de uitspraak"), "default": _("beslissen na de ingebrekestelling"),
        "penalty-decision": _("de dwangsom vaststellen"), "settlement": _("het bedrag vaststellen"),
        "payment-suspension": _("beslissen over de opgeschorte betaling"),
    }  # fmt: skip


def why_looked() -> dict[str, str]:
    """Say why an official opens a file of somebody else (cases.looking.REASONS)."""
    return {
        "asked": _("de aanvrager of een collega vraagt ernaar"),
        "replacing": _("ik vervang een collega"),
        "worked_on_it": _("ik heb eerder aan deze zaak gewerkt"),
        "checking": _("ik doe een controle"),
        "contested": _("er is een bezwaar, een klacht of een rechtszaak"),
    }


def done_words(done: str) -> str:
    """Say what was just done; nothing for anything else."""
    return _done().get(done, "") if done else ""


@once_per_language
def _done() -> dict[str, str]:
    return {
        "assign": _("De zaak is overgedragen."), "claim": _("De zaak is nu van u."),
        "ask": _("De vraag om aanvulling staat klaar. De termijn staat stil zodra de brief is verzonden."),
        "complete": _("U hebt genoteerd dat de aanvraag is aangevuld."),
        "extend": _("De brief over de verlenging staat klaar. De verlenging geldt zodra de brief is verzonden."),
        "suspend": _("De termijn staat stil."), "resume": _("De termijn loopt weer."),
        "withdraw": _("De aanvraag is ingetrokken."), "forward": _("De aanvraag is doorgestuurd."),
        "suspend-payment": _("De betaling is opgeschort. De brief wordt vanzelf verzonden."),
        "release-payment": _("Er wordt weer betaald. De brief wordt vanzelf verzonden."),
        "contact": _("Het contact is genoteerd."), "default": _("De ingebrekestelling is genoteerd."),
        "close": _("De zaak is gesloten."), "reopen": _("De zaak is opnieuw geopend."),
        "taken_back": _("De toewijzing is ongedaan gemaakt."),
        "assess": _("De beoordeling is vastgelegd. Een ander kan nu beslissen."),
        **dict.fromkeys(("grant", "refuse", "leave-out"), _("Het besluit is genomen. De brief wordt vanzelf verzonden.")),
        "intent": _("Het voornemen staat klaar. De brief wordt vanzelf verzonden."),
        **dict.fromkeys(NOTED, _("Dit is genoteerd.")),
        **dict.fromkeys(BY_LETTER, _("Dit is vastgelegd. De brief wordt vanzelf verzonden.")),
        "end-representing": _("De vertegenwoordiging is beëindigd. Brieven gaan weer naar de aanvrager."),
        "accept-progress": _("Het voortgangsverslag is akkoord. Het deel dat hierop wachtte, gaat naar het grootboek."),
        "check": _("Deze zaak wordt gecontroleerd. Vraag nu wat er is gedaan."),
        "send-again": _("De brief is opnieuw verzonden."),
    }  # fmt: skip


@once_per_language
def templates() -> dict[str, str]:
    """Name the kinds of letters, but for those that are called after what is given."""
    return {
        "received": _("ontvangstbevestiging"), "asked_to_complete": _("vraag om aanvulling"),
        "extended": _("bericht van verlenging"), "forwarded": _("bericht van doorsturen"),
        "intent": _("voornemen"),
        "refused": _("afwijzing"), "left_out": _("buiten behandeling gelaten"), "amended": _("wijziging"),
        "payment_suspended": _("opschorting van de betaling"), "payment_released": _("einde van de opschorting"),
        "account_changed": _("bericht over de rekening"), "account_stopped": _("bericht dat de rekening is gestopt"),
        "budget_reservation": _("beroep op het begrotingsvoorbehoud"), "slip_corrected": _("herstel van een schrijffout"),
        "withdrawn_by_authority": _("intrekking"), "objection_received": _("ontvangst van het bezwaar"),
        "objection_repair_asked": _("vraag om het bezwaar te herstellen"),
        "objection_extended": _("bericht van meer tijd voor het bezwaar"), "hearing": _("uitnodiging voor de hoorzitting"),
        **dict.fromkeys(
            ("objection_upheld", "objection_partly_upheld", "debt_objection_upheld", "objection_rejected", "objection_inadmissible"),
            _("besluit op het bezwaar"),
        ),
        "proof_asked": _("vraag over de uitvoering"), "claim_reminded": _("herinnering om te declareren"),
        "recovery_decided": _("terugvordering"), "reminded": _("aanmaning"), "waived": _("afzien van terugvordering"),
        PLAN: _("plan om de lening terug te betalen"), REMITTED: _("kwijtschelding van de lening"), REMINDED_OF_LOAN: _("aanmaning over de lening"),
        "deferred": _("betalen in delen"), "interest_fixed": _("vaststelling van rente"), "set_off": _("verrekening"),
        "penalty_decided": _("vaststelling van de dwangsom"), "answered": _("antwoord op een vraag"),
    }  # fmt: skip


@once_per_language
def why_not_sent() -> dict[str, str]:
    """Say why a letter did not go out, by the code of its way."""
    return {
        "no-address": _("er is geen e-mailadres"), "mail-not-taken": _("de mailserver nam de e-mail niet aan"),
        "folder-not-writable": _("de map voor de post is niet te beschrijven"),
        NOTHING_LEFT: _("de inhoud van het dossier is vernietigd"),
    }  # fmt: skip


@once_per_language
def notes() -> dict[str, str]:
    """Name what is noted in a case without an act of its own (`what` in the details of "contact_noted")."""
    return {
        "proof_asked": _("gevraagd wat er is gedaan"), REMINDED: _("herinnerd om te declareren"),
        ACCEPTED: _("voortgangsverslag akkoord"), REPAID: _("van de lening staat niets meer open"), "reminded": _("aangemaand"), "recovery_waived": _("afgezien van terugvordering"),
        "deferred": _("betalen in delen afgesproken"), "interest": _("rente vastgesteld"), "set_off": _("verrekend"),
        PLAN: _("plan om de lening terug te betalen gestuurd"), REMITTED: _("lening kwijtgescholden"), REMINDED_OF_LOAN: _("aangemaand over de lening"),
        "writ": _("dwangbevel genoteerd"), LIFTED: _("terugvordering vervallen na bezwaar"), ENDED: _("vertegenwoordiging beëindigd"), DENIED: _("melding van de uitvoering tegengesproken"),
    }  # fmt: skip


def reported(details: Mapping[str, object]) -> str:
    """Name a report of what was done by whether evidence came with it; nothing for one of before that was kept."""
    proofs = details.get(PROOFS)
    if proofs is None:
        return ""
    return _("uitvoering gemeld, met bewijs") if proofs else _("uitvoering gemeld, zonder bewijs")


def objection_runs(today: date) -> str:
    """Say that an objection runs which does not suspend the decision, with its article, to who acts on that decision."""
    return _(
        "Er loopt een bezwaar. Dat schorst het besluit niet (Awb artikel %(article)s), dus dit kan doorgaan. Wordt het bezwaar "
        "gegrond, dan kan veranderen waar dit op rust."
    ) % {"article": term_on(today).suspends_article}


def advices() -> dict[str, str]:
    """Name how an advice reads (note_advice.ADVICE)."""
    return {"positive": _("positief"), "negative": _("negatief"), "mixed": _("deels positief, deels negatief")}


def judgments() -> dict[str, str]:
    """Name how an appeal ended without another decision to take (note_appeal.ENDS)."""
    return {
        "court_decided": _("vernietigd, maar de rechter beslist zelf of laat de gevolgen in stand"),
        "unfounded": _("ongegrond: het besluit blijft"),
        "inadmissible": _("niet-ontvankelijk: niet behandeld"), "withdrawn": _("het beroep is ingetrokken"),
    }  # fmt: skip


def why_checked() -> dict[str, str]:
    """Name why an official chooses a case to check."""
    return {
        "signal": _("er kwam een signaal binnen"), "many-at-once": _("dezelfde opleider of adviseur heeft opvallend veel zaken"),
        "unclear-report": _("de melding is onduidelijk"), "earlier-findings": _("bij een eerdere controle klopte iets niet"),
    }  # fmt: skip


@once_per_language
def channels() -> dict[str, str]:
    """Name the ways a letter goes, and those by which there was contact."""
    return {
        "message_box": _("berichtenbox"), "e_mail": _("e-mail zonder inhoud"), "print": _("post"),
        "phone": _("telefoon"), "message": _("bericht of e-mail"), "visit": _("gesprek aan het loket"), "letter": _("brief"),
    }  # fmt: skip


def kinds_of_message() -> dict[str, str]:
    """Name what a message is for."""
    return {
        "question": _("vraag"), "change": _("verandering"), "more_time": _("verzoek om meer tijd"),
        "view": _("zienswijze"), "objection": _("bezwaar"), "repair": _("aanvulling van het bezwaar"),
        "progress": _("voortgang"), "answer": _("antwoord"),
    }  # fmt: skip
