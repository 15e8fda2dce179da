"""Who may do which act of the register, and on what: one table; what stands not in it is refused.

Roles are those of `doorleren.people`. A provider acts on its own entries only; an official never on an organisation
that the same person acts for (Awb 2:4: without bias).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from doorleren.core.texts import Texts
from doorleren.register.answers import Answer, Forbidden


class Actor(Protocol):
    """Who acts: a kind and id for the record, the roles, and the KvK numbers of the organisations acted for.

    `site` is the role of what the product does by itself, on its schedule.
    """

    @property
    def kind(self) -> str:
        """Give the kind of the party: "person" or "site"."""

    @property
    def id(self) -> str:
        """Give the id of the party within its kind."""

    @property
    def roles(self) -> Collection[str]:
        """Give the roles held now."""

    @property
    def kvk_numbers(self) -> Collection[str]:
        """Give the KvK numbers of the organisations that this person may act for now."""


@dataclass(frozen=True, slots=True)
class Acting:
    """An actor in plain values."""

    kind: str
    id: str
    roles: frozenset[str] = frozenset()
    kvk_numbers: frozenset[str] = frozenset()


SITE_ITSELF = Acting("site", "", frozenset({"site"}))
"""Who acts when the schedule does."""

OWN: Mapping[str, frozenset[str]] = {
    "apply_for_admission": frozenset({"provider"}),
    "undo_delivery": frozenset({"provider"}),
}
"""Acts that a role may do for an organisation of its own."""

OFFICIAL: Mapping[str, frozenset[str]] = {
    "admit": frozenset({"decider"}),
    "refuse": frozenset({"decider"}),
    "suspend": frozenset({"decider"}),
    "remove_from_register": frozenset({"decider"}),
    "note_former_price": frozenset({"assessor", "decider"}),
    "see_price_history": frozenset({"assessor", "decider", "auditor"}),
    "judge_recognition": frozenset({"assessor", "decider"}),
}
"""Acts of officials, on organisations that are not their own."""

SITE: Mapping[str, frozenset[str]] = {
    "undo_delivery": frozenset({"administrator"}),
    "pull_source": frozenset({"administrator", "site"}),
    "keep_source": frozenset({"administrator"}),
}
"""Acts on the register as a whole."""

_UNKNOWN = {
    "nl": "Deze handeling staat niet in de lijst van wat mag.",
    "en": "This act is not on the list of what is allowed.",
}
_NO_ROLE = {"nl": "U hebt geen rol die dit mag.", "en": "You have no role that may do this."}
_NOT_OWN = {
    "nl": "Dit hoort bij een andere opleider. U mag dit alleen voor uw eigen organisatie.",
    "en": "This belongs to another provider. You may do this for your own organisation only.",
}
_BIASED = {
    "nl": "U hoort zelf bij deze opleider. Een andere ambtenaar moet dit doen.",
    "en": "You belong to this provider yourself. Another official must do this.",
}
_ALLOWED = {"nl": "Dit mag.", "en": "This is allowed."}


def may(actor: Actor | None, act: str, kvk_numbers: Collection[str]) -> Answer:
    """Say whether somebody may do an act on what belongs to the providers with these KvK numbers ("" where none).

    No provider at all (an empty collection) is nobody's own.
    """
    if act not in OWN and act not in OFFICIAL and act not in SITE:
        return Answer(False, _UNKNOWN)
    roles = frozenset(actor.roles) if actor else frozenset()
    mine = {number for number in actor.kvk_numbers if number} if actor else set()
    refused: Texts = _NO_ROLE
    if roles & SITE.get(act, frozenset()):
        return Answer(True, _ALLOWED)
    if roles & OFFICIAL.get(act, frozenset()):
        if mine.isdisjoint(kvk_numbers):
            return Answer(True, _ALLOWED)
        refused = _BIASED
    elif roles & OWN.get(act, frozenset()):
        if kvk_numbers and mine.issuperset(kvk_numbers):
            return Answer(True, _ALLOWED)
        refused = _NOT_OWN
    return Answer(False, refused)


def ensure(actor: Actor | None, act: str, kvk_numbers: Collection[str]) -> None:
    """Raise Forbidden with the sentence unless `may`."""
    answer = may(actor, act, kvk_numbers)
    if not answer.holds:
        raise Forbidden(answer.texts)


def name_of(actor: Actor) -> str:
    """Write who acts as columns keep it: "person:12", or "site"."""
    return f"{actor.kind}:{actor.id}" if actor.id else actor.kind
