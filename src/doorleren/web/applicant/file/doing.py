"""What one can do in a file now: the acts that are open to the party as the case stands, each with its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.access import may_report, may_say_of_delivery
from doorleren.cases.asked import still_asked
from doorleren.cases.commands.write_message import something_asked
from doorleren.cases.recording import life_of, moments_of
from doorleren.cases.rules import stands, why_not
from doorleren.cases.terms import CaseTerm
from doorleren.cases.terms.default import overdue
from doorleren.core.days import day_of
from doorleren.decisions.delivering import open_to_report, word_awaited
from doorleren.decisions.joining import answered_acts
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Objection
from doorleren.decisions.models.decision import GIVING
from doorleren.decisions.objections import Contestable, contestable, objections_open
from doorleren.payments.commands.give_account import may_give
from doorleren.payments.commands.stop_account import own_coming
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.applicant.file.words import act_named, late_with_words
from doorleren.web.provision_words import file_said
from doorleren.web.public.values import day_in_words

WAITED_FOR = ("complete", "repair", "delivery-word", "delivery", "view")
"""What we wait for: its button stands out."""
PAGES = ("complete", "withdraw", "account", "give-account")
"""What has a page of its own."""
WITHDRAWAL, DEFAULT = "objection-withdrawal", "default"
SURE = (DEFAULT, WITHDRAWAL, "settlement")
"""What asks only whether one is sure."""


def doings(found: OwnFile) -> list[dict[str, Any]]:
    """List what can be done now, what matters most first."""
    words = {
        "complete": _("Vul uw aanvraag aan"), "repair": _("Vul uw bezwaar aan"), "delivery-word": _("Klopt wat over u is gemeld?"),
        "delivery": _("Meld dat het is afgerond"), "account": _("Stop de andere rekening"), "view": _("Laat weten wat u ervan vindt"),
        DEFAULT: _("Zeg dat wij te laat zijn"), "more_time": _("Vraag meer tijd"), "objection": _("Maak bezwaar"),
        "progress": _("Laat weten hoe het gaat"), "settlement": file_said(found.case.procedure)["ask"],
        "give-account": _("Geef uw rekeningnummer door"), "question": _("Stel een vraag"), "change": _("Er is iets veranderd"),
        WITHDRAWAL: _("Trek uw bezwaar in"), "withdraw": _("Trek uw aanvraag in"),
    }  # fmt: skip
    return [
        {"name": name, "label": said, "url": url, "waited_for": name in WAITED_FOR}
        for name, label in words.items()
        if is_open(found, name)
        for said, url in _ways(found, name, label)
    ]


def _ways(found: OwnFile, name: str, label: str) -> list[tuple[str, str]]:
    """Give what the button of something says and its page; one for each where there are several to choose from."""
    if name == WITHDRAWAL:
        return _withdrawals(found)
    if name == "objection" and (len(objectable(found)) > 1 or late_objections(found)):
        in_time = in_time_objections(found)
        return [
            (
                objection_words(one, found.case.procedure) if len(in_time) > 1 else label,
                f"{url_of(found, name)}?against={one.act.number}",
            )
            for one in in_time
        ]
    late, url = late_terms(found) if name == DEFAULT else {}, url_of(found, name)
    if len(late) < 2:
        return [(label, url)]
    return [(default_words(found, about), f"{url}?objection={about}") for about in late]


def _withdrawals(found: OwnFile) -> list[tuple[str, str]]:
    """Give what the button says and its page for each objection that can be withdrawn, by its day and decision where there are several."""
    rows, url = objections_open(found.case.pk), url_of(found, WITHDRAWAL)
    if len(rows) == 1:
        return [(_("Trek uw bezwaar in"), url)]
    return [(withdrawal_words(one, found.case.procedure), f"{url}?objection={one.number}") for one in rows]


def objection_words(one: Contestable, procedure: str) -> str:
    """Say to which decision one objects: what it did and its day."""
    return _("Maak bezwaar (%(what)s)") % {"what": act_named(one.act, procedure)}


def withdrawal_words(one: Objection, procedure: str) -> str:
    """Say which objection is withdrawn: of which day, against which decision."""
    said = _("Trek uw bezwaar van %(day)s in") % {"day": day_in_words(one.received_on)}
    return f"{said} ({act_named(one.against, procedure)})"


def default_words(found: OwnFile, about: int) -> str:
    """Say with which decision we are late: that on the application (0), or that on an objection, of which day and against what."""
    return _("Zeg dat wij te laat zijn met %(what)s") % {
        "what": late_with_words(found.told.acts, about, found.case.procedure)
    }


def url_of(found: OwnFile, name: str) -> str:
    """Give the page of something that one can do."""
    if name in ("delivery", "delivery-word"):
        return reverse(f"applications-{name}", args=[found.application.pk])
    if name in SURE:
        return found.url("-sure", name)
    return found.url(f"-{name}") if name in PAGES else found.url("-write", name)


def is_open(found: OwnFile, name: str) -> bool:
    """Say whether the party can do this now; what a letter has yet to tell opens nothing."""
    moments = moments_of(found.case)
    if found.case.destroyed_at is not None:
        return False
    if name == "complete":
        return found.told.state == "incomplete" and why_not("completed", moments) is None
    if name == "delivery":
        return bool(may_report(found.own.who, found.application, at=found.own.at)) and bool(
            open_to_report((found.case,))
        )
    if name == "delivery-word":
        return word_asked(found)
    if name == "view":
        return still_asked(found.told.acts, "intent_notified") is not None and why_not("view_received", moments) is None
    if name == "repair":
        return (
            still_asked(found.told.acts, "objection_repair_asked") is not None
            and why_not("objection_repaired", moments) is None
        )
    if name == DEFAULT:
        return bool(late_terms(found)) and why_not("declared_in_default", moments) is None
    if name == "progress":
        return found.told.state == "granted" and why_not("progress_reported", moments) is None
    if name == "settlement":
        return waits_for_request(found)
    if name == "give-account":
        return may_give(found.application, found.case) and money_may_come(found)
    if name == "more_time":
        return something_asked(found.case) and found.told.last("asked_to_complete", "intent_notified") is not None
    if name == "objection":
        return bool(objectable(found))
    if name == WITHDRAWAL:
        return found.told.state == "objection" and bool(objections_open(found.case.pk))
    if name == "account":
        return bool(own_coming(found.application, found.own.at))
    if name == "withdraw":
        return why_not("withdrawn", moments) is None and found.application.withdrawn_at is None
    return name in ("question", "change") and why_not("contact_noted", moments) is None


def money_may_come(found: OwnFile) -> bool:
    """Say whether the party can be paid in this file: something was given, or a penalty was fixed, and the file is not done with."""
    decision = found.told.decision
    given = (decision is not None and decision.kind in GIVING) or found.told.last("penalty_fixed") is not None
    return given and found.told.state not in ("withdrawn", "forwarded", "closed", "destroyed")


def word_asked(found: OwnFile) -> bool:
    """Say whether who asks is yet to say whether a report about them is right."""
    own = found.own
    may = may_say_of_delivery(own.who, found.application, at=own.at)
    return bool(may) and word_awaited(found.case) is not None


def objectable(found: OwnFile) -> list[Contestable]:
    """Give the decisions, told by a letter, that one can object to now, in time or not, the last one first.

    Not those with an open objection, nor those on which an objection was answered: the court is next (Awb 8:1, recalled).
    """
    if found.told.decision is None or why_not("objection_received", moments_of(found.case)) is not None:
        return []
    told = {one.number for one in found.told.acts}
    closed = {one.against_id for one in objections_open(found.case.pk)} | answered_acts(found.case.pk)
    return [
        one for one in contestable(found.case)
        if one.act.number in told and one.last_day is not None and one.act.pk not in closed
    ]  # fmt: skip


def in_time_objections(found: OwnFile) -> list[Contestable]:
    """Give those of `objectable` of which the six weeks still run."""
    today = day_of(found.own.at)
    return [one for one in objectable(found) if one.last_day is not None and one.last_day >= today]


def late_objections(found: OwnFile) -> list[Contestable]:
    """Give those of `objectable` of which the six weeks are over: an objection is taken, and treated only if that is excused (Awb 6:11)."""
    today = day_of(found.own.at)
    return [one for one in objectable(found) if one.last_day is not None and one.last_day < today]


def late_terms(found: OwnFile) -> dict[int, CaseTerm]:
    """Give the terms for deciding that have passed, while nobody told us so: on the application (0), on objections by their number."""
    return overdue(life_of(found.case, found.told.acts), found.told.terms, day_of(found.own.at))


def waits_for_request(found: OwnFile) -> bool:
    """Say whether the grant is settled once the party asks for it, which it has not done."""
    decision, moments = found.told.decision, moments_of(found.case)
    if found.told.state != "granted" or decision is None or why_not("settlement_requested", moments) is not None:
        return False
    if stands(moments, "settlement_requested", ("settled",)):
        return False
    return matter_of(found.case).handled(decision.amount_cents).settling.how == "on_request"
