"""How reporting a delivery stands: whether it can be reported now, with what, whose word is awaited, what was asked. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from doorleren.applications.delivering import given_by_reporter, reports_for_another
from doorleren.applications.evidence.queries import Given, Piece, pieces_of
from doorleren.applications.models import Application
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.reportable import PROOF_ASKED
from doorleren.cases.rules import settled_at_once
from doorleren.decisions.models import Delivery, DeliveryQuestion
from doorleren.decisions.refusing import refused
from doorleren.decisions.said_with_acts import words_with
from doorleren.decisions.sealed import words_sealed
from doorleren.rules.versions import LATER_STAGES

GRANTS = ("granted", "partly_granted")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a delivery to which no report came yet, and the last day for the answer."""

    words: str
    until: date


def open_to_report(cases: Collection[Case]) -> frozenset[int]:
    """Give those of these cases in which can be reported: granted and told so by a letter, or settled at once and asked by one since."""
    here = {one.pk: one for one in cases if one.state == "granted" or settled_at_once_now(one)}
    rows = CaseAct.objects.filter(case__in=here, act__in=(*GRANTS, "contact_noted", "dispatched")).order_by(
        "case", "number"
    )
    acts = list(rows)
    sent = {(one.case_id, one.details.get("of")) for one in acts if one.act == "dispatched"}
    return frozenset(
        one.case_id for one in acts if _opens(here[one.case_id], one) and (one.case_id, one.number) in sent
    )


def settled_at_once_now(case: Case) -> bool:
    """Say whether a case is settled, by the decision on the grant itself, with no objection against it under way."""
    return case.state == "settled" and settled_at_once(moments_of(case))


def _opens(case: Case, act: CaseAct) -> bool:
    """Say whether an act opens a case to a report, once its letter is sent."""
    if case.state == "granted":
        return act.act in GRANTS
    asks = act.act == "contact_noted" and act.details.get("what") == PROOF_ASKED
    return asks and case.settled_at is not None and act.at > case.settled_at


def ensure_open_to_report(case: Case | None) -> Case:
    """Give a case in which can be reported. Raises DecisionRefused for another, and where there is none."""
    if case is None or case.pk not in open_to_report((case,)):
        raise refused(
            "not_open", "Dit kan nu niet: er is nog geen toekenning, of het bedrag is al vastgesteld en wij vroegen daarna niets.",
            "This is not possible now: nothing has been granted yet, or the amount has been settled and we asked nothing after that.",
        )  # fmt: skip
    return case


def proofs_of(application: Application) -> list[Piece]:
    """Give the evidence that is asked after the grant, each with the documents that the reporter gave."""
    other = reports_for_another(application)
    return [
        Piece(one.asked, tuple(given for given in one.given if not other or given_by_reporter(given.document)))
        for one in pieces_of(application)
        if one.asked.evidence.stage in LATER_STAGES
    ]


def standing_proofs(application: Application) -> list[Given]:
    """Give the documents of them that count: received whole and checked."""
    return [given for one in proofs_of(application) for given in one.given if given.standing == "uploaded"]


def word_awaited(case: Case) -> Delivery | None:
    """Give the last report, if whom it was for can still say whether it is right; None where nothing is awaited, or it was settled on."""
    if case.state == "granted" or settled_at_once_now(case):
        return words_awaited((case.pk,)).get(case.pk)
    return None


def words_awaited(cases: Collection[int]) -> dict[int, Delivery]:
    """Give the last report of each of these cases (ids) of which whom it was for can still say whether it is right."""
    last = last_deliveries(cases)
    return {case: row for case, row in last.items() if not row.own_word and not hasattr(row, "word")}


def last_deliveries(cases: Collection[int]) -> dict[int, Delivery]:
    """Give the report that counts of each of these cases (ids) that has one, with its act and what was said of it."""
    rows = Delivery.objects.select_related("act", "word").filter(case__in=cases)
    return {row.case_id: row for row in rows.order_by("case", "-number").distinct("case")}


def question_open(case: int) -> Asked | None:
    """Give the last question about the delivery, while no report came after it. Raises Destroyed, DoesNotOpen."""
    found = questions_open((case,)).get(case)
    return None if found is None else Asked(words_with(found.act), found.until)


def questions_open(
    cases: Collection[int], reports: Mapping[int, Delivery] | None = None
) -> dict[int, DeliveryQuestion]:
    """Give of each of these cases (ids) the last question about the delivery, while no report came after it.

    `reports`: their last reports, where those were read.
    """
    rows = DeliveryQuestion.objects.select_related("act__case").filter(case__in=cases)
    last = list(rows.order_by("case", "-number").distinct("case"))
    told = last_deliveries([row.case_id for row in last]) if reports is None else reports
    return {
        row.case_id: row for row in last
        if (report := told.get(row.case_id)) is None or report.act.number < row.act.number
    }  # fmt: skip


def words_of_report(row: Delivery) -> str:
    """Give what who reported wrote with it. Raises Destroyed, DoesNotOpen."""
    return words_sealed(row.content, row.act, "delivery")


def word_on_report(row: Delivery) -> str:
    """Give what whom it was for wrote of it; empty where they wrote nothing. Raises Destroyed, DoesNotOpen."""
    word = getattr(row, "word", None)
    return "" if word is None else words_sealed(word.content, row.act, "delivery-word")
