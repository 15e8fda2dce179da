"""Asking for a correction: first what it is about, then what is wrong there, what it should be and why."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.corrections.commands.ask_correction import Asked, ask_correction
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.whose import answers_to_correct, bodies_to_ask, submitted_files_of
from doorleren.applications.models import About, Application
from doorleren.applications.own_case import with_case
from doorleren.people.models import Person
from doorleren.people.signed_in import SignedIn
from doorleren.web import known
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.asked import field as field_of
from doorleren.web.officer.asked import number
from doorleren.web.people.correction_shown import called, contact_words
from doorleren.web.people.corrections import asking
from doorleren.web.people.unsent import asked_or_typed, typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

LONGEST = 4000
MOST_FILES = 200


@dataclass(slots=True)
class Form:
    """What it is about (with the application where there is one), what was typed, and what is wrong by field."""

    who: SignedIn
    about: About | None
    application: Application | None
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def says(self, name: str) -> str:
        """Give what was typed in a field."""
        return self.typed.get(name, "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what it is about (`about`), then the form; with POST make the request."""
    who = asking(request)
    before = typed_before(request, who)
    told = request.POST if request.method == "POST" else asked_or_typed(request, before, "about")
    typed = {name: str(told[name]).replace("\x00", "")[:LONGEST].strip() for name in told}
    form = _form(who, typed)
    if form.about is None:
        if "about" in typed:
            form.errors["about"] = _("Kies waar het over gaat.")
        return _page(request, form)
    return _asked(request, form) if request.method == "POST" else _page(request, form)


def _form(who: SignedIn, typed: dict[str, str]) -> Form:
    """Read what it is about: "contact", "other", or "application-12" and "case-12" of one's own files."""
    name, _dash, told = typed.get("about", "").partition("-")
    if name in (About.CONTACT, About.OTHER) and not told:
        return Form(who, About(name), None, typed)
    if name in (About.APPLICATION, About.CASE):
        found = submitted_files_of(who.person).filter(pk=number(told) or 0).first()
        if found is not None and (name == About.APPLICATION or with_case([found.pk])):
            return Form(who, About(name), found, typed)
    return Form(who, None, None, typed)


def _asked(request: HttpRequest, form: Form) -> HttpResponse:
    """Make the request; what is wrong comes back beside its field."""
    assert form.about is not None
    choices = dict(_facts(form))
    if choices and form.says("fact") not in choices:
        form.errors["fact"] = _("Kies wat er niet klopt.")
    lacking = {
        "wrong": _("Vul in wat er niet klopt."),
        "wished": _("Vul in wat er moet staan."),
        "why": _("Vul in waarom."),
    }
    for name, text in lacking.items():
        if not form.says(name) and not (name == "wrong" and choices):
            form.errors[name] = text
    if form.errors:
        return _page(request, form)
    bodies = list(bodies_to_ask())
    body = bodies[0].pk if len(bodies) == 1 else number(form.says("body"))
    wrong = choices.get(form.says("fact")) or form.says("wrong")
    asked = Asked(
        form.about, f"{wrong[:1].upper()}{wrong[1:]}", form.says("wished"), form.says("why"),
        form.application.pk if form.application else None, form.says("fact") if choices else "", body,
    )  # fmt: skip
    try:
        made = ask_correction(asked, library=known.library(), by=form.who, at=now())
    except CorrectionRefused as refused:
        form.errors[refused.field or "about"] = in_language(refused.texts)
        return _page(request, form)
    return HttpResponseRedirect(f"{reverse('account-correction', args=[made.pk])}?done=1")


def _facts(form: Form) -> list[tuple[str, str]]:
    """Give what can be chosen, each with what it says now: fields of the account, or answers in the application."""
    if form.about == About.CONTACT:
        person = Person.objects.get(pk=form.who.person)
        now_says = {name: getattr(person, name) or _("niets") for name in contact_words()}
        return [(name, f"{words}: {now_says[name]}") for name, words in contact_words().items()]
    if form.about != About.APPLICATION or form.application is None:
        return []
    answers = map(answer_shown, answers_to_correct(form.application, form.who.person, known.library()))
    return [(one["name"], f"{one['question']}: {one['answer']}") for one in answers]


def _fields(form: Form) -> list[dict[str, Any]]:
    facts = _facts(form)
    fields = []
    if facts:
        fields.append(field_of("fact", "choice", _("Wat klopt er niet?"), form.typed, options=facts, needed=True))
    else:
        words = _("Schrijf wat er niet klopt, en waar u het zag. Noem geen burgerservicenummer.")
        fields.append(field_of("wrong", "text", _("Wat klopt er niet?"), form.typed, help=words, needed=True))
    fields.append(field_of("wished", "list", _("Wat moet er staan?"), form.typed, needed=True))
    words = _("Schrijf hoe u weet dat het niet klopt. Hebt u bewijs? Schrijf welk, wij vragen het dan op.")
    fields.append(field_of("why", "text", _("Waarom?"), form.typed, help=words, needed=True))
    bodies = list(bodies_to_ask())
    if form.application is None and len(bodies) > 1:
        options = [(str(one.pk), one.name) for one in bodies]
        fields.append(field_of("body", "choice", _("Aan wie vraagt u het?"), form.typed, options=options, needed=True))
    return [one | {"error": form.errors.get(one["name"], "")} for one in fields]


def _about_field(form: Form) -> dict[str, Any]:
    """Give the choice of what it is about: the account, each file, something else."""
    files = list(submitted_files_of(form.who.person)[:MOST_FILES])
    cases = with_case(one.pk for one in files)
    options = [(str(About.CONTACT), _("mijn naam of e-mailadres"))]
    for one in files:
        options.append(
            (f"application-{one.pk}", _("een antwoord in mijn aanvraag: %(which)s") % {"which": called(one)})
        )
        if one.pk in cases:
            options.append((f"case-{one.pk}", _("iets in mijn dossier: %(which)s") % {"which": called(one)}))
    options.append((str(About.OTHER), _("iets anders")))
    error = form.errors.get("about", "")
    return field_of("about", "choice", _("Waar gaat het over?"), form.typed, options=options, needed=True, error=error)


def _page(request: HttpRequest, form: Form) -> HttpResponse:
    """Show the choice, or the form."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/correcting.html", {
        "about": form.says("about") if form.about else "",
        "which": called(form.application) if form.application else "",
        "kind": str(form.about or ""),
        "fields": _fields(form) if form.about else [_about_field(form)],
        "errors": [{"name": name, "text": text} for name, text in form.errors.items()],
        "trail": [
            {"url": reverse("account"), "label": _("Mijn account")},
            {"url": reverse("account-corrections"), "label": _("Gegevens laten verbeteren")},
            {"label": _("Nieuw verzoek")},
        ],
    }, status=status)  # fmt: skip
