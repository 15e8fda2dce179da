"""How the enrolment stands with which a person applies: what the scheme asks, and what the provider has confirmed. Reads only.

A scheme asks it with evidence that the training provider may confirm (`confirmed_by`), in a track that a person files
for oneself. The two numbers that are matched are the key of the application and the number of its activity.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from doorleren.applications.answers import Counted, track_of
from doorleren.applications.models import Application, EnrolmentProof, EnrolmentStep
from doorleren.applications.one_training import asks_enrolment, is_enrolment
from doorleren.schemes.queries import version_of

TOLD_BY_PROOF = {"training.starts_on": "starts_on", "training.price": "cents"}
"""Facts that a confirmed enrolment answers, and the column that tells each."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How it stands: the two numbers, and the confirmation that counts. Without an activity nothing can be matched.

    `others` names facts that the provider confirmed and for which the application says something else. `needed`: one
    cannot submit without it, or a file in its place.
    """

    key: str
    activity: int | None
    proof: EnrolmentProof | None
    others: tuple[str, ...] = ()
    needed: bool = False


def proof_of(application: int) -> EnrolmentProof | None:
    """Give the confirmation that counts; None where there is none, or it was taken back."""
    found = (
        EnrolmentProof.objects.filter(application=application).select_related("organisation").order_by("-id").first()
    )
    return found if found is not None and found.step == EnrolmentStep.CONFIRMED else None


def proven_among(applications: Collection[int]) -> set[int]:
    """Give those of these applications of which the enrolment stands confirmed, in the activity that they name now."""
    rows = (
        EnrolmentProof.objects.filter(application__in=applications)
        .order_by("application", "-id")
        .distinct("application")
    )
    told = rows.values_list("application", "step", "activity", "application__activity")
    return {one for one, step, proven, named in told if step == EnrolmentStep.CONFIRMED and proven == named}


def enrolment_of(application: Application, answers: Iterable[Counted] = ()) -> Enrolled | None:
    """Give how the enrolment of an application stands; None where its scheme asks none."""
    version, track = version_of(application.round.version_id), track_of(application)
    if not asks_enrolment(version, track):
        return None
    proof = proof_of(application.pk)
    if proof is not None and proof.activity_id != application.activity_id:
        proof = None
    needed = any(
        is_enrolment(one) and track.id in one.tracks and one.needed_by == "submission" for one in version.evidence
    )
    return Enrolled(application.key, application.activity_id, proof, _others(proof, answers), needed)


def enrolment_confirmed(application: Application) -> bool:
    """Say whether the provider of its activity confirmed the enrolment of an application."""
    found = enrolment_of(application)
    return found is not None and found.proof is not None


def _others(proof: EnrolmentProof | None, answers: Iterable[Counted]) -> tuple[str, ...]:
    told = {name: getattr(proof, column, None) for name, column in TOLD_BY_PROOF.items()}
    return tuple(
        one.fact
        for one in answers
        if not one.subject_number and told.get(one.fact) is not None and told[one.fact] != one.value
    )
