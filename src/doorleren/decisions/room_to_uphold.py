"""Which ways of upholding an objection a case leaves room for: what the open ones go about, and whether there is more to give. Reads only.

The commands that uphold (commands/decide_objection.py and uphold_*.py) refuse the rest when they are tried; here it is told before.
"""

from dataclasses import dataclass
from functools import cached_property

from doorleren.cases.models import Case
from doorleren.cases.recording import law, moments_of
from doorleren.cases.rules import stands
from doorleren.cases.stops import STOPS, said
from doorleren.core.texts import Texts
from doorleren.decisions.commands.lift_recovery import debt_so_far
from doorleren.decisions.joining import edges_of, followed, withdrawal_in_force
from doorleren.decisions.models import GIVING, FixedPenalty, Objection, Recovery
from doorleren.decisions.objections import objections_open
from doorleren.decisions.queries import assessment_in_force, decision_in_force
from doorleren.decisions.settling import not_settled_later, settled_later, settlement_in_force

WITHDRAWN = said(
    "Wat was toegekend, is daarna ingetrokken. Beslis of de intrekking doorgaat.",
    "What was granted was withdrawn after that. Decide whether the withdrawal stands.",
)
NOT_ABOUT_IT = said(
    "Geen bezwaar dat nog loopt, gaat over het besluit op de aanvraag.",
    "No open objection is about the decision on the application.",
)
ALL_GRANTED = said(
    "Alles wat is gevraagd, is al toegekend. Het bezwaar kan niet tot meer leiden.",
    "All that was asked has been granted. The objection cannot lead to more.",
)
NOT_ASSESSED = said(
    "Laat de aanvraag eerst opnieuw beoordelen, na het bezwaar.",
    "Let the application be assessed anew first, after the objection.",
)
NOT_ABOUT_SETTLING = said(
    "Geen bezwaar dat nog loopt, gaat over de vaststelling of de afrekening.",
    "No open objection is about the settlement.",
)
ALL_SETTLED = said(
    "Hoger kan niet: het bedrag is al alles wat is toegekend.",
    "It cannot be higher: the amount is all that was granted.",
)
NOT_ABOUT_WITHDRAWING = said(
    "Geen bezwaar dat nog loopt, gaat over de intrekking.", "No open objection is about the withdrawal."
)
NOT_ABOUT_RECOVERY = said(
    "Geen bezwaar dat nog loopt, gaat over een terugvordering.", "No open objection is about a recovery."
)
NOTHING_FALLS = said(
    "Van deze terugvordering staat niets meer open dat kan vervallen.", "Nothing of this recovery is left to fall away."
)
NOT_ABOUT_PENALTY = said(
    "Geen bezwaar dat nog loopt, gaat over de laatste dwangsom.", "No open objection is about the last penalty."
)
HIGHEST = said(
    "De dwangsom is al zo hoog als de wet toelaat (Awb artikel 4:17).",
    "The penalty is as high as the law allows (Awb 4:17).",
)
NOT_ABOUT_SUSPENSION = said(
    "Geen bezwaar dat nog loopt, gaat over een opschorting die nog duurt.",
    "No open objection is about a suspension that still lasts.",
)


@dataclass(frozen=True)
class RoomToUphold:
    """How a case stands for upholding an objection: per way the sentence why it cannot be, or None. Asked while one is open."""

    case: Case

    @cached_property
    def _open(self) -> list[Objection]:
        return objections_open(self.case.pk)

    @cached_property
    def _withdrawn(self) -> int | None:
        """Give the act of the withdrawal that stands."""
        found = withdrawal_in_force(self.case)
        return None if found is None else found.act_id

    def _about(self, act: int) -> list[Objection]:
        """Give the open objections that go about a decision, by the key of its act."""
        edges = edges_of(self.case.pk)
        return [one for one in self._open if one.against_id == act or act in followed(one.against_id, edges)]

    @cached_property
    def granting(self) -> Texts | None:
        """Say why nothing is granted anew."""
        if (later := settled_later(self.case)) is not None:
            return later
        before = decision_in_force(self.case.pk)
        about = [] if before is None else self._about(before.act_id)
        if before is None or not about:
            return NOT_ABOUT_IT
        if self._withdrawn is not None:
            return WITHDRAWN
        if before.kind in GIVING and before.amount_cents >= before.asked_cents:
            return ALL_GRANTED
        found = assessment_in_force(self.case.pk)
        return None if found is not None and found.act.number > about[0].act.number else NOT_ASSESSED

    @cached_property
    def settling(self) -> Texts | None:
        """Say why no more is settled."""
        if (never := not_settled_later(self.case)) is not None:
            return never
        before = settlement_in_force(self.case.pk)
        if before is None or not self._about(before.act_id):
            return NOT_ABOUT_SETTLING
        if self._withdrawn is not None:
            return WITHDRAWN
        return ALL_SETTLED if before.settled_cents >= before.granted_cents else None

    @cached_property
    def withdrawing(self) -> Texts | None:
        """Say why no withdrawal is undone."""
        if self._withdrawn is None or not self._about(self._withdrawn):
            return NOT_ABOUT_WITHDRAWING
        return None

    @cached_property
    def recovering(self) -> Texts | None:
        """Say why no recovery falls away."""
        rows = Recovery.objects.filter(act__in=[one.against_id for one in self._open])
        debts = [debt_so_far(one) for one in rows]
        if not debts:
            return NOT_ABOUT_RECOVERY
        return None if any(one.stands or one.waived for one in debts) else NOTHING_FALLS

    @cached_property
    def penalising(self) -> Texts | None:
        """Say why no penalty becomes higher."""
        rows = [found for one in self._open if (found := penalty_in_force(one)) is not None]
        if not rows:
            return NOT_ABOUT_PENALTY
        most = sum(one.days for one in law().penalty.steps)
        return None if any(one.days < most for one in rows) else HIGHEST

    @cached_property
    def suspending(self) -> Texts | None:
        """Say why no suspension of payment ends."""
        return None if any(suspension_lasts(self.case, one) for one in self._open) else NOT_ABOUT_SUSPENSION


def penalty_in_force(objection: Objection) -> FixedPenalty | None:
    """Give the last penalty for its notice, where the objection goes about that one; None where it does not.

    It names the first where it was upheld before, and a court annulled that answer.
    """
    rows = FixedPenalty.objects.select_related("notice", "act").filter(act__case=objection.case_id, replaced_by=None)
    answers = objection.answers.values_list("instead", flat=True)
    return next((one for one in rows if one.act_id == objection.against_id or one.act_id in answers), None)


def suspension_lasts(case: Case, objection: Objection) -> bool:
    """Say whether an objection is against the suspension of payment of a case, and that one still lasts."""
    stop = STOPS["payments_suspended"]
    against = objection.against
    lasts = stands(moments_of(case), stop.by, stop.until)
    return against.act == "payment_suspended" and lasts and against.at == case.payment_suspended_at
