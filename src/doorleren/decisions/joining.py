"""Which decisions an objection goes about: the one that it names, and what amends, replaces or withdraws that. Awb 6:19.

One that is decided on an objection counts too, for the other objections of the case. What somebody asked for themselves is not
told of as joined: they have no interest in it. Letting a suspended payment go on replaces nothing: it gives what is asked.
"""

from collections.abc import Collection, Iterable, Sequence

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import state_of
from doorleren.decisions.models import Decision, FixedPenalty, Objection, Revocation, Settlement
from doorleren.decisions.objections import answers_in_force, withdrawn_objections
from doorleren.decisions.revoking_grounds import revoking_grounds

Edge = tuple[int, int]
"""An act, and the one that takes its place; by their keys."""


def followed(against: int, edges: Collection[Edge]) -> frozenset[int]:
    """Give the acts that take the place of one, step by step, without itself. Pure.

    Example: 3 amended by 7, and that withdrawn by 9: of 3 both, of 7 the last.
    """
    found: set[int] = set()
    looked = [against]
    while looked:
        one = looked.pop()
        later = {after for before, after in edges if before == one} - found
        found |= later
        looked += later
    return frozenset(found)


def edges_of(case: int) -> list[Edge]:
    """Read which decision of a case takes the place of which."""
    decided = Decision.objects.filter(case=case, replaces__isnull=False).values_list("replaces__act", "act")
    settled = Settlement.objects.filter(case=case, replaces__isnull=False).values_list("replaces__act", "act")
    fixed = FixedPenalty.objects.filter(act__case=case, replaces__isnull=False).values_list("replaces__act", "act")
    revoked = Revocation.objects.filter(decision__case=case)
    granted = revoked.values_list("decision__act", "act")
    after_settling = revoked.filter(settlement__isnull=False).values_list("settlement__act", "act")
    return [*decided, *settled, *fixed, *granted, *after_settling]


def goes_about(objection: Objection, act: int) -> bool:
    """Say whether an objection goes about a decision, by the key of its act."""
    return objection.against_id == act or act in followed(objection.against_id, edges_of(objection.case_id))


def joined(objections: Sequence[Objection]) -> dict[int, list[CaseAct]]:
    """Give per objection of a case, by its key, which decisions it goes about besides the one that it names, in order.

    Of one that was answered those of before that; one that was withdrawn is left out.
    """
    if not objections:
        return {}
    edges = edges_of(objections[0].case_id)
    gone = withdrawn_objections(objections[0].case_id)
    reached = {one.pk: followed(one.against_id, edges) for one in objections if one.number not in gone}
    standing = answers_in_force().filter(objection__in=objections)
    answered = dict(standing.values_list("objection", "act__number"))
    rows = CaseAct.objects.filter(pk__in=frozenset().union(*reached.values())).order_by("number")
    told = [one for one in rows if _of_interest(one)]
    return {
        key: [
            one for one in told
            if one.pk in acts and ((answer := answered.get(key)) is None or one.number < answer)
        ]
        for key, acts in reached.items()
    }  # fmt: skip


def answered_acts(case: int) -> frozenset[int]:
    """Give the decisions of a case on which an objection was answered, by the keys of their acts: those named, and those that joined before the answer."""
    answered = [one.objection for one in answers_in_force().select_related("objection").filter(objection__case=case)]
    more = (act.pk for acts in joined(answered).values() for act in acts)
    return frozenset((*(one.against_id for one in answered), *more))


def joining(objections: Iterable[Objection], act: CaseAct) -> list[Objection]:
    """Give those of these open objections that go about a decision that was just taken too, and do not name it."""
    edges = edges_of(act.case_id)
    return [one for one in objections if _of_interest(act) and act.pk in followed(one.against_id, edges)]


def withdrawal_in_force(case: Case) -> Revocation | None:
    """Give the withdrawal of a grant or settlement that stands, whether or not an objection runs; None where there is none."""
    if state_of(moments_of(case), without="objection") != "revoked":
        return None
    rows = Revocation.objects.select_related("act", "decision", "settlement").filter(decision__case=case.pk)
    return rows.order_by("-act__number").first()


def _of_interest(act: CaseAct) -> bool:
    """Say whether the parties have an interest in a change: not where they asked for it themselves."""
    ground = revoking_grounds().get(str(act.details.get("ground", "")))
    return ground is None or ground.intent
