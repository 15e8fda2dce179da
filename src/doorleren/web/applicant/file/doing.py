"""What one can do in a file now: the acts that are open to the party as the case stands, each with its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.access import may_report, may_say_of_delivery
from doorleren.cases.commands.write_message import something_asked
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.decisions.delivering import open_to_report, word_awaited
from doorleren.decisions.objections import contestable, objection_open
from doorleren.payments.commands.stop_account import own_coming
from doorleren.web.applicant.file.own import OwnFile

WAITED_FOR = ("complete", "delivery-word", "delivery", "view")
"""What we wait for: its button stands out."""
ANSWERS = {"asked_to_complete": "completed", "intent_notified": "view_received"}
"""What a party is asked, each with the act that answers it."""
DECIDING = (
    "granted", "partly_granted", "refused", "left_out", "amended", "revoked", "withdrawn", "settled_as_granted",
    "settled_lower", "settled_at_nil", "closed",
)  # fmt: skip
"""What ends both."""


def doings(found: OwnFile) -> list[dict[str, Any]]:
    """List what can be done now, what matters most first."""
    words = {
        "complete": _("Vul uw aanvraag aan"), "delivery-word": _("Klopt wat over u is gemeld?"),
        "delivery": _("Meld dat het is afgerond"), "account": _("Stop de andere rekening"), "view": _("Laat weten wat u ervan vindt"),
        "more_time": _("Vraag meer tijd"), "objection": _("Maak bezwaar"), "question": _("Stel een vraag"),
        "change": _("Er is iets veranderd"), "withdraw": _("Trek uw aanvraag in"),
    }  # fmt: skip
    return [
        {"name": name, "label": label, "url": url_of(found, name), "waited_for": name in WAITED_FOR}
        for name, label in words.items()
        if is_open(found, name)
    ]


def url_of(found: OwnFile, name: str) -> str:
    """Give the page of something that one can do."""
    if name in ("delivery", "delivery-word"):
        return reverse(f"applications-{name}", args=[found.application.pk])
    return found.url(f"-{name}") if name in ("complete", "withdraw", "account") else found.url("-write", name)


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
        asked = still_asked(found, "intent_notified", ANSWERS["intent_notified"])
        return asked is not None and why_not("view_received", moments) is None
    if name == "more_time":
        return something_asked(found.case) and found.told.last("asked_to_complete", "intent_notified") is not None
    if name == "objection":
        return can_object(found)
    if name == "account":
        return bool(own_coming(found.application, found.own.at))
    if name == "withdraw":
        return why_not("withdrawn", moments) is None and found.application.withdrawn_at is None
    return name in ("question", "change") and why_not("contact_noted", moments) is None


def asked_act(found: OwnFile) -> CaseAct | None:
    """Give the last act that still asks the party something: not what was given since, or was decided without it."""
    asked = [one for act, answer in ANSWERS.items() if (one := still_asked(found, act, answer)) is not None]
    return max(asked, key=lambda one: one.number, default=None)


def still_asked(found: OwnFile, act: str, answer: str) -> CaseAct | None:
    """Give the last act of a kind, while its answer did not come and nothing was decided since; other acts do not end it."""
    last = found.told.last(act, answer, *DECIDING)
    return last if last is not None and last.act == act else None


def word_asked(found: OwnFile) -> bool:
    """Say whether who asks is yet to say whether a report about them is right."""
    own = found.own
    return bool(may_say_of_delivery(own.who, found.application, at=own.at)) and found.case.state == "granted" and (
        word_awaited(found.case.pk) is not None
    )  # fmt: skip


def can_object(found: OwnFile) -> bool:
    """Say whether there is a decision, told by a letter, that one can object to, and no objection open."""
    return (
        found.told.decision is not None and bool(contestable(found.case)) and objection_open(found.case.pk) is None
        and why_not("objection_received", moments_of(found.case)) is None
    )  # fmt: skip
