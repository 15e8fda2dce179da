"""Answering a request to correct: the form of each act, what it will do with the letter, and the button that does it."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.applications.corrections.commands.answer_correction import (
    complete_by_statement,
    contact_value,
    correct,
    extend_correction,
    extended_until,
    refusal_said,
    refuse_correction,
    tell_receivers,
)
from doorleren.applications.corrections.commands.at_hand import RIGHT, TREAT, ensure_other_hands, words
from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.letters import TEMPLATES, letter_ahead
from doorleren.applications.corrections.receivers import receivers
from doorleren.applications.corrections.refusing import MEANWHILE, CorrectionRefused
from doorleren.applications.corrections.sealed import said_in
from doorleren.applications.models import About
from doorleren.letters.filled import Content
from doorleren.letters.html import as_html
from doorleren.web import known
from doorleren.web.officer.asked import field as field_of
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.correction_form import RENEWING, TELLS, VALUED, Form
from doorleren.web.officer.correction_objections import (
    OBJECTION_ACTS,
    RULING_ACTS,
    heard_fields,
    objection_ahead,
    objection_checked,
    objection_until,
    paper_fields,
    run_objection_act,
)
from doorleren.web.officer.corrections import ACTS, act_titles, at_own_body, frame, trail
from doorleren.web.officer.letter_signs import signs_ahead
from doorleren.web.officer.official import official, page
from doorleren.web.people.unsent import typed_before
from doorleren.web.public.answers import read_answers
from doorleren.web.public.questions import in_language, question
from doorleren.web.viewing import viewed

LONGEST = 100_000
"""Characters that are read of a field; what is too much is refused by its command, and not cut off."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number_of: int, name: str) -> HttpResponse:
    """Do an act: its form, what it will do, and the button. POST: seen, confirmed or change, and the fields of the act."""
    if name not in ACTS:
        raise Http404
    right = RIGHT.get(ACTS[name], TREAT)
    asking = official(request, right)
    standing = at_own_body(asking, number_of, right)
    viewed(request, "correction", standing.request.pk)
    before = typed_before(request, asking.who)
    posted = request.POST if before is None else before
    typed = {key: str(posted[key]).replace("\x00", "")[:LONGEST].strip() for key in posted}
    form = Form(asking, standing, name, typed, tuple(posted.getlist("told")))
    if form.name in RULING_ACTS:
        ensure_other_hands(standing, asking.who)
    if form.fact is not None:
        form.answers = read_answers(posted, known.library().vocabulary)
    if request.method != "POST":
        if before is None:
            begin(form)
        return _page(request, form)
    if "change" in typed:
        return _page(request, form)
    return _posted(request, form)


def begin(form: Form) -> None:
    """Begin with what the person asked: what it should be, where that is text."""
    if form.name == "complete" or (form.name in ("correct", "uphold") and form.standing.request.about == About.CONTACT):
        form.typed["new"] = said_in(form.standing.asked)["wished"]


def _posted(request: HttpRequest, form: Form) -> HttpResponse:
    said = checked(form)
    if form.errors:
        return _page(request, form)
    if form.says("seen") != str(form.standing.last):
        return _page(request, form, refused=in_language(MEANWHILE))
    if "confirmed" not in form.typed:
        return _page(request, form, said=said)
    try:
        _run(form)
    except CorrectionRefused as refused:
        form.errors |= {refused.field: in_language(refused.texts)} if refused.field else {}
        return _page(request, form, refused=in_language(refused.texts))
    return HttpResponseRedirect(f"{reverse('officer-correction', args=[form.standing.request.pk])}?done={form.name}")


def checked(form: Form) -> Mapping[str, Any]:
    """Check each field as its command will; give what the step would say. Errors are kept by field."""
    said: dict[str, Any] = {}
    if form.name in OBJECTION_ACTS:
        if form.name in RENEWING:
            _new_checked(form)
        return objection_checked(form)
    if form.name == "refuse":
        return form.attempt("words", lambda: refusal_said(form.says("reason"), form.says("words"))) or said
    if form.name == "extend":
        form.attempt("words", lambda: extended_until(form.standing, form.asking.today))
    if form.name in RENEWING:
        said["new"] = _new_checked(form)
    needed = form.name in ("correct-in-part", "extend")
    if form.name != "tell":
        said["words"] = form.attempt("words", lambda: words(form.says("words"), "words", needed=needed))
    if form.name in TELLS:
        said |= form.attempt("told", form.told.checked) or {}
    return said


def _new_checked(form: Form) -> str:
    fact = form.fact
    if fact is not None:
        if fact.name in form.answers.errors:
            form.errors[fact.name] = form.answers.errors[fact.name]
        elif fact.name not in form.answers.profile:
            form.errors[fact.name] = form.answers.errors[fact.name] = _("Vul in wat er moet staan.")
        return "" if form.errors else form.new.written
    if form.standing.request.about == About.CONTACT and form.name != "complete":
        return str(form.attempt("new", lambda: contact_value(form.standing.request.fact, form.says("new"))) or "")
    return str(form.attempt("new", lambda: words(form.says("new"), "new")) or "")


def _run(form: Form) -> None:
    """Do the act."""
    number_of, by, at, seen = form.standing.request.pk, form.asking.who, form.asking.at, form.standing.last
    if form.name in OBJECTION_ACTS:
        run_objection_act(form)
        return
    match form.name:
        case "correct" | "correct-in-part":
            correct(
                number_of, form.new, form.told, comment=form.says("words"), in_part=form.name == "correct-in-part",
                seen=seen, library=known.library(), by=by, at=at,
            )  # fmt: skip
        case "complete":
            complete_by_statement(
                number_of, form.says("new"), form.told, comment=form.says("words"), seen=seen, by=by, at=at
            )
        case "refuse":
            refuse_correction(number_of, form.says("reason"), form.says("words"), seen=seen, by=by, at=at)
        case "extend":
            extend_correction(number_of, form.says("words"), seen=seen, by=by, at=at)
        case "tell":
            tell_receivers(number_of, form.told, seen=seen, by=by, at=at)


def ahead(form: Form, said: Mapping[str, Any], letter: Content | None) -> list[str]:
    """Say what the act will do, and that the applicant gets its letter, where it makes one."""
    found = {
        **objection_ahead(),
        "correct": [_("U verbetert: %(new)s.")], "correct-in-part": [_("U verbetert: %(new)s."), _("De rest wijst u af.")],
        "complete": [_("Deze verklaring komt bij de gegevens te staan: %(new)s")],
        "refuse": [_("U wijst het verzoek af. Dit is een besluit: de aanvrager kan bezwaar maken.")],
        "extend": [_("Het antwoord komt uiterlijk op %(day)s. Dit kan maar één keer.")],
        "tell": [_("U legt vast wie dit nu weet.")],
    }[form.name]  # fmt: skip
    sentences = [one % {"new": said.get("new", ""), "day": written_day(_until(form))} for one in found]
    if form.name in VALUED and form.standing.request.application:
        sentences.append(_("Een besluit dat al is genomen, verandert hierdoor niet."))
    if said.get("told"):
        sentences.append(_("U liet het weten aan: %(who)s.") % {"who": ", ".join(said["told"])})
    return sentences if letter is None else [*sentences, _("De aanvrager krijgt deze brief."), *signs_ahead([letter])]


def _fields(form: Form) -> list[dict[str, Any]]:
    """Give the fields of the act."""
    fields: list[dict[str, Any]] = []
    told = form.typed
    if form.name in RENEWING and form.fact is None:
        kind, label, help_ = _new_field(form)
        fields.append(field_of("new", kind, label, told, help=help_, needed=True))
    if form.name == "refuse":
        options = [(one.id, in_language(one.texts)) for one in correction_law().refusals.values()]
        fields.append(field_of("reason", "choice", _("Waarom niet?"), told, options=options, needed=True))
    if form.name == "object":
        return [one | {"error": form.errors.get(one["name"], "")} for one in paper_fields(form)]
    if form.name != "tell":
        needed = form.name in ("correct-in-part", "refuse", "extend", *OBJECTION_ACTS)
        words_ = _("De aanvrager leest dit in de brief. Noem geen gegevens van andere mensen.")
        fields.append(field_of("words", "text", _("Toelichting"), told, help=words_, needed=needed))
    if form.name in RULING_ACTS:
        fields += heard_fields(form)
    if form.name in TELLS:
        fields += _told_fields(form)
    return [one | {"error": form.errors.get(one["name"], "")} for one in fields]


def _new_field(form: Form) -> tuple[str, str, str]:
    if form.name == "complete":
        return "text", _("De verklaring"), _("In de woorden van de aanvrager.")
    if form.standing.request.about == About.CONTACT:
        return "line", _("Wat moet er staan?"), ""
    return "text", _("Wat hebt u verbeterd, en waar?"), _("Verbeter het eerst zelf op die plek.")


def _told_fields(form: Form) -> list[dict[str, Any]]:
    """Give the fields of who was told: those whom the tables name to tick, others to type, or why nobody."""
    options = [(one, one) for one in receivers(form.standing.request)]
    fields = []
    if options:
        label = _("Wie kreeg de oude gegevens van ons, en weet het nu?")
        fields.append({"name": "told", "kind": "ticks", "label": label, "options": options, "chosen": form.ticked})
    label = _("Wie nog meer?") if options else _("Wie kreeg de oude gegevens van ons, en weet het nu?")
    name = "others" if options else "told"
    others = field_of("others", "list", label, form.typed, help=_("Eén organisatie op een regel."))
    if name == "told" and "told" in form.errors:
        form.errors["others"] = form.errors.pop("told")
    return [*fields, others, field_of("nobody", "line", _("Of: waarom hoeft niemand het te weten?"), form.typed)]


def _page(
    request: HttpRequest, form: Form, *, refused: str = "", said: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show the form, or with `said` what it will do."""
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    title, fields = act_titles()[form.name], _fields(form)
    letter = _letter(form, said) if said is not None else None
    kept = [(name, value) for name, value in form.typed.items() if name not in LEFT]
    return render(request, "officer/correction_act.html", frame(form.asking, form.standing) | {
        "title": title, "trail": trail(form.standing, title), "refused": refused, "seen": form.standing.last,
        "question": question(form.fact, form.answers, []) if form.fact else None,
        "fields": fields, "errors": [{"name": name, "text": text} for name, text in form.errors.items()],
        "preview": ahead(form, said, letter) if said is not None else [],
        "letter": mark_safe(as_html(letter)) if letter else "",  # noqa: S308 - as_html escapes every text
        "objected": said_in(form.standing.objected)["words"] if form.standing.objected else "",
        "kept": kept, "told": form.ticked, "back": reverse("officer-correction", args=[form.standing.request.pk]),
    }, status=status)  # fmt: skip


LEFT = ("csrfmiddlewaretoken", "seen", "confirmed", "change", "told")
"""What a confirmation does not take along as a field: it has its own."""


def _letter(form: Form, said: Mapping[str, Any]) -> Content | None:
    """Fill the letter that the act makes; None where it makes none."""
    step = ACTS[form.name]
    return letter_ahead(form.standing, step, said, _until(form), on=form.asking.today) if step in TEMPLATES else None


def _until(form: Form) -> date | None:
    """Give the last day that the act sets; None where it sets none."""
    if form.name == "extend":
        return extended_until(form.standing, form.asking.today)
    return objection_until(form) if form.name in OBJECTION_ACTS else None
