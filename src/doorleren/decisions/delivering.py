"""How reporting a delivery stands: whether it can be reported now, with what, whose word is awaited, what was asked. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from doorleren.applications.delivering import given_by_reporter, reports_for_another
from doorleren.applications.evidence.queries import Given, Piece, pieces_of
from doorleren.applications.models import Application
from doorleren.cases.models import Case, CaseAct
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
    """Give those of these cases in which can be reported: granted, told so by a letter, and not settled."""
    here = {one.pk for one in cases if one.state == "granted"}
    rows = CaseAct.objects.filter(case__in=here, act__in=(*GRANTS, "dispatched")).values_list(
        "case", "act", "number", "details"
    )
    acts = list(rows)
    sent = {(case, details.get("of")) for case, act, _number, details in acts if act == "dispatched"}
    return frozenset(case for case, act, number, _details in acts if act in GRANTS and (case, number) in sent)


def ensure_open_to_report(case: Case | None) -> Case:
    """Give a case in which can be reported. Raises DecisionRefused for another, and where there is none."""
    if case is None or case.pk not in open_to_report((case,)):
        raise refused(
            "not_open", "Dit kan nu niet: er is nog geen toekenning, of het bedrag is al vastgesteld.",
            "This is not possible now: nothing has been granted yet, or the amount has been settled.",
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


def word_awaited(case: int) -> Delivery | None:
    """Give the last report, if whom it was for can still say whether it is right; None where nothing is awaited."""
    return words_awaited((case,)).get(case)


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
