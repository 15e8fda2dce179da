"""Other money beside the rules of a case: what was said of it, what our own decisions say, and what it leaves. Looked up, not decided."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.answers import Counted
from doorleren.applications.other_money import PAID_BY_OTHER
from doorleren.applications.partnerships.totals import AID, LINKED
from doorleren.decisions.double_funding import Before, Undertaking
from doorleren.decisions.judging import Judged
from doorleren.decisions.matters import Matter
from doorleren.decisions.other_money import aid_left, known_before
from doorleren.web import known
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.case_found import badges, cited
from doorleren.web.public.values import euros


def other_money_shown(matter: Matter, says: Judged, answers: Iterable[Counted]) -> list[dict[str, Any]]:
    """Describe other money as rows of rules (case_written.rules); none once it was decided, or where the scheme has no rule on it."""
    rules = matter.version.stacking
    if matter.case.decided_at is not None or rules.citation is None:
        return []
    declared, today, answers = says.declared, known.today(), list(answers)
    if not rules.excludes and not declared.undertakings:
        return []
    before, rows = known_before(matter, today, declared), list[dict[str, Any]]()
    if rules.excludes:
        rows.append(_row(
            matter, _("voor dezelfde kosten is er geen geld van een regeling waarmee deze niet samengaat"),
            [*_told(answers, {PAID_BY_OTHER}), _looked_up(_("al geld van zo'n regeling"), _of_excluded(before))],
            *_ground_of_excluded(before),
        ))  # fmt: skip
    if declared.undertakings:
        left = aid_left(says.cents or 0, declared, before, rules, today)
        found = _("er blijft %(left)s over, en alleen dat kan worden verleend") % {"left": euros(left)}
        cut = left < (says.cents or 0)
        rows.append(_row(
            matter, _("met deze steun blijft elke onderneming onder de grens voor de-minimissteun in drie jaar"),
            [*_told(answers, {AID, LINKED}), *_of_each(declared.undertakings, before)],
            None if cut else True, found if cut else "",
        ))  # fmt: skip
    return rows


def _row(matter: Matter, text: str, facts: list[dict[str, Any]], met: bool | None, ground: str) -> dict[str, Any]:
    citation = matter.version.stacking.citation
    return {
        "text": text, "cited": cited(citation) if citation else "", "facts": facts, "badge": badges()[met], "ground": ground,
        "basis": "", "documents": [], "computed": "", "why": "", "why_lang": "",
    }  # fmt: skip


def _told(answers: Iterable[Counted], facts: set[str]) -> list[dict[str, Any]]:
    """Describe what was answered of the application as a whole; of a member it stands with the other answers."""
    return [answer_shown(one) for one in answers if one.fact in facts and not one.subject_number]


def _looked_up(question: str, answer: str) -> dict[str, str]:
    return {"question": question, "answer": answer, "origin": _("opgezocht in onze eigen besluiten")}


def _of_each(undertakings: Iterable[Undertaking], before: Before) -> list[dict[str, str]]:
    """Say for each undertaking what we granted it, with what a member said."""
    found = []
    for one, (granted, _since) in zip(undertakings, before.undertakings, strict=True):
        if one.name:
            question = _("%(member)s: zelf opgegeven %(told)s, door ons verleend") % {
                "member": one.name, "told": euros(one.aid)
            }  # fmt: skip
        else:
            question = _("door ons verleend in drie jaar, met verbonden bedrijven")
        found.append(_looked_up(question, euros(granted)))
    return found


def _of_excluded(before: Before) -> str:
    if before.excluded:
        return _("ja, voor dezelfde opleiding")
    return _("ja, niet te zeggen waarvoor") if before.unclear else _("nee")


def _ground_of_excluded(before: Before) -> tuple[bool | None, str]:
    if before.excluded:
        return False, _("wijs af op de grond ander geld")
    return (None, _("kijk of het om dezelfde kosten gaat")) if before.unclear else (True, "")
