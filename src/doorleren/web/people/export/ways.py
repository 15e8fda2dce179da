"""Per table of law/personal-content.toml how the rows about a person are found, or where else they are, or why they stay out.

A test holds the three lists together against every table of the law: a new table asks the question at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from doorleren.applications.models import PARTIES, Application, CountsFor, PartyKind
from doorleren.core.texts import Texts
from doorleren.letters.models import Dispatch
from doorleren.web.people.export.me import Me

Find = Callable[[Me], Q | Exists]


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows are found, and which fields that hold nothing personal go along so that one can read them."""

    find: Find
    also: tuple[str, ...] = ()


def _own(field: str) -> Find:
    return lambda me: Q(**{field: me.person})


def _within(field: str, among: str = "files") -> Find:
    return lambda me: Q(**{f"{field}__in": getattr(me, among)})


def _in_files_or_by_me(me: Me) -> Q:
    """Find applications that are one's own, and those in which one is a party."""
    found = Q(pk__in=me.files)
    for name in PARTIES:
        found |= Q(**{f"{name}_kind": PartyKind.PERSON, f"{name}_number": me.person})
    return found


def _sent_to_me(me: Me) -> Q:
    sent = Dispatch.objects.filter(letter=OuterRef("pk"), sent=True)
    return Q(Exists(sent), recipient_kind=me.party.kind, recipient_id=me.party.id)


def _tickets(me: Me) -> Exists:
    return Exists(Application.objects.filter(pk__in=me.files, key=OuterRef("key"), round=OuterRef("round")))


def _paid_to_me(me: Me) -> Q:
    return Q(payee_kind=me.party.kind, payee_id=me.party.id)


def _named(field: str, among: str) -> Way:
    return Way(_within(field, among), (field,))


def _counts(me: Me) -> Q:
    """Find what counts for me: my own applications, my registrations, and my enrolments in those of others."""
    own = Q(application__in=me.files) | Q(application__registration__in=me.registrations)
    return own & Q(enrolment=None) | Q(enrolment__in=me.enrolments)


_OF_FILE = ("application", "at")
WAYS: Mapping[str, Way] = {
    "people.Person": Way(_own("pk"), ("id", "created_at")),
    "people.NationalNumber": Way(_own("person")),
    "people.Identity": Way(_own("person")),
    "people.Session": Way(_own("person")),
    "people.Role": Way(_own("person"), ("body", "organisation")),
    "people.Mandate": Way(_own("person")),
    "people.Absence": Way(_own("person"), ("body", "ended_at")),
    "applications.AdviserListing": Way(_own("adviser"), ("organisation", "listed_at")),
    "applications.Qualification": Way(_own("adviser"), ("given_at",)),
    "applications.Application": Way(
        _in_files_or_by_me, ("id", "applicant_kind", "started_at", "frozen_at", "withdrawn_at")
    ),
    "applications.Answer": Way(_within("application"), (*_OF_FILE, "origin")),
    "applications.CorrectionRequest": Way(_own("person"), ("id", "body", "about", "application", "asked_at", "due_on")),
    "applications.CorrectionStep": Way(_own("request__person"), ("request", "step", "until", "at")),
    "applications.Freeze": Way(_within("application"), _OF_FILE),
    "applications.CountsFor": Way(_counts, ("id", *_OF_FILE, "enrolment")),
    "applications.CountsNoMore": Way(
        lambda me: Q(counted__in=CountsFor.objects.filter(_counts(me))), ("counted", "at")
    ),
    "applications.Document": Way(_within("application"), ("id", *_OF_FILE)),
    "applications.DocumentStep": Way(_within("document__application"), ("document", "step", "at")),
    "applications.RegisteredPerson": _named("registration", "registered"),
    "applications.Registration": Way(_within("pk", "registrations"), ("id", "application", "organisation")),
    "applications.BundleRow": Way(_within("registration", "registrations"), ("registration", "outcome")),
    "applications.Completion": Way(_within("registration", "registered"), ("registration", "at")),
    "applications.Confirmation": Way(_within("registration", "registrations"), ("registration", "at")),
    "applications.EnrolledPerson": _named("enrolment", "enrolled"),
    "applications.Enrolment": Way(_within("pk", "enrolments"), ("id", "organisation", "at")),
    "applications.EnrolmentWord": Way(_within("enrolment", "enrolments"), ("enrolment", "at")),
    "applications.EnrolmentProof": Way(_within("application"), (*_OF_FILE, "organisation")),
    "applications.EnteredFor": Way(_within("application"), ("application", "body", "entered_at")),
    "applications.Member": Way(_within("application"), _OF_FILE),
    "applications.MemberMark": Way(_within("member__application"), ("member", "at")),
    "applications.MemberTask": Way(_within("member__application"), ("member", "at")),
    "applications.Division": Way(_within("application"), (*_OF_FILE, "of")),
    "applications.DivisionLine": Way(_within("division__application"), ("id", "division")),
    "applications.FinancierWord": Way(_within("line__division__application"), ("line", "at")),
    "applications.Sharing": Way(lambda me: Q(person=me.person) | Q(application__in=me.files), _OF_FILE),
    "applications.OfferLine": Way(_within("application"), _OF_FILE),
    "applications.OfferShare": Way(_within("line__application"), ("line",)),
    "applications.Plan": Way(_within("application"), ("id", *_OF_FILE)),
    "applications.PlanPath": Way(_within("plan__application"), ("plan",)),
    "applications.Bundle": Way(_own("adviser"), ("id", "round", "organisation", "at")),
    "applications.BundleKey": Way(_own("adviser"), ("at",)),
    "letters.Letter": Way(_sent_to_me, ("id", "channel", "made_at")),
    "decisions.CommitteeMember": Way(_own("person"), ("round", "appointed_at", "ended_at")),
    "payments.PayeeAccount": Way(
        _paid_to_me, ("body", "proposed_at", "effective_at", "withdrawn_at", "stopped_at", "destroyed_at")
    ),
    "payments.PaymentLine": Way(_paid_to_me, ("case", "what", "cents")),
    "rounds.Ticket": Way(_tickets, ("id", "round", "cents", "arrived_at")),
}
"""The tables of which rows are in the archive as they are kept."""

_FOLDER: Texts = {
    "nl": "Dit staat in de map van elk dossier: het bestand dossier.json, de brieven en de documenten.",
    "en": "This is in the folder of each file: dossier.json, the letters and the documents.",
}
_WORDS: Texts = {
    "nl": "Wat u hierover schreef of zei, of in een brief hoorde, staat bij de woorden in uw dossiers.",
    "en": "What you wrote or said of this, or were told by letter, stands under the words in your files.",
}
_ACTS: Texts = {"nl": "Dit staat bij wat u deed.", "en": "This stands under what you did."}
ELSEWHERE: Mapping[str, Texts] = {
    **dict.fromkeys(("cases.Case", "cases.CaseAct", "cases.Message", "decisions.Decision"), _FOLDER),
    **dict.fromkeys(
        ("decisions.ActWords", "decisions.Delivery", "decisions.DeliveryWord", "decisions.Hearing", "decisions.Objection",
         "decisions.ObjectionDecision", "decisions.Recovery", "decisions.RecoveryStep", "decisions.Settlement"),
        _WORDS,
    ),
    "payments.LeftOut": {
        "nl": "Dit staat bij de woorden in uw dossiers: wanneer wij een betaling uitstelden, en waarom.",
        "en": "This stands under the words in your files: when we put a payment off, and why.",
    },
    "audit.Act": _ACTS,
    "audit.View": {"nl": "Dit staat bij wie keek.", "en": "This stands under who looked."},
}  # fmt: skip
"""The tables that are in another part of the archive, and which."""

_OFFICIALS: Texts = {
    "nl": "Dit is werk van een medewerker en gaat niet over u. Werkt u er zelf? Dan staat het bij wat u deed.",
    "en": "This is the work of an official and is not about you. Do you work there? Then it stands under what you did.",
}
_PROVIDERS: Texts = {
    "nl": "Dit hoort bij een opleider en staat voor het grootste deel in het openbare register. De opleider ziet het op de eigen pagina's.",
    "en": "This belongs to a provider and is mostly in the public register. The provider sees it on its own pages.",
}
_KEYS: Texts = {
    "nl": "Dit is een sleutel. Geven wij die weg, dan is de inhoud niet meer veilig. De inhoud zelf krijgt u wel.",
    "en": "This is a key. If we gave it away, the content would not be safe. You do get the content itself.",
}
LEFT_OUT: Mapping[str, Texts] = {
    **dict.fromkeys(("applications.DocumentKey", "people.FileKey"), _KEYS),
    **dict.fromkeys(
        ("cases.DestructionList", "cases.Hand", "decisions.Batch", "decisions.BatchItem", "decisions.Check",
         "decisions.ConflictDeclaration", "decisions.Ranking", "decisions.Sample", "decisions.ScoreSheet", "payments.BankClosing",
         "payments.BankMessage", "payments.PaymentHandover", "payments.PaymentRun", "payments.Transaction", "rounds.RoundProposal"),
        _OFFICIALS,
    ),
    **dict.fromkeys(
        ("people.Organisation", "register.AdmissionDecision", "register.Delivery", "register.DeliveryFault", "register.ProofDocument",
         "register.Provider", "register.ProviderDetails", "register.ProviderLocation", "register.ProviderRecognition",
         "register.RecognitionAct", "register.RecognitionStated", "register.Source", "register.Upload"),
        _PROVIDERS,
    ),
    "decisions.Assessment": {
        "nl": "Dit is de voorbereiding van een besluit. Wat daarvan telt, met de redenen, staat in het besluit in uw dossier.",
        "en": "This prepares a decision. What counts of it, with the reasons, is in the decision in your file.",
    },
    "payments.PaymentFile": {
        "nl": "Dit is het bestand voor de bank, met rekeningen van anderen. Uw eigen betalingen staan er apart bij.",
        "en": "This is the file for the bank, with accounts of others. Your own payments are given apart.",
    },
    "register.Alert": {
        "nl": "Dit hangt aan een e-mailadres en niet aan een account. In elke e-mail staat hoe u het bekijkt en stopt.",
        "en": "This hangs on an e-mail address and not on an account. Each e-mail says how to see and stop it.",
    },
    "rounds.DayOfReceipt": {
        "nl": "Dit is een code van een aanvraag, zonder iets over een persoon.",
        "en": "This is a code of an application, with nothing about a person.",
    },
    "rounds.Superseded": {
        "nl": "Dit is een code van wat klaarstond en is veranderd, zonder iets over een persoon.",
        "en": "This is a code of what stood ready and was changed, with nothing about a person.",
    },
}  # fmt: skip
"""The tables that are not in the archive, and why."""

CODES: Mapping[str, tuple[str, ...]] = {
    "people.NationalNumber": ("lookup",),
    "people.Session": ("session_key", "session_data"),
    "applications.Application": ("salt", "frozen_content"),
    "applications.Freeze": ("content", "person"),
    "applications.CountsFor": ("person", "turn"),
    "applications.Document": ("kept", "mark"),
    "applications.DocumentStep": ("content",),
    "applications.RegisteredPerson": ("lookup", "name_key"),
    "applications.EnrolledPerson": ("lookup", "name_key"),
    "applications.Registration": ("person",),
    "applications.Enrolment": ("person",),
    "applications.Completion": ("content",),
    "applications.Bundle": ("content",),
    "applications.BundleKey": ("key", "content"),
    "letters.Letter": ("pdf",),
    "payments.PayeeAccount": ("lookup",),
    "payments.PaymentLine": ("lookup",),
    "rounds.Ticket": ("person", "content"),
}
"""Fields of those tables that are not given: keys, and codes that say nothing to who reads them; the PDF is a file of its own."""

WHY_NO_CODES: Texts = {
    "nl": "Geheime codes en sleutels geven wij niet: daarmee zou een ander zich voor u kunnen uitgeven.",
    "en": "We do not give secret codes and keys: with those somebody else could pose as you.",
}
