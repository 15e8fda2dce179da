"""Looking over a draft and putting it ready: what is known, what lacks, and the questions that are asked only now."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.late_paper import is_late_paper
from doorleren.applications.models import Application
from doorleren.applications.queries import gate_of, state_now, ticket_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.failing import failing_shown
from doorleren.web.applicant.own import application_of, refusal, to
from doorleren.web.applicant.together import where_told
from doorleren.web.applicant.words import gate_state, question_shown, state_shown, typed_of
from doorleren.web.public.answers import Answers, read_answers
from doorleren.web.public.questions import in_language, label, language
from doorleren.web.surroundings import now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: HttpRequest, number: int) -> HttpResponse:
    """Show all answers and what lacks; with POST freeze the draft and go on to submitting."""
    application, own = application_of(request, number, change=request.method == "POST")
    if request.method != "POST":
        if ticket_of(application) is not None:
            return to("applications-receipt", application)
        return _page(request, application, Answers())
    read = read_answers(request.POST, known.library().vocabulary)
    facts = known.library().vocabulary.facts
    sensitive = {name: value for name, value in read.profile.items() if facts[name].sensitive}
    read.errors = {name: text for name, text in read.errors.items() if facts[name].sensitive}
    if read.errors:
        return _page(request, application, read)
    try:
        freeze_draft(
            application.pk, sensitive=sensitive, person_key=bytes(settings.DOORLEREN_PERSON_KEY), today=known.today(),
            library=known.library(), by=own.who, at=own.at,
        )  # fmt: skip
    except ApplicationRefused as refused:
        if refused.facts:
            return _page(request, application, read, refused)
        return refusal(request, refused, reverse("applications-one", args=[application.pk]))
    return to("applications-submit", application)


def _page(
    request: HttpRequest, application: Application, typed: Answers, refused: ApplicationRefused | None = None
) -> HttpResponse:  # fmt: skip
    library = known.library()
    answers = counted_answers(application.pk, library)
    form = form_for(application, profile_of(answers), known.today(), library)
    shown = typed_of(answers, form.track.applicant)
    shown.typed |= typed.typed
    shown.errors = dict(typed.errors)
    lacking: list[dict[str, Any]] = [
        {"label": label(fact), "url": where_told(application, form, fact)} for fact in form.needed
    ]
    if refused:
        names = {fact.name for fact in form.sensitive}
        shown.errors |= {name: in_language(refused.texts) for name in refused.facts if name in names}
    return render(request, "applicant/ready.html", {
        **frame(application, form, answers),
        "state": state_shown(state_now(application)),
        "gate": "open" if is_late_paper(application.pk, application.round, at=now()) else gate_state(gate_of(application.round)),
        "sensitive": [question_shown(fact, shown, form) for fact in form.sensitive],
        "lacking": lacking,
        "not_eligible": form.judgement.truth is False,
        "failing": failing_shown(application, form, [one.fact for one in answers if one.taken_from]),
        "assessed": [one.says(language()) for one in form.assessed],
        "provided": [one.says(language()) for one in form.judgement.provided()],
        "errors": [{"name": name, "text": text} for name, text in shown.errors.items()],
        "refused": in_language(refused.texts) if refused else "",
    }, status=422 if shown.errors or refused else 200)  # fmt: skip
