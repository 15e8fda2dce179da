"""The form of a draft: one group of questions at a time, saved with each step, with the verdict so far beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.answers import Counted, counted_answers, form_for, profile_of
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.form import Form, asked_in
from doorleren.applications.models import Application
from doorleren.applications.put_back import was_put_back
from doorleren.applications.queries import state_now, ticket_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.values import UNKNOWN
from doorleren.rules.vocabulary import Fact
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.applicant.enrolled import enrolment_shown
from doorleren.web.applicant.evidence import evidence_shown
from doorleren.web.applicant.own import Asking, application_of, refusal, to
from doorleren.web.applicant.registered import in_the_way_shown, training_shown
from doorleren.web.applicant.together import links_of, refused_by_field
from doorleren.web.applicant.words import (
    TOLD,
    answer_shown,
    applicant_shown,
    group_title,
    question_shown,
    round_shown,
    state_shown,
    track_shown,
    typed_of,
    verdict_shown,
)
from doorleren.web.people.unsent import drop_unsent, unsent_of, whose
from doorleren.web.public.answers import Answers, fact_of, read_answers
from doorleren.web.public.questions import label
from doorleren.web.surroundings import now

LEFT = "left"
"""In an address: some questions of a page that was saved had no answer."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a draft, or where an application stands; with POST save the answers of one group and go on to the next."""
    application, own = application_of(request, number, change=request.method == "POST")
    page = Page(request, application, own)
    if request.method == "POST":
        return page.keep()
    if page.ticket is not None:
        return to("applications-receipt", application)
    if not page.asked and "group" not in request.GET and page.state != "withdrawn":
        return to("applications-ready", application)
    return page.shown(page.typed) if page.unsent is None else page.taken_up(page.unsent)


class Page:
    """One draft: what is known of it, its form, and the group of questions that is asked now."""

    def __init__(self, request: HttpRequest, application: Application, own: Asking) -> None:
        """Read the answers and judge them."""
        self.request, self.application, self.own = request, application, own
        self.library = known.library()
        self.state, self.ticket = state_now(application), ticket_of(application)
        self.unsent = self._unsent()
        self.posted = request.POST if self.unsent is None else self.unsent
        self._read()
        self.group = self._group(self.posted.get("group", request.GET.get("group", "")))
        self.asked = self._asked(self.group)

    def _unsent(self) -> QueryDict | None:
        """Give what was typed before signing in again, unless another group is asked for."""
        found = None if self.request.method == "POST" else unsent_of(self.request, self.own.who)
        other = found is not None and self.request.GET.get("group", found.get("group", "")) != found.get("group", "")
        return None if other else found

    def _read(self) -> None:
        self.answers = counted_answers(self.application.pk, self.library)
        self.form = form_for(self.application, profile_of(self.answers), known.today(), self.library)
        self.typed = typed_of(self.answers, self.form.track.applicant)

    @property
    def own_answers(self) -> dict[str, Counted]:
        """Give what the applicant told, by fact."""
        return {one.fact: one for one in self.answers if one.origin in TOLD and not one.subject_number}

    @property
    def open(self) -> list[Fact]:
        """Give the questions that were not answered yet, "I do not know" being an answer."""
        return [fact for fact in self.form.to_ask if fact.name not in self.own_answers]

    def _asked(self, table: str) -> tuple[Fact, ...]:
        """Give the questions of a group; what was taken over is among them only for who wants to change it."""
        told = {name: one for name, one in self.own_answers.items() if self._changes(name) or not one.taken_from}
        return asked_in(self.form, table, told, self.library.vocabulary)

    def _changes(self, name: str) -> bool:
        return "change" in self.request.GET or name in self.posted.get("shown", "").split(",")

    def _group(self, wanted: str) -> str:
        """Give the group to show: the one asked for, else the first with an open question, else the first that lacks."""
        if wanted in self.library.vocabulary.tables:
            return wanted
        waiting = self.open or list(self.form.to_ask)
        return waiting[0].table if waiting else ""

    def keep(self) -> HttpResponse:
        """Save what was typed for the questions that were on the page; what cannot be read comes back with its reason."""
        drop_unsent(self.request)
        read = read_answers(self.request.POST, self.library.vocabulary)
        posted = set(self.request.POST.get("shown", "").split(","))
        shown = [fact for fact in self._questions_of(posted) if fact.name not in read.errors]
        given = [Given(fact.name, value) for fact in shown if (value := self._value(fact, read)) is not None]
        errors = {name: text for name, text in read.errors.items() if name in posted}
        told, seen = self.request.POST.get("seen", ""), None
        if told.isascii() and told.isdecimal() and len(told) < 19:
            seen = int(told)
        try:
            save_answers(self.application.pk, given, seen=seen, library=self.library, by=self.own.who, at=self.own.at)
        except ApplicationRefused as refused:
            if not refused.facts:
                return refusal(self.request, refused, reverse("applications-one", args=[self.application.pk]))
            errors |= refused_by_field(refused, counted_answers(self.application.pk, self.library), given)
            for name in refused.facts:
                read.take_back(name)
        self._read()
        self.asked = self._asked(self.group)
        return self._again(read, errors) if errors else self._next(posted)

    def taken_up(self, unsent: QueryDict) -> HttpResponse:
        """Show the page with what was typed before signing in again, which was not saved yet."""
        read, shown = read_answers(unsent, self.library.vocabulary), set(unsent.get("shown", "").split(","))
        for name in shown:
            self.typed.typed.pop(name, None)
        return self._again(read, {name: text for name, text in read.errors.items() if name in shown}, status=200)

    def _again(self, read: Answers, errors: dict[str, str], status: int = 422) -> HttpResponse:
        """Show the page once more with what was typed, and what is wrong with it."""
        for name in read.typed:
            self.typed.typed.pop(fact_of(name), None)
        self.typed.typed |= read.typed
        self.typed.errors = errors
        return self.shown(self.typed, status)

    def _questions_of(self, posted: set[str]) -> list[Fact]:
        """Give the facts that a page of this draft may ask, of those that were posted."""
        facts = self.library.vocabulary.facts
        allowed = [facts[name] for name in sorted(posted & self.form.used)]
        return [one for one in allowed if not one.sensitive and not one.assessed]

    def _value(self, fact: Fact, read: Answers) -> Any:
        """Give what was answered; a field that was emptied takes the answer back, one that stayed empty says nothing."""
        if fact.name in read.unknown:
            return UNKNOWN
        if fact.name in read.profile:
            return read.profile[fact.name]
        return UNKNOWN if fact.name in self.own_answers else None

    def _next(self, posted: set[str]) -> HttpResponseRedirect:
        """Go on to the next group with an open question; after the last to what stands ready. `posted`: what was on the page."""
        waiting = [fact.table for fact in self.open]
        if self.form.judgement.truth is False or not waiting:
            return to("applications-ready", self.application)
        group = self.group if self.group in waiting else waiting[0]
        stays = group == self.group and any(fact.name in posted and fact.table == group for fact in self.open)
        return to("applications-one", self.application, f"?group={group}&{LEFT}=1" if stays else f"?group={group}")

    def shown(self, answers: Answers, status: int = 200) -> HttpResponse:
        """Show the page."""
        return render(self.request, "applicant/draft.html", {
            **frame(self.application, self.form, self.answers),
            "state": state_shown(self.state),
            "group": self.group,
            "group_title": group_title(self.group, self.form.track) if self.group else "",
            "groups": self._groups(),
            "questions": [question_shown(fact, answers, self.form) for fact in self.asked],
            "names": ",".join(fact.name for fact in self.asked),
            "errors": [{"name": name, "text": text} for name, text in answers.errors.items()],
            "left": len(self.open),
            "unanswered": self._unanswered(),
            "whose": whose(self.request, self.own.who),
            **self._taken_up_with(),
        }, status=status)  # fmt: skip

    def _unanswered(self) -> list[dict[str, str]]:
        """Name the questions on the page without an answer, to who saved it and comes back to it for that."""
        found = [fact for fact in self.asked if fact in self.open] if LEFT in self.request.GET else []
        return [{"name": fact.name, "text": label(fact)} for fact in found]

    def _taken_up_with(self) -> dict[str, Any]:
        """Say that there is something unsaved on the page, with the answers that its form knew of."""
        if self.unsent is None:
            return {}
        seen = self.unsent.get("seen", "")
        return {"unsent": True, **({"seen": seen} if seen.isascii() and seen.isdecimal() else {})}

    def _groups(self) -> list[dict[str, Any]]:
        """List the groups that have something to answer, with how much is still open in each."""
        return [
            {
                "name": table,
                "title": group_title(table, self.form.track),
                "left": sum(fact.table == table for fact in self.open),
                "current": table == self.group,
            }
            for table in self.library.vocabulary.tables
            if self._asked(table)
        ]


def frame(application: Application, form: Form, answers: list[Counted]) -> dict[str, Any]:
    """Give what every page of a draft shows beside: the round, what is known, the verdict, the evidence still to come."""
    version = version_of(application.round.version_id)
    used = form.used
    shown = [answer_shown(one) for one in answers if one.fact in used and not one.subject_number]
    evidence = evidence_shown(application)
    return {
        "application": application,
        "round": round_shown(application.round),
        "track": track_shown(form.track, version),
        "for": applicant_shown(application),
        "put_back": was_put_back(application, at=now()),
        "known": shown,
        "taken_over": [one for one in shown if one["taken"]],
        "seen": max((one.number for one in answers), default=0),
        "verdict": verdict_shown(form),
        "together": links_of(application, form),
        "evidence": evidence,
        "evidence_needed": any(one["to_submit"] for one in evidence),
        "enrolment": enrolment_shown(application, answers),
        "in_the_way": in_the_way_shown(application, answers),
        "training": training_shown(application),
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"label": _("Aanvraag %(number)s") % {"number": application.pk}},
        ],
    }
