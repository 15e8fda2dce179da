"""Recognitions that providers state themselves: how each stands, and what an official still has to look at.

A recognition counts (`ProviderRecognition`) from the day that an official confirms it. Until then it is "stated": the
check of admission says so, and no scheme, price or facet knows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from doorleren.core.texts import Texts
from doorleren.register.answers import Answer
from doorleren.register.entries import Recognition
from doorleren.register.models import RecognitionAct, RecognitionStated

STATED = "stated"
FOLLOWS: Mapping[str, frozenset[str]] = {
    STATED: frozenset({"confirmed", "rejected", "withdrawn"}),
    "confirmed": frozenset({"rejected", "withdrawn"}),
    "rejected": frozenset(),
    "withdrawn": frozenset(),
}
"""Which act may follow which state. What was rejected or withdrawn is stated anew, with its proof."""

STATES: Mapping[str, Texts] = {
    STATED: {"nl": "opgegeven, nog niet bevestigd", "en": "stated, not yet confirmed"},
    "confirmed": {"nl": "bevestigd", "en": "confirmed"},
    "rejected": {"nl": "afgewezen", "en": "rejected"},
    "withdrawn": {"nl": "ingetrokken", "en": "withdrawn"},
}


@dataclass(frozen=True, slots=True)
class Told:
    """A recognition as a provider stated it: its number, its proof, its days, and how it stands since when and why."""

    key: int
    provider: int
    route: str
    number: str
    link: str
    document: int | None
    file_name: str
    starts_on: date | None
    ends_on: date | None
    state: str
    since: datetime
    reason: str


def state_of(acts: Iterable[RecognitionAct]) -> str:
    """Give how a stated recognition stands after its acts."""
    last = max(acts, key=lambda one: one.pk, default=None)
    return STATED if last is None else last.act


def may_follow(act: str, state: str) -> Answer:
    """Say whether an act may be done on a recognition in a state."""
    if act in FOLLOWS[state]:
        return Answer(True, {"nl": "Dit kan.", "en": "This is possible."})
    return Answer(False, {
        "nl": f"De erkenning is {STATES[state]['nl']}. Zij kan niet meer worden {STATES[act]['nl']}.",
        "en": f"The recognition is {STATES[state]['en']}. It can no longer be {STATES[act]['en']}.",
    })  # fmt: skip


def told_by(provider: int) -> list[Told]:
    """Give all that a provider stated, the newest first."""
    return _told(RecognitionStated.objects.filter(provider=provider).order_by("-pk"))


def waiting() -> list[Told]:
    """Give what no official has judged yet and no provider withdrew, the oldest first."""
    return _told(RecognitionStated.objects.filter(acts__isnull=True).order_by("pk"))


def stated_by(provider: int) -> tuple[Recognition, ...]:
    """Give what a provider stated and nobody judged yet, as the check of admission asks for it."""
    rows = RecognitionStated.objects.filter(provider=provider, acts__isnull=True).order_by("pk")
    return tuple(Recognition(one.route, proof_of(one), one.starts_on, one.ends_on) for one in rows)


def proof_of(stated: RecognitionStated) -> str:
    """Write the proof of a recognition as everybody may see it: its number, else that a document was shown."""
    return stated.number or f"document {stated.document_id}"


def _told(rows: QuerySet[RecognitionStated]) -> list[Told]:
    found = []
    for one in rows.select_related("document").prefetch_related("acts").defer("document__content"):
        acts = sorted(one.acts.all(), key=lambda act: act.pk)
        last = acts[-1] if acts else None
        found.append(
            Told(
                one.pk, one.provider_id, one.route, one.number, one.link, one.document_id,
                one.document.file_name if one.document else "", one.starts_on, one.ends_on, state_of(acts),
                last.done_at if last else one.stated_at, last.reason if last else "",
            )
        )  # fmt: skip
    return found
