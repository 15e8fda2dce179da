"""What one can do in a file now: the acts that are open to the party as the case stands, each with its page."""

from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.commands.write_message import something_asked
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.decisions.objections import contestable, objection_open
from doorleren.payments.commands.stop_account import own_coming
from doorleren.web.applicant.file.own import OwnFile


def doings(found: OwnFile) -> list[dict[str, Any]]:
    """List what can be done now, what matters most first."""
    words = {
        "complete": _("Vul uw aanvraag aan"), "account": _("Stop de andere rekening"), "view": _("Laat weten wat u ervan vindt"),
        "more_time": _("Vraag meer tijd"), "objection": _("Maak bezwaar"), "question": _("Stel een vraag"),
        "change": _("Er is iets veranderd"), "withdraw": _("Trek uw aanvraag in"),
    }  # fmt: skip
    return [
        {"name": name, "label": label, "url": url_of(found, name)}
        for name, label in words.items()
        if is_open(found, name)
    ]


def url_of(found: OwnFile, name: str) -> str:
    """Give the page of something that one can do."""
    return found.url(f"-{name}") if name in ("complete", "withdraw", "account") else found.url("-write", name)


def is_open(found: OwnFile, name: str) -> bool:
    """Say whether the party can do this now; what a letter has yet to tell opens nothing."""
    moments = moments_of(found.case)
    if found.case.destroyed_at is not None:
        return False
    if name == "complete":
        return found.told.state == "incomplete" and why_not("completed", moments) is None
    if name == "view":
        asked, given = found.told.last("intent_notified"), found.told.last("view_received")
        open_still = asked is not None and (given is None or given.number < asked.number)
        return open_still and why_not("view_received", moments) is None
    if name == "more_time":
        return something_asked(found.case) and found.told.last("asked_to_complete", "intent_notified") is not None
    if name == "objection":
        return can_object(found)
    if name == "account":
        return bool(own_coming(found.application, found.own.at))
    if name == "withdraw":
        return why_not("withdrawn", moments) is None and found.application.withdrawn_at is None
    return name in ("question", "change") and why_not("contact_noted", moments) is None


def can_object(found: OwnFile) -> bool:
    """Say whether there is a decision, told by a letter, that one can object to, and no objection open."""
    return (
        found.told.decision is not None and bool(contestable(found.case)) and objection_open(found.case.pk) is None
        and why_not("objection_received", moments_of(found.case)) is None
    )  # fmt: skip
