"""The one table of acts on a case: what each is called, rests on and asks, and who may do it.

From it follow what is possible now (`rules.py`), the refusal, and the constraints of the database (`models/guards.py`).
An act is a past participle; its column is that name with `_at` and holds the latest moment. Grounds that no source of
ours gives begin with "assumption".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from doorleren.cases.stops import STOPS, After, said
from doorleren.core.texts import Texts
from doorleren.rules.provisions import provision_of

Duty = Literal["enter", "assess", "decide", "hear", "decide_objection", "pay"]
"""What must lie in different hands; see access.py."""


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act. `family`: the shared column that it fills too. `answers`: the act that must be open, and that it ends.

    `demand` names who may among officials (people/acts.py); `party`: a party may, when a command of its own package
    says that they are one; `site`: the site may by itself. `letter`: it takes effect by a letter that is sent. `lapses`: the
    term of the law that ends it without anybody deciding, so that the site does it alone once that is over. `later_stops`: those
    of `stopped_by` that rows from before may lie across: the database asks them when the act is done, and not of what stands.
    """

    name: str
    texts: Texts
    ground: str
    demand: str
    once: bool = False
    family: str = ""
    after: tuple[After, ...] = ()
    stopped_by: tuple[str, ...] = ()
    answers: str = ""
    duty: Duty | None = None
    party: bool = False
    site: bool = False
    letter: bool = False
    lapses: str = ""
    later_stops: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """Name its column on the case."""
        return f"{self.name}_at"


def recalled(article: str) -> str:
    """Name an article of the Awb that our sources do not quote, as the assumption that it is."""
    return f"assumption: Awb, art. {article}, recalled and not read"


PREPARING = ("destroyed", "forwarded", "closed", "withdrawn", "decided")
ASSESSING = ("destroyed", "forwarded", "closed", "withdrawn", "decided_without_objection")
WARNING = ("destroyed", "forwarded", "closed", "withdrawn")
PAYING = ("destroyed", "closed", "revoked", "refused", "left_out", "payments_suspended")
SETTLING = ("destroyed", "closed", "revoked", "refused", "left_out", "settled")
OBJECTING = ("destroyed", "objection_decided", "objection_withdrawn")
NOTING = ("destroyed",)

GRANTED = After(("granted", "partly_granted"), said("Er is nog niets verleend.", "Nothing has been granted."))
DECIDED = After(("decided",), said("Er is nog niet beslist.", "Nothing has been decided yet."))
ASSESSED = After(("assessed",), said("De aanvraag is nog niet beoordeeld.", "It has not been assessed yet."))
INTENT = After(("intent_notified",), said(
    "Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
    "First give notice of your intent, so that the applicant can give a view.",
))  # fmt: skip
OBJECTED = After(("objection_received",), said("Er is geen bezwaar.", "There is no objection."))
OVER = After(("decided", "withdrawn", "forwarded"), said(
    "De aanvraag is nog niet afgedaan.", "The application has not been dealt with.",
))  # fmt: skip
REASON = After(("assessed", "repeat_established"), said(
    "De aanvraag is nog niet beoordeeld.", "It has not been assessed yet.",
))  # fmt: skip
ASKED = After(("asked_to_complete",), said(
    "De aanvrager heeft nog niet de kans gekregen om de aanvraag aan te vullen.",
    "The applicant has not been given the chance to complete the application.",
))  # fmt: skip
APPEALED = After(("appeal_noted",), said("Er is geen beroep.", "There is no appeal."))
APPEALABLE = After(("decided", "declared_in_default"), said(
    "Er is niets waartegen beroep mogelijk is.", "There is nothing to appeal against.",
))  # fmt: skip
IN_DEFAULT = After(("declared_in_default",), said("Er is geen ingebrekestelling.", "There is no notice of default."))
FIXED = After(("penalty_fixed",), said("De dwangsom is nog niet vastgesteld.", "The penalty has not been fixed."))
CLOSED = After(("closed",), said("De zaak is nog niet gesloten.", "The case has not been closed."))
MONEY_OUT = After(("advance_paid", "paid"), said("Er is niets betaald.", "Nothing has been paid."))
CHANGED = After(("settled", "revoked", "amended", "budget_reservation_invoked"), said(
    "Er is geen besluit waaruit volgt dat te veel is betaald.", "No decision says that too much has been paid.",
))  # fmt: skip

_TABLE: tuple[ActKind, ...] = (
    # --- coming in
    ActKind("opened", said("geopend", "opened"), "Awb, art. 4:1", "prepare_case", once=True, site=True),
    ActKind("entered", said("ingevoerd voor een ander", "entered for somebody else"), "Awb, art. 4:1", "enter_application_for",
            once=True, stopped_by=NOTING, duty="enter", site=True),
    ActKind("assigned", said("toegewezen", "assigned"), "assumption: the law leaves the division of work to the authority",
            "assign_case", stopped_by=("destroyed", "closed"), site=True),
    ActKind("forwarded", said("doorgestuurd", "forwarded"), recalled("2:3"), "prepare_case", once=True,
            stopped_by=PREPARING, letter=True),
    ActKind("withdrawn", said("ingetrokken door de aanvrager", "withdrawn by the applicant"),
            "assumption: an applicant may withdraw until it has been decided on", "prepare_case", once=True,
            stopped_by=("destroyed", "forwarded", "closed", "decided"), party=True, site=True),
    # --- preparing
    ActKind("asked_to_complete", said("om aanvulling gevraagd", "asked to complete"), "Awb, art. 4:5(1)", "prepare_case",
            stopped_by=PREPARING, letter=True),
    ActKind("completed", said("aangevuld", "completed"), "Awb, art. 4:5(1)", "prepare_case", stopped_by=PREPARING,
            answers="asked_to_complete", party=True),
    ActKind("extended", said("beslistermijn verlengd", "decision term extended"), "Awb, art. 4:14", "prepare_case",
            stopped_by=PREPARING, letter=True),
    ActKind("term_suspended", said("beslistermijn opgeschort", "decision term suspended"), "Awb, art. 4:15(2)",
            "prepare_case", stopped_by=PREPARING),
    ActKind("term_resumed", said("beslistermijn hervat", "decision term resumed"), "Awb, art. 4:15(2)", "prepare_case",
            stopped_by=PREPARING, answers="term_suspended"),
    ActKind("repeat_established", said("herhaalde aanvraag vastgesteld", "repeat application established"),
            "Awb, art. 4:6", "assess_case", once=True, stopped_by=PREPARING, duty="assess"),
    ActKind("hardship_applied", said("hardheidsclausule toegepast", "hardship clause applied"),
            "Kaderregeling subsidies OCW, SZW en VWS, art. 1.6", "decide_case", stopped_by=PREPARING, duty="decide"),
    ActKind("assessed", said("beoordeeld", "assessed"), recalled("3:2"), "assess_case", stopped_by=ASSESSING,
            duty="assess", site=True),
    ActKind("advised", said("geadviseerd", "advised"), recalled("3:5"), "assess_case", stopped_by=ASSESSING, duty="assess"),
    ActKind("intent_notified", said("voornemen bekendgemaakt", "notice of intent given"), "Awb, art. 4:7 and 4:8",
            "prepare_case", stopped_by=WARNING, site=True, letter=True),
    ActKind("view_received", said("zienswijze ontvangen", "view received"), "Awb, art. 4:7 to 4:9", "prepare_case",
            after=(INTENT,), stopped_by=WARNING, party=True),
    # --- deciding
    ActKind("granted", said("verleend", "granted"), "Awb, art. 4:30 and 4:31", "decide_case", family="decided", after=(ASSESSED,),
            stopped_by=(*PREPARING, "incomplete", "changed"), duty="decide", site=True, letter=True),
    ActKind("partly_granted", said("gedeeltelijk verleend", "partly granted"), "Awb, art. 4:30 and 4:31", "decide_case",
            family="decided", after=(ASSESSED,), stopped_by=(*PREPARING, "incomplete", "changed"), duty="decide",
            site=True, letter=True),
    ActKind("refused", said("afgewezen", "refused"), "Awb, art. 4:25 and 4:35", "decide_case", family="decided",
            after=(REASON,), stopped_by=(*PREPARING, "changed"), duty="decide", site=True, letter=True),
    ActKind("left_out", said("buiten behandeling gelaten", "left out of treatment"), "Awb, art. 4:5(1)", "decide_case",
            family="decided", after=(ASKED,), stopped_by=(*PREPARING, "complete"), duty="decide", letter=True),
    ActKind("amended", said("gewijzigd", "amended"), "Awb, art. 4:48 and 4:50", "decide_case", after=(DECIDED,),
            stopped_by=("destroyed", "closed", "revoked", "settled"), duty="decide", letter=True, later_stops=("settled",)),
    ActKind("slip_corrected", said("verschrijving hersteld", "slip corrected"),
            "assumption: an evident slip may be corrected; no article says so", "decide_case", after=(DECIDED,),
            stopped_by=("destroyed", "closed"), duty="decide", letter=True),
    ActKind("budget_reservation_invoked", said("beroep gedaan op het begrotingsvoorbehoud", "budget reservation invoked"),
            "Awb, art. 4:34", "decide_case", once=True, after=(GRANTED,),
            stopped_by=("destroyed", "closed", "revoked", "settled"), duty="decide", letter=True),
    ActKind("revoked", said("ingetrokken door de instantie", "revoked by the authority"), "Awb, art. 4:48 and 4:49",
            "decide_case", after=(GRANTED, INTENT), stopped_by=("destroyed", "closed", "revoked"), duty="decide",
            letter=True),
    # --- delivering, settling and paying
    ActKind("progress_reported", said("voortgang gemeld", "progress reported"),
            "Kaderregeling subsidies OCW, SZW en VWS, art. 5.5", "prepare_case", after=(GRANTED,),
            stopped_by=("destroyed", "closed", "revoked", "settled"), party=True),
    ActKind("delivery_proven", said("uitvoering gemeld", "delivery reported"), recalled("4:45"), "prepare_case",
            stopped_by=("destroyed", "forwarded", "closed", "withdrawn", "revoked", "refused", "left_out", "settled_unasked"),
            party=True),
    ActKind("settlement_requested", said("om vaststelling gevraagd", "settlement requested"), recalled("4:44"),
            "prepare_case", after=(GRANTED,), stopped_by=SETTLING, party=True),
    ActKind("settled_as_granted", said("vastgesteld zoals verleend", "settled as granted"), "Awb, art. 4:46(1)",
            "decide_case", family="settled", after=(GRANTED,), stopped_by=SETTLING, duty="decide", site=True, letter=True),
    ActKind("settled_lower", said("lager vastgesteld", "settled lower"), "Awb, art. 4:46(2)", "decide_case",
            family="settled", after=(GRANTED, INTENT), stopped_by=SETTLING, duty="decide", letter=True),
    ActKind("settled_at_nil", said("op nihil vastgesteld", "settled at nil"), "Awb, art. 4:46(2)", "decide_case",
            family="settled", after=(GRANTED, INTENT), stopped_by=SETTLING, duty="decide", site=True, letter=True),
    ActKind("recovery_decided", said("terugvordering besloten", "recovery decided"), "Awb, art. 4:57", "decide_case",
            after=(MONEY_OUT, CHANGED), stopped_by=("destroyed", "closed"), duty="decide", letter=True),
    ActKind("advance_paid", said("voorschot betaald", "advance paid"), recalled("4:95"), "pay_case", after=(GRANTED,),
            stopped_by=(*PAYING, "settled"), duty="pay", site=True),
    ActKind("paid", said("betaald", "paid"), recalled("4:52"), "pay_case", after=(GRANTED,), stopped_by=PAYING,
            duty="pay", site=True),
    ActKind("payment_suspended", said("betaling opgeschort", "payment suspended"), "Awb, art. 4:56", "decide_case",
            after=(GRANTED,), stopped_by=("destroyed", "closed", "payments_suspended"), duty="decide", letter=True),
    ActKind("payment_released", said("opschorting van de betaling beëindigd", "payment released"), "Awb, art. 4:56",
            "decide_case", stopped_by=NOTING, answers="payment_suspended", duty="decide", site=True, letter=True,
            lapses="payment-suspension"),
    # --- objection and appeal
    ActKind("objection_received", said("bezwaar ontvangen", "objection received"), "Awb, art. 6:7 and 6:14",
            "prepare_case", after=(DECIDED,), stopped_by=NOTING, party=True),
    ActKind("objection_taken_up", said("bezwaar in behandeling genomen", "objection taken up"),
            "Awb, art. 7:11", "prepare_case", after=(OBJECTED,), stopped_by=("destroyed", "objection_open", "objection_in_hand"),
            site=True),
    ActKind("objection_repair_asked", said("om herstel van het bezwaar gevraagd", "asked to repair the objection"),
            "Awb, art. 6:6", "prepare_case", after=(OBJECTED,), stopped_by=OBJECTING, letter=True),
    ActKind("objection_repaired", said("bezwaar hersteld", "objection repaired"), "Awb, art. 6:6", "prepare_case",
            stopped_by=OBJECTING, answers="objection_repair_asked", party=True),
    ActKind("objection_extended", said("beslissing op bezwaar verdaagd", "decision on the objection extended"),
            "Awb, art. 7:10(3)", "prepare_case", after=(OBJECTED,), stopped_by=OBJECTING, letter=True),
    ActKind("hearing_called", said("uitgenodigd voor de hoorzitting", "called to the hearing"), "Awb, art. 7:2 and 7:4",
            "hear_objection", after=(OBJECTED,), stopped_by=OBJECTING, letter=True),
    ActKind("heard", said("gehoord", "heard"), "Awb, art. 7:2 and 7:5", "hear_objection", after=(OBJECTED,),
            stopped_by=OBJECTING, duty="hear"),
    ActKind("objection_upheld", said("bezwaar gegrond", "objection upheld"), "Awb, art. 7:11", "decide_objection",
            family="objection_decided", after=(OBJECTED,), stopped_by=OBJECTING, duty="decide_objection", letter=True),
    ActKind("objection_partly_upheld", said("bezwaar gedeeltelijk gegrond", "objection partly upheld"), "Awb, art. 7:11",
            "decide_objection", family="objection_decided", after=(OBJECTED,), stopped_by=OBJECTING,
            duty="decide_objection", letter=True),
    ActKind("debt_objection_upheld", said("bezwaar tegen terugvordering, dwangsom of opschorting gegrond",
            "objection against a recovery, penalty or suspension upheld"), "Awb, art. 7:11", "decide_objection",
            family="objection_decided", after=(OBJECTED,), stopped_by=OBJECTING, duty="decide_objection", letter=True),
    ActKind("objection_rejected", said("bezwaar ongegrond", "objection rejected"), "Awb, art. 7:11", "decide_objection",
            family="objection_decided", after=(OBJECTED,), stopped_by=OBJECTING, duty="decide_objection", letter=True),
    ActKind("objection_inadmissible", said("bezwaar niet-ontvankelijk", "objection inadmissible"), "Awb, art. 6:6",
            "decide_objection", family="objection_decided", after=(OBJECTED,), stopped_by=OBJECTING,
            duty="decide_objection", letter=True),
    ActKind("objection_withdrawn", said("bezwaar ingetrokken", "objection withdrawn"), recalled("6:21"), "prepare_case",
            after=(OBJECTED,), stopped_by=OBJECTING, party=True),
    ActKind("appeal_noted", said("beroep genoteerd", "appeal noted"), recalled("8:1"), "note_in_case",
            after=(APPEALABLE,), stopped_by=NOTING),
    ActKind("judgment_noted", said("besluit vernietigd door de rechter", "decision annulled by the court"), recalled("8:72"),
            "note_in_case", after=(APPEALED,), stopped_by=NOTING),
    ActKind("appeal_ended", said("beroep geëindigd", "appeal ended"), recalled("8:70 and 8:72"), "note_in_case", after=(APPEALED,), stopped_by=NOTING),
    # --- late decisions
    ActKind("declared_in_default", said("in gebreke gesteld", "declared in default"), "Awb, art. 4:17(3)", "note_in_case",
            stopped_by=("destroyed", "forwarded", "withdrawn", "decided_without_objection", "objection_decided",
                        "objection_withdrawn"), party=True),
    ActKind("penalty_fixed", said("dwangsom vastgesteld", "penalty fixed"), "Awb, art. 4:18", "decide_case",
            after=(IN_DEFAULT,), stopped_by=NOTING, duty="decide", letter=True),
    ActKind("penalty_paid", said("dwangsom betaald", "penalty paid"), "Awb, art. 4:18", "pay_case", after=(FIXED,),
            stopped_by=NOTING, duty="pay", site=True),
    ActKind("refunded", said("te veel ontvangen geld terugbetaald", "refunded"),
            "assumption: Burgerlijk Wetboek, art. 6:203, recalled and not read", "pay_case",
            stopped_by=("destroyed", "payments_suspended"), duty="pay", site=True),
    # --- noting
    ActKind("dispatched", said("brief verzonden", "letter sent"), recalled("3:41(1)"), "note_in_case", stopped_by=NOTING,
            site=True),
    ActKind("post_returned", said("post teruggekomen", "post returned"), recalled("3:41(2)"), "note_in_case",
            stopped_by=NOTING, site=True),
    ActKind("contact_noted", said("contact genoteerd", "contact noted"), "Archiefwet 1995, art. 3", "note_in_case",
            stopped_by=NOTING, party=True, site=True),
    ActKind("complaint_received", said("klacht ontvangen", "complaint received"), recalled("9:1"), "note_in_case",
            stopped_by=NOTING, party=True),
    ActKind("death_noted", said("overlijden genoteerd", "death noted"),
            "assumption: the rights and duties pass to the heirs; no article of the Awb says so", "note_in_case",
            stopped_by=NOTING),
    ActKind("guardian_noted", said("vertegenwoordiger genoteerd", "guardian noted"), recalled("2:1"), "note_in_case",
            stopped_by=NOTING),
    # --- ending
    ActKind("closed", said("gesloten", "closed"), "Archiefwet 1995, art. 3", "note_in_case", after=(OVER,),
            stopped_by=("destroyed", "closed", "objection_open", "objection_in_hand"), site=True),
    ActKind("reopened", said("opnieuw geopend", "reopened"), "Archiefwet 1995, art. 3", "note_in_case",
            stopped_by=NOTING, answers="closed"),
    ActKind("destroyed", said("vernietigd", "destroyed"), "Archiefwet 1995, art. 3 and 5", "destroy_case", once=True,
            after=(CLOSED,), stopped_by=("destroyed", "objection_open", "objection_in_hand", "contested", "reopened"), site=True),
)  # fmt: skip

ACTS: Mapping[str, ActKind] = {one.name: one for one in _TABLE}
"""All kinds of acts by name, in the order of a case's life."""


def called(act: str, procedure: str) -> Texts:
    """Give what an act is called in a case of a kind of procedure. Example: a grant is "verleend", a loan "toegekend". Raises KeyError."""
    return provision_of(procedure).acts.get(act) or ACTS[act].texts


WHATEVER_IS_GIVEN: Mapping[str, Texts] = {
    GRANTED.texts["nl"]: said("Er is nog niets {granted}.", "Nothing has been {granted}."),
    STOPS["settled"].texts["nl"]: said("De {name} is al {settled}.", "The {name} has been {settled}."),
    STOPS["revoked"].texts["nl"]: said("De {name} is ingetrokken.", "The {name} was revoked."),
}
"""Sentences why an act is forbidden that speak of a grant, as they are of whatever is given."""


def why_said(why: Texts, procedure: str) -> Texts:
    """Give the sentence why an act is forbidden in the words of what a procedure gives. Example: of a loan that it was repaid."""
    found = WHATEVER_IS_GIVEN.get(why["nl"])
    return why if found is None else provision_of(procedure).filled(found)


FAMILIES: Mapping[str, tuple[str, ...]] = {
    family: tuple(one.name for one in _TABLE if one.family == family)
    for family in dict.fromkeys(one.family for one in _TABLE if one.family)
}
"""The shared columns ("decided"), each with the acts that fill it; a stop or `after` may name a family."""

COLUMNS: tuple[str, ...] = (*(f"{name}_at" for name in ACTS), *(f"{name}_at" for name in FAMILIES))
"""All columns of moments on a case."""
