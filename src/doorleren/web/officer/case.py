"""One case on one page: how it stands, the next term, facts beside rules and evidence, history, terms, letters and money.

Every look is in the log of who viewed. A file outside one's own list opens by a form with a reason.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.cases.access import may, thing_of
from doorleren.cases.commands.look_into import look_into
from doorleren.cases.looking import lies_open
from doorleren.cases.recording import party_of
from doorleren.cases.refusing import CaseRefused
from doorleren.decisions.rules import Result
from doorleren.letters.models import Letter
from doorleren.letters.queries import letters_about, pdf_of
from doorleren.people.access import allowed
from doorleren.people.file_keys import Destroyed
from doorleren.web.kept import kept_shown
from doorleren.web.officer import case_written
from doorleren.web.officer.asked import LARGEST_NUMBER, given
from doorleren.web.officer.case_acts import offered
from doorleren.web.officer.case_afterwards import afterwards_shown
from doorleren.web.officer.case_asked import colleagues, scheme_name
from doorleren.web.officer.case_assigned import last_assigned
from doorleren.web.officer.case_at_hand import AtHand, at_hand, of_own_body, opened
from doorleren.web.officer.case_delivered import check_told, report_told
from doorleren.web.officer.case_destroyed import case_destroyed
from doorleren.web.officer.case_facts import applicants, assessments_shown, file_shown, last_results, on_file
from doorleren.web.officer.case_messages import unanswered
from doorleren.web.officer.case_ranked import ranked_shown
from doorleren.web.officer.case_shown import head, history, letters_shown, money_shown, names_in, terms_shown
from doorleren.web.officer.case_words import done_words, why_looked
from doorleren.web.officer.official import page
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

LATEST = 4
"""Acts and letters that a case page shows; those before them are folded."""


@page
@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case; of one that was destroyed only that, and under which act."""
    kept = of_own_body(request, reference)
    if kept.case.destroyed_at is not None:
        return case_destroyed(request, kept)
    found = opened(kept)
    if isinstance(found, HttpResponse):
        return found
    asking, case = found.asking, found.case
    viewed(request, "case", case.pk)
    rows, told = found.acts, given(request.GET)
    reads = bool(allowed(asking.who, "view_evidence", thing_of(case), at=asking.at, held=asking.held))
    done = told.get("done", "")
    people = colleagues(case.body_id, asking.today) if done in ("claim", "assign") else []
    assessments = assessments_shown(found, listed=True) if reads else []
    names = names_in(case, rows, *applicants(found.matter))
    happened, letters = history(rows, names, case.procedure), letters_shown(case, rows)
    return render(request, "officer/case.html", {
        "case": head(case, asking, names),
        "url": found.url,
        "file": _file(found, names, last_results(assessments)) if reads else None,
        "ranked": ranked_shown(found) if reads else "",
        "assessments": assessments,
        "afterwards": afterwards_shown(found) if reads else [],
        "acts": offered(found, rows),
        "reported": report_told(case, rows),
        "checked": check_told(case, rows),
        "takes": bool(may(asking.who, "assigned", case, at=asking.at, held=asking.held)),
        "history": case_written.happened(happened[:LATEST]),
        "earlier": case_written.happened(happened[LATEST:]),
        "earlier_acts": len(happened[LATEST:]),
        "terms": terms_shown(case, rows, asking.today),
        "kept": kept_shown(case),
        "letters": case_written.letters(letters[:LATEST]),
        "earlier_letters": case_written.letters(letters[LATEST:]),
        "older": len(letters[LATEST:]),
        "money": money_shown(case, asking.today),
        "money_url": reverse("officer-case-money", args=[case.reference]),
        "unanswered": unanswered(found) if reads else 0,
        "messages_url": reverse("officer-case-messages", args=[case.reference]) if reads else "",
        "done": done_words(done),
        "assigned": last_assigned(request, asking, people) if people else None,
        "back": found.url,
        "trail": [{"url": reverse("officer-cases"), "label": _("Zaken")}, {"label": case.reference}],
    })  # fmt: skip


def _file(found: AtHand, names: Mapping[int, str], assessed: Iterable[Result]) -> dict[str, Any] | None:
    """Describe what was submitted, with its rows written; None for a case that is about no application."""
    if found.matter is None:
        return None
    shown = file_shown(found.matter, on_file(found.matter), names, assessed)
    return shown | {
        "rows_asked": case_written.rules(shown["asks"]),
        "rows_met": case_written.rules(shown["met"]),
        "rows_other_money": case_written.rules(shown["other_money"]),
        "other_facts": case_written.facts(shown["other"]),
    }


@page
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why somebody opens a case that is not on their list; POST: why. What it is about is not shown before."""
    found = of_own_body(request, reference)
    asking, case = found.asking, found.case
    if case.destroyed_at is not None or lies_open(asking.who, case, at=asking.at, held=asking.held):
        return HttpResponseRedirect(found.url)
    wrong = ""
    if request.method == "POST":
        try:
            look_into(case.pk, why=given(request.POST).get("why", ""), by=asking.who, at=asking.at)
        except CaseRefused as refused:
            wrong = in_language(refused.texts)
        else:
            return HttpResponseRedirect(found.url)
    return render(request, "officer/case_look.html", {
        "reference": case.reference,
        "scheme": scheme_name(case.scheme),
        "options": why_looked().items(),
        "errors": [{"name": "why", "text": wrong}] if wrong else [],
        "wrong": wrong,
        "trail": _trail(found, _("Dossier openen")),
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)  # fmt: skip


@page
@require_safe
def letter(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Hand out a letter about a case as the PDF that it was and stays."""
    found = at_hand(request, reference)
    if isinstance(found, HttpResponse):
        return found
    kept: Letter | None = letters_about(party_of(found.case)).filter(pk=min(number, LARGEST_NUMBER)).first()
    if kept is None:
        raise Http404
    try:
        raw = pdf_of(kept)
    except Destroyed as gone:
        raise Http404 from gone
    viewed(request, "letter", kept.pk)
    reply = HttpResponse(raw, content_type="application/pdf")
    name = f"{found.case.reference}-{kept.template}.pdf"
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def _trail(found: AtHand, last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("officer-cases"), "label": _("Zaken")}, {"label": f"{found.case.reference}: {last}"},
    ]  # fmt: skip
