"""What a party wrote in a case, its documents, and the answer of an official. Only for who may view evidence."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.evidence.kinds import KINDS
from doorleren.cases.commands.write_message import LONGEST, answer_message
from doorleren.cases.messages import document_of, messages_of
from doorleren.cases.models import Message, MessageKind
from doorleren.cases.refusing import CaseRefused
from doorleren.people.access import Thing, ensure
from doorleren.people.file_keys import Destroyed
from doorleren.web.applicant.words import moment
from doorleren.web.officer.asked import given, number
from doorleren.web.officer.case_at_hand import AtHand, at_hand
from doorleren.web.officer.case_words import kinds_of_message
from doorleren.web.officer.official import page
from doorleren.web.people.unsent import typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed


@page
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the messages of a case; POST: message (its number), text: the answer."""
    found = _readable(request, reference)
    if isinstance(found, HttpResponse):
        return found
    before = typed_before(request, found.asking.who)
    told = _typed(request.POST if before is None else before)
    wrong = ""
    if request.method == "POST":
        asked = Message.objects.filter(case=found.case, number=number(told.get("message", "")) or 0).first()
        if asked is None:
            raise Http404
        try:
            answer_message(asked.pk, told.get("text", ""), by=found.asking.who, at=found.asking.at)
        except CaseRefused as refused:
            wrong = in_language(refused.texts)
        else:
            return HttpResponseRedirect(f"{_address(found)}?done=1")
    viewed(request, "case", found.case.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "officer/case_messages.html", _context(request, found, told, wrong), status=status)


def _typed(posted: QueryDict) -> dict[str, str]:
    """Read the form; what is too long is refused by the command, and not cut off."""
    return given(posted) | {"text": posted.get("text", "").replace("\x00", "")[: LONGEST + 1].strip()}


@page
@require_safe
def document(request: HttpRequest, reference: str, message: int) -> HttpResponse:
    """Hand out the document that came with a message."""
    found = _readable(request, reference)
    if isinstance(found, HttpResponse):
        return found
    kept = Message.objects.filter(case=found.case, number=message).exclude(file=None).first()
    if kept is None:
        raise Http404
    try:
        raw = document_of(kept)
    except Destroyed as gone:
        raise Http404 from gone
    viewed(request, "case", found.case.pk)
    reply = HttpResponse(raw, content_type=KINDS[kept.file_kind].media_type)
    name = f"{found.case.reference}-bericht-{kept.number}.{kept.file_kind}"
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def unanswered(found: AtHand) -> int:
    """Count the questions of a case that nobody answered yet."""
    open_kinds = (MessageKind.QUESTION, MessageKind.MORE_TIME, MessageKind.CHANGE)
    if not any(one.details.get("about") in open_kinds for one in found.acts):
        return 0
    rows = list(Message.objects.filter(case=found.case).values_list("pk", "kind", "answers"))
    answered = {answers for _number, _kind, answers in rows}
    return sum(kind in open_kinds and one not in answered for one, kind, _answers in rows)


def _readable(request: HttpRequest, reference: str) -> AtHand | HttpResponse:
    found = at_hand(request, reference)
    if isinstance(found, AtHand):
        case = Thing("case", str(found.case.pk), body=found.case.body_id)
        ensure(found.asking.who, "view_evidence", case, at=found.asking.at)
    return found


def _context(request: HttpRequest, found: AtHand, told: dict[str, str], wrong: str) -> dict[str, Any]:
    try:
        written = messages_of(found.case.pk)
    except Destroyed:
        written = []
    answered = {one.answers for one in written}
    typed_for = told.get("message", "")
    return {
        "case": found.case,
        "rows": [
            {
                "number": one.number, "kind": kinds_of_message()[one.kind], "at": moment(one.at), "text": one.text,
                "document": reverse("officer-case-message", args=[found.case.reference, one.number]) if one.file_kind else "",
                "mine": one.kind == MessageKind.ANSWER,
                "opens": one.kind != MessageKind.ANSWER and one.number not in answered,
                "typed": told.get("text", "") if typed_for == str(one.number) else "",
                "wrong": wrong if typed_for == str(one.number) else "",
            }
            for one in written
        ],
        "most": LONGEST,
        "done": _("Uw antwoord staat in het dossier van de aanvrager.") if request.GET.get("done") else "",
        "errors": [{"name": f"text-{typed_for}", "text": wrong}] if wrong else [],
        "trail": [
            {"url": reverse("officer-cases"), "label": _("Zaken")},
            {"url": found.url, "label": found.case.reference},
            {"label": _("Berichten")},
        ],
    }  # fmt: skip


def _address(found: AtHand) -> str:
    return reverse("officer-case-messages", args=[found.case.reference])
