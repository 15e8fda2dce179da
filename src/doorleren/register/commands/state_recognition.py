"""State a recognition with its proof: it is kept as stated, and counts once an official has confirmed it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.answers import ActRefused
from doorleren.register.commands.change_provider import locked_provider
from doorleren.register.models import ProofDocument, Provider, RecognitionStated
from doorleren.register.models.provider import RECOGNITION_ROUTES
from doorleren.register.proofs import Proof

MOST_WAITING = 20
"""Recognitions of one provider that can wait for an official at once."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a provider states: the route, and as proof a document or a number in a register with the link to it."""

    route: str
    number: str = ""
    link: str = ""
    proof: Proof | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def state_recognition(
    statement: Statement, *, organisation: Organisation, by: SignedIn, at: datetime
) -> RecognitionStated:  # fmt: skip
    """Keep a recognition with its proof. Raises NotAllowed; ActRefused without proof or where too many wait."""
    ensure(by, "change_provider_details", Thing("provider", organisation.kvk, organisation=organisation.pk), at=at)
    _ask_rules(statement)
    with transaction.atomic():
        provider = locked_provider(organisation, at)
        if RecognitionStated.objects.filter(provider=provider, acts__isnull=True).count() >= MOST_WAITING:
            raise ActRefused({
                "nl": f"Er wachten al {MOST_WAITING} erkenningen op een ambtenaar. Trek er eerst een in.",
                "en": f"{MOST_WAITING} recognitions wait for an official already. Withdraw one first.",
            })  # fmt: skip
        made = RecognitionStated.objects.create(
            provider=provider, route=statement.route, number=statement.number, link=statement.link,
            document=_kept(provider, statement.proof), starts_on=statement.starts_on, ends_on=statement.ends_on,
            stated_at=at, stated_by=f"{by.party.kind}:{by.party.id}",
        )  # fmt: skip
        details: dict[str, Detail] = {"recognition": made.pk, "route": made.route}
        record("recognition_stated", Party("provider", str(provider.pk)), by=by.party, at=at, details=details)
    return made


def _kept(provider: Provider, proof: Proof | None) -> ProofDocument | None:
    if proof is None:
        return None
    return ProofDocument.objects.create(
        provider=provider, file_name=proof.file_name, media_type=proof.media_type, size=len(proof.content),
        sha256=proof.sha256, content=proof.content,
    )  # fmt: skip


def _ask_rules(statement: Statement) -> None:
    if statement.route not in RECOGNITION_ROUTES:
        raise ActRefused(
            {"nl": "Deze manier van erkennen bestaat niet.", "en": "This kind of recognition does not exist."}
        )
    if statement.proof is None and not (statement.number and statement.link):
        raise ActRefused({
            "nl": "Een erkenning heeft een bewijs nodig: een document, of een nummer met een link.",
            "en": "A recognition needs proof: a document, or a number with a link.",
        })  # fmt: skip
    if statement.starts_on and statement.ends_on and statement.ends_on < statement.starts_on:
        raise ActRefused({
            "nl": "Een erkenning kan niet eindigen voor zij begint.",
            "en": "A recognition cannot end before it begins.",
        })  # fmt: skip
