"""The members of a partnership: who takes part, what is told of each, the totals that follow, and confirming."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.applications.access import may_edit
from doorleren.applications.answers import Counted, counted_answers, form_for, member_profiles, profile_of, reads_for
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.models import Application, Member, MemberTask
from doorleren.applications.partnerships.commands.add_member import add_member, kinds
from doorleren.applications.partnerships.commands.mark_member import put_back_member, remove_member
from doorleren.applications.partnerships.commands.set_task import set_task
from doorleren.applications.partnerships.standing import Standing, standings, tasks_of
from doorleren.applications.partnerships.totals import LEAD, SIZE, Reads, computed_facts, is_sme
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.values import UNKNOWN
from doorleren.people.models import Organisation
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import Fact
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import Asking, application_of, refusal, to
from doorleren.web.applicant.together import field, in_words, last_change, refused_by_field
from doorleren.web.applicant.who_does_what import kind_said
from doorleren.web.applicant.words import state_shown, typed
from doorleren.web.public.answers import Answers, fact_of, read_answers
from doorleren.web.public.questions import in_language, label, question, value_in_words

TASK = ("does", "reports")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, number: int) -> HttpResponse:
    """Show the members and their totals; with POST add one."""
    application, own = application_of(request, number, change=request.method == "POST")
    reads = _reads(application)
    if request.method != "POST":
        return _page(request, application, own, reads, {})
    told = {name: request.POST.get(name, "")[:300] for name in ("kvk", "kind", "name")}
    try:
        made = add_member(application.pk, **told, library=known.library(), by=own.who, at=own.at)
    except ApplicationRefused as refused:
        if not refused.facts:
            return refusal(request, refused, reverse("applications-members", args=[application.pk]))
        return _page(request, application, own, reads, told, refused)
    return to("applications-members", application, f"/{made.number}")


@require_POST
def mark(request: HttpRequest, number: int, member: int) -> HttpResponse:
    """Take a member out, or back."""
    application, own = application_of(request, number, change=True)
    act = put_back_member if request.POST.get("act") == "back" else remove_member
    try:
        act(application.pk, min(member, 10**6), by=own.who, at=own.at)
    except Member.DoesNotExist:
        raise Http404 from None
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications-members", args=[application.pk]))
    return to("applications-members", application)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int, member: int) -> HttpResponse:
    """Show what is asked of one member; with POST keep what was typed."""
    application, own = application_of(request, number, change=request.method == "POST")
    reads = _reads(application)
    found = next((one for one in standings(application.pk) if one.member.number == member and one.present), None)
    if found is None:
        raise Http404
    page = _Asked(request, application, own, found, reads)
    if request.method != "POST":
        return page.shown(page.typed)
    return page.keep_task() if request.POST.get("of") == "task" else page.keep()


class _Asked:
    """What is asked of one member, and what was told of it."""

    def __init__(
        self, request: HttpRequest, application: Application, own: Asking, standing: Standing, reads: Reads
    ) -> None:  # fmt: skip
        """Read what was told."""
        self.request, self.application, self.own, self.member = request, application, own, standing.member
        self.facts = reads.of_member(self.member.kind, known.library().vocabulary)
        self.task: tuple[dict[str, str], dict[str, str]] = {}, {}
        self._read()

    def _read(self) -> None:
        self.answers = [one for one in _answers(self.application) if one.subject_number == self.member.number]
        self.told = {one.fact: one for one in self.answers}
        self.typed = Answers(profile={"asker.role": "partnership"})
        for name, one in self.told.items():
            self.typed.typed[name] = typed(known.library().vocabulary.facts[name], one.value)

    def keep(self) -> HttpResponse:
        """Save what was typed; what cannot be read, or was changed by another meanwhile, comes back with its reason."""
        read = read_answers(self.request.POST, known.library().vocabulary)
        names = {fact.name for fact in self.facts}
        errors = {name: text for name, text in read.errors.items() if name in names}
        given = [Given(fact.name, value) for fact in self.facts if (value := self._value(fact, read)) is not None]
        seen = self.request.POST.get("seen", "")
        try:
            save_answers(
                self.application.pk, given, member=self.member.number, library=known.library(), by=self.own.who,
                at=self.own.at, seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
            )  # fmt: skip
        except ApplicationRefused as refused:
            if not refused.facts:
                return refusal(self.request, refused, reverse("applications-members", args=[self.application.pk]))
            errors |= refused_by_field(refused, _answers(self.application), given, self.member.number)
            for name in refused.facts:
                read.take_back(name)
        if not errors:
            return to("applications-members", self.application)
        self._read()
        kept = {name: values for name, values in read.typed.items() if fact_of(name) in names}
        self.typed.typed |= kept
        self.typed.errors = errors
        return self.shown(self.typed, 422)

    def keep_task(self) -> HttpResponse:
        """Save what the member does and reports; what cannot be kept comes back with its reason."""
        told = {name: self.request.POST.get(name, "").strip()[:2000] for name in TASK}
        try:
            set_task(self.application.pk, self.member.number, **told, by=self.own.who, at=self.own.at)
        except ApplicationRefused as refused:
            if not refused.facts:
                return refusal(self.request, refused, reverse("applications-members", args=[self.application.pk]))
            self.task = told, dict.fromkeys(refused.facts, in_language(refused.texts))
            return self.shown(self.typed, 422)
        return to("applications-members", self.application)

    def _task(self) -> list[dict[str, Any]]:
        told, errors = self.task
        kept = tasks_of(self.application.pk).get(self.member.number)
        helps = {
            "does": _("Bijvoorbeeld: geeft de lessen op de werkvloer."),
            "reports": _("Leeg: de penvoerder meldt het."),
        }
        labels = {"does": _("Dit lid doet"), "reports": _("Dit lid meldt bij de afronding")}
        return [
            field(
                name, labels[name], told.get(name, getattr(kept, name, "")), error=errors.get(name, ""), help_=helps[name],
                short=False,
            )
            for name in TASK
        ]  # fmt: skip

    def _value(self, fact: Fact, read: Answers) -> Any:
        if fact.name in read.errors:
            return None
        if fact.name in read.profile:
            return read.profile[fact.name]
        return UNKNOWN if fact.name in self.told else None

    def shown(self, answers: Answers, status: int = 200) -> HttpResponse:
        """Show the questions."""
        here = _here(self.application, self.own)
        return render(self.request, "applicant/members_one.html", {
            **here, "member": self.member, "kind": kind_said(self.member.kind), "lead": self.member.number == LEAD,
            "questions": [question(fact, answers, []) for fact in self.facts],
            "errors": [{"name": name, "text": text} for name, text in (answers.errors | self.task[1]).items()],
            "task": self._task(),
            "seen": max((one.number for one in self.answers), default=0),
            "changed": last_change(self.answers, self.own.who.person),
        }, status=status)  # fmt: skip


def _reads(application: Application) -> Reads:
    found = reads_for(application.pk, known.library())
    if found is None:
        raise Http404
    return found


def _answers(application: Application) -> list[Counted]:
    return counted_answers(application.pk, known.library())


def _here(application: Application, own: Asking) -> dict[str, Any]:
    """Give what every page of a partnership shows of its application, and whether who asks may change it now."""
    answers, state = _answers(application), state_now(application)
    form = form_for(application, profile_of(answers), known.today(), known.library())
    open_ = state in ("draft", "ready")
    return {
        **frame(application, form, answers), "state": state_shown(state), "form_": form, "answers": answers,
        "may": open_ and bool(may_edit(own.who, application, at=own.at)), "open": open_,
    }  # fmt: skip


def _page(
    request: HttpRequest, application: Application, own: Asking, reads: Reads, told: dict[str, str],
    refused: ApplicationRefused | None = None,
) -> HttpResponse:  # fmt: skip
    here, standing = _here(application, own), standings(application.pk)
    profiles = member_profiles(here["answers"])
    errors = dict.fromkeys(refused.facts, in_language(refused.texts)) if refused else {}
    tasks = tasks_of(application.pk)
    rows = [_shown(one, reads, profiles.get(one.member.number, {}), tasks.get(one.member.number)) for one in standing]
    lead = Organisation.objects.filter(pk=application.applicant_number).first()
    return render(request, "applicant/members.html", {
        **here, "members": rows, "lead": lead, "totals": _totals(reads, profile_of(here["answers"])),
        "lead_lacks": not any(one.member.number == LEAD for one in standing), "fields": _fields(told, errors),
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
    }, status=422 if errors else 200)  # fmt: skip


def _fields(told: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    """Describe the fields of the form that adds a member; the name is asked for who is not known."""
    options = [(one, kind_said(one)) for one in kinds(known.library())]
    return {
        "kvk": field("kvk", _("KvK-nummer"), told.get("kvk", ""), error=errors.get("kvk", ""), help_=_("Acht cijfers.")),
        "kind": field("kind", _("Wat voor partij is dit?"), told.get("kind", ""), error=errors.get("kind", ""), options=options),
        "name": field(
            "name", _("Naam"), told.get("name", ""), error=errors.get("name", ""), short=False,
            help_=_("Kennen wij het KvK-nummer al, dan nemen wij de naam over die wij kennen."),
        ),
    }  # fmt: skip


def _shown(one: Standing, reads: Reads, told: Profile, task: MemberTask | None) -> dict[str, Any]:
    """Describe a member: what was told of it, how much is still open, what it does, and whether it has confirmed."""
    facts = reads.of_member(one.member.kind, known.library().vocabulary)
    sized = is_sme(told, known.library().law) is not None
    open_ = [fact for fact in facts if fact.name not in told and not (sized and fact.name in SIZE)]
    return {
        "number": one.member.number, "name": one.member.name, "kvk": one.member.kvk, "kind": kind_said(one.member.kind),
        "present": one.present, "confirmed_at": one.confirmed_at, "lead": one.member.number == LEAD, "left": len(open_),
        "does": task.does if task else "", "reports": task.reports if task else "",
        "told": [
            {"label": label(fact), "value": in_words(fact, told[fact.name])} for fact in facts if fact.name in told
        ],
    }  # fmt: skip


def _totals(reads: Reads, profile: Profile) -> list[dict[str, str]]:
    """List the totals that the rules look at, with their value or nothing while it is not known."""
    library = known.library()
    wanted = reads.facts & computed_facts(library.vocabulary)
    return [
        {"label": label(fact), "value": value_in_words(fact, profile[name]) if name in profile else ""}
        for name, fact in library.vocabulary.facts.items()
        if name in wanted
    ]
