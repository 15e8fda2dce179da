"""When the law forbids an act because of another: what stops it, until what, and the sentence for who asks.

The acts themselves stand in `acts.py`. Both are read by the rules (`rules.py`) and by the constraints of the database
(`models/guards.py`), so that a stop is written down once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from doorleren.core.texts import Texts


@dataclass(frozen=True, slots=True)
class After:
    """One of these acts must have happened before, else `texts` is said."""

    any_of: tuple[str, ...]
    texts: Texts


@dataclass(frozen=True, slots=True)
class Stop:
    """Since the act (or family) `by` others are forbidden, until one of `until` happens later than it."""

    id: str
    by: str
    until: tuple[str, ...]
    texts: Texts


def said(nl: str, en: str) -> Texts:
    """Give a sentence in both languages."""
    return {"nl": nl, "en": en}


OVERTURNED = ("objection_upheld", "objection_partly_upheld", "judgment_noted")
"""What makes room for another decision than the one that was taken. A judgment does so only where it annuls a decision on the grant itself."""
IN_HAND = ("objection_received", "objection_taken_up")
"""What puts an objection in hand: that it came, that the one before it was answered, or that a court annulled the answer to it."""
UNCLOSED = ("reopened", "objection_received", "appeal_noted", "judgment_noted")

_ALL = (
    Stop("destroyed", "destroyed", (), said("Dit dossier is vernietigd.", "This file has been destroyed.")),
    Stop("forwarded", "forwarded", (), said(
        "De aanvraag is doorgestuurd naar de instantie die erover gaat.",
        "The application was forwarded to the authority that it is for.",
    )),
    Stop("closed", "closed", UNCLOSED, said(
        "Deze zaak is gesloten. Open haar eerst opnieuw.", "This case is closed. Reopen it first.",
    )),
    Stop("withdrawn", "withdrawn", (), said("De aanvraag is ingetrokken.", "The application was withdrawn.")),
    Stop("decided", "decided", OVERTURNED, said(
        "Er is al beslist op de aanvraag.", "The application has been decided on.",
    )),
    Stop("decided_without_objection", "decided", (*IN_HAND, "judgment_noted"), said(
        "Er is al beslist, en er loopt geen bezwaar.", "It has been decided, and there is no objection.",
    )),
    Stop("incomplete", "asked_to_complete", ("completed",), said(
        "De aanvraag is nog niet compleet.", "The application is not complete yet.",
    )),
    Stop("complete", "completed", ("asked_to_complete",), said(
        "De aanvraag is aangevuld. Zij kan niet meer buiten behandeling blijven.",
        "The application was completed. It can no longer be left out of treatment.",
    )),
    Stop("changed", "completed", ("assessed",), said(
        "De aanvraag is aangevuld na de beoordeling. Beoordeel haar eerst.",
        "The application was completed after the assessment. Assess it first.",
    )),
    Stop("refused", "refused", ("granted", "partly_granted"), said(
        "De aanvraag is afgewezen.", "The application was refused.",
    )),
    Stop("left_out", "left_out", ("granted", "partly_granted"), said(
        "De aanvraag is niet in behandeling genomen.", "The application was left out of treatment.",
    )),
    Stop("settled", "settled", OVERTURNED, said("De subsidie is al vastgesteld.", "The grant has been settled.")),
    Stop("settled_unasked", "settled", (*OVERTURNED, "contact_noted"), said(
        "Het bedrag is al vastgesteld, en daarna is niets gevraagd.",
        "The amount has been settled, and nothing was asked after that.",
    )),
    Stop("revoked", "revoked", OVERTURNED, said("De subsidie is ingetrokken.", "The grant was revoked.")),
    Stop("payments_suspended", "payment_suspended", ("payment_released",), said(
        "De betaling is opgeschort.", "Payment has been suspended.",
    )),
    Stop("objection_decided", "objection_decided", IN_HAND, said(
        "Op het bezwaar is al beslist.", "The objection has been decided on.",
    )),
    Stop("objection_withdrawn", "objection_withdrawn", IN_HAND, said(
        "Het bezwaar is ingetrokken.", "The objection was withdrawn.",
    )),
    Stop("objection_open", "objection_received", ("objection_decided", "objection_withdrawn"), said(
        "Er loopt nog een bezwaar.", "There is an objection that has not been decided on.",
    )),
    Stop("objection_in_hand", "objection_taken_up", ("objection_decided", "objection_withdrawn"), said(
        "Er loopt nog een ander bezwaar.", "There is another objection that has not been decided on.",
    )),
    Stop("reopened", "reopened", ("closed",), said(
        "De zaak is opnieuw geopend. Sluit haar eerst.", "The case was reopened. Close it first.",
    )),
    Stop("contested", "objection_received", ("closed",), said(
        "Na het sluiten kwam een bezwaar. Sluit de zaak eerst opnieuw.",
        "An objection came after the closing. Close the case again first.",
    )),
)  # fmt: skip

STOPS: Mapping[str, Stop] = {one.id: one for one in _ALL}
"""All stops by their id, in the order in which they are told."""
