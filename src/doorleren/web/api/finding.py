"""POST /checks and /plans: verdicts and plans for the profile in the body. Nothing of it is stored, kept or logged."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.web import known
from doorleren.web.api.answers import told
from doorleren.web.api.asking import read_question
from doorleren.web.api.shapes_of_answers import CheckAnswer, PlanAnswer

router = Router(tags=["finder"])

CHECK_FIELDS = ("profile", "on", "schemes", "language")
PLAN_FIELDS = ("profile", "on", "language")


@router.post("/checks", response=CheckAnswer, operation_id="checkProfile", summary="What can I get?")
def checks(request: HttpRequest) -> HttpResponse:
    """The verdict of every scheme in force on the day, best first, with reasons, sources, amounts and what is missing.

    Schemes that are named in `schemes` are judged whether they are in force or not.
    """
    library = known.library()
    asked = read_question(request, library, CHECK_FIELDS)
    answer = check(library, asked.profile, asked.asked, asked.schemes)
    return told(answer_as_dict(answer, library.vocabulary, asked.language), asked.language)


@router.post(
    "/plans", response=PlanAnswer, operation_id="planFunding", summary="Which combination leaves the least to pay?"
)
def plans(request: HttpRequest) -> HttpResponse:
    """The permitted combinations of funding for the training in the profile, which must have a price."""
    library = known.library()
    asked = read_question(request, library, PLAN_FIELDS)
    return told(plan_as_dict(plan(library, asked.profile, asked.asked), asked.language), asked.language)
