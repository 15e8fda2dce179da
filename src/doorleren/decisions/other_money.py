"""What other money leaves of a grant that is about to be made, and who pays what of its cost.

What was declared stands with the assessment; what was granted before is looked up when it is decided (funded_before.py).
"""

from collections.abc import Mapping
from datetime import date

from doorleren.applications.models import Divided, PartyKind
from doorleren.applications.partnerships.standing import planned
from doorleren.decisions.cost_shares import shares_of
from doorleren.decisions.double_funding import Before, Declared, Lowered, declared_of, lowered
from doorleren.decisions.funded_before import before, law_of_aid, looked_up
from doorleren.decisions.matters import Matter
from doorleren.decisions.on_record import ensure_still_so
from doorleren.decisions.refusing import refused
from doorleren.decisions.sealed import Content
from doorleren.rules.frameworks import LOAN
from doorleren.rules.versions import Stacking


def left_by_other_money(
    matter: Matter, content: Content, cents: int, today: date, *, automatic: bool = False
) -> Lowered:  # fmt: skip
    """Say what other money leaves of a grant of so many cents, with the reason and the calculation.

    `content`: of the assessment; `automatic`: nobody judged. Raises DecisionRefused where nothing is left: then it is refused on that
    ground; where our own decisions say something else by now than when it was assessed; and where somebody must judge whether an
    earlier grant is for the same costs.
    """
    ensure_still_so(matter, content)
    if not cents or not concerned(matter):
        return Lowered(cents)
    declared = _declared(content)
    known = before(matter, today, [one.firms for one in declared.undertakings])
    if automatic and known.unclear:
        raise refused(
            "same_costs",
            "Aan deze aanvrager is al geld verleend door een regeling waarmee deze niet samengaat. Een mens moet bekijken of het om dezelfde kosten gaat. Beoordeel de zaak.",
            "This applicant was granted money before by a scheme that this one does not go together with. Somebody must look whether it is for the same costs. Assess the case.",
        )
    found = lowered(cents, declared, known, matter.version.stacking, law_of_aid().ceiling_on(today))
    if not found.cents and found.why is not None:
        raise refused("other_money", f"Hier blijft niets over om te verlenen: {found.why['nl']}. Wijs af op die grond.",
                      f"Nothing is left to grant: {found.why['en']}. Refuse on that ground.")  # fmt: skip
    return found


def known_before(matter: Matter, today: date, declared: Declared) -> Before:
    """Give what our own decisions say of other money now, for who only looks."""
    return looked_up(matter, today, [one.firms for one in declared.undertakings])


def aid_left(cents: int, declared: Declared, known: Before, rules: Stacking, today: date) -> int:
    """Give what the ceiling over three years leaves of so many cents; all of it where the scheme has none."""
    return lowered(
        cents, declared, known, Stacking(de_minimis_cap=rules.de_minimis_cap), law_of_aid().ceiling_on(today)
    ).cents


def cost_shares(matter: Matter, content: Content, cents: int) -> Mapping[str, int]:
    """Give who pays what of the cost of a grant, by payer (models.share.PAYERS)."""
    declared, financing = _declared(content), dict[str, int]()
    person = matter.application.applicant_kind == PartyKind.PERSON
    told = None if person else planned(matter.application.pk, Divided.FINANCING)
    for one in told.told.parts if told is not None else ():
        financing[one.financier] = financing.get(one.financier, 0) + one.part
    return shares_of(
        cents, declared.price, financing=financing, others=declared.others, own=declared.own, person=person,
        lent=matter.case.procedure == LOAN,
    )  # fmt: skip


def _declared(content: Content) -> Declared:
    return declared_of(content.told.get("declared") or {})


def concerned(matter: Matter) -> bool:
    """Say whether other money can count: the scheme has a rule for it, or the grant is for a training of the register."""
    own = matter.version.stacking
    return own != Stacking(citation=own.citation) or matter.application.activity_id is not None
