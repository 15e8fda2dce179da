"""Scoring an application: points with a motivation for each criterion of the scheme's file. It is advice on the case (Awb 3:5).

So who scored an application does not decide on it (cases/access.py: it is a hand in assessing).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.cases.commands.perform import perform
from doorleren.core.texts import Texts
from doorleren.decisions.commands.declare_interest import scoring
from doorleren.decisions.committee.scores import SCORES
from doorleren.decisions.models import ConflictDeclaration, Score, ScoreSheet
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content, seal
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rules.versions import Criterion

LONGEST = 2000


def give_scores(
    case: int, points: Mapping[str, int], why: Mapping[str, str], *, by: SignedIn, at: datetime
) -> ScoreSheet:  # fmt: skip
    """Give an application points and a motivation per criterion, after one declared no conflict; again: the last counts.

    Raises NotAllowed (also for who had a hand in the application), CaseRefused, DecisionRefused with the first fault.
    """
    with transaction.atomic():
        matter, member = scoring(case, by, at)
        if by.person in took_part(matter.application.pk):
            raise NotAllowed(Refused("entered_it"))
        ensure_no_conflict(
            ConflictDeclaration.objects.filter(member=member, case=matter.case).order_by("-number").first()
        )
        criteria = matter.version.criteria
        if not criteria:
            raise refused("no_criteria", "In de regeling staan geen criteria om punten voor te geven.",
                          "The scheme names no criteria to give points for.")  # fmt: skip
        for field, texts in faults_of(criteria, points, why).items():
            raise DecisionRefused(texts, field, "scores")
        number = ScoreSheet.objects.filter(member=member, case=matter.case).count() + 1
        details = {"round": matter.round.pk, "member": member.pk, "sheet": number}
        act = perform(case, "advised", by=by, at=at, details=details)
        told = {one.id: why[one.id].strip() for one in criteria}
        content = seal(Content(told=told), act.case, f"{SCORES}-{member.pk}-{number}", at)
        sheet = ScoreSheet.objects.create(member=member, case=act.case, number=number, act=act, content=content)
        Score.objects.bulk_create(
            Score(sheet=sheet, criterion=one.id, points=points[one.id], least=one.least, most=one.most) for one in criteria
        )  # fmt: skip
    return sheet


def ensure_no_conflict(declared: ConflictDeclaration | None) -> None:
    """Raise DecisionRefused unless the last declaration says that there is no conflict of interest."""
    if declared is None:
        raise refused("not_declared", "Verklaar eerst of u een belang hebt bij deze aanvraag.",
                      "First declare whether you have an interest in this application.")  # fmt: skip
    if declared.conflict:
        raise refused("conflict", "U hebt een belang bij deze aanvraag. U geeft er geen punten voor.",
                      "You have an interest in this application. You give it no points.")  # fmt: skip


def faults_of(
    criteria: Sequence[Criterion], points: Mapping[str, int], why: Mapping[str, str]
) -> dict[str, Texts]:  # fmt: skip
    """Say by field (points-ID, why-ID) what is wrong with scores; nothing where they are whole. Pure."""
    wrong: dict[str, Texts] = {}
    for one in criteria:
        if not one.least <= points.get(one.id, -1) <= one.most:
            wrong[f"points-{one.id}"] = {
                "nl": f"Kies {one.least} tot en met {one.most} punten, zonder cijfers achter de komma.",
                "en": f"Choose {one.least} to {one.most} points, whole numbers.",
            }
        if not 0 < len(why.get(one.id, "").strip()) <= LONGEST:
            wrong[f"why-{one.id}"] = {
                "nl": f"Schrijf op waarom u deze punten geeft, in hoogstens {LONGEST} tekens.",
                "en": f"Write down why you give these points, in at most {LONGEST} characters.",
            }
    unknown = sorted({*points, *why} - {one.id for one in criteria})
    if unknown:
        allowed = ", ".join(one.id for one in criteria)
        wrong[f"points-{unknown[0]}"] = {
            "nl": f"Dit criterium bestaat niet: {unknown[0]}. Kies uit: {allowed}.",
            "en": f"There is no such criterion: {unknown[0]}. Choose from: {allowed}.",
        }
    return wrong
