"""Reporting what was done, for who reports: what there is to report, the proof, and the report itself.

The reporter may be a provider or an adviser that sees nothing else of the application: here it is known by what they know
already, and by what they give.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.applications.access import may_change_document, may_report
from doorleren.applications.bundles.checking import day_told
from doorleren.applications.commands.withdraw_document import withdraw_document
from doorleren.applications.delivering import granted_to_report, reports_for_another
from doorleren.applications.evidence.faults import LARGEST
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of
from doorleren.cases.models import Case
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.report_delivery import Done, report_with_documents, required_later
from doorleren.decisions.delivering import (
    ensure_open_to_report,
    last_deliveries,
    open_to_report,
    proofs_of,
    question_open,
    questions_open,
)
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import Delivery
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.settling import last_delivery
from doorleren.decisions.trying import tried
from doorleren.people.access import Refused, held_on
from doorleren.people.file_keys import Destroyed
from doorleren.web import known
from doorleren.web.applicant.evidence import document_of, kept, piece_shown, store
from doorleren.web.applicant.own import NOT_THEIRS, Asking, application_allowed, asking, refusal, to
from doorleren.web.applicant.together import field
from doorleren.web.applicant.who_does_what import tasks_to_report
from doorleren.web.applicant.words import scheme_called, training_named
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words, value_in_unit
from doorleren.web.receiving import takes_files

MOST_SHOWN = 200
MOST_UNITS = 1_000_000
FIELDS = ("started_on", "ended_on", "planned", "realised", "words")
SEND, BACK = "send", "back"
"""The buttons of the page that shows what will be sent."""


@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """List what who asks can report now, for themselves and for their organisations."""
    own = asking(request)
    found = granted_to_report(own.who.person, [one.pk for one in own.organisations()], MOST_SHOWN)
    held = held_on(own.who, own.at)
    mine = [one for one in found if may_report(own.who, one, at=own.at, held=held)]
    cases = {int(one.subject_id): one for one in _cases(mine)}
    open_ = open_to_report(list(cases.values()))
    reports = last_deliveries(open_)
    asked = questions_open(open_, reports)
    return render(request, "applicant/deliveries.html", {
        "rows": [
            {
                "url": reverse("applications-delivery", args=[one.pk]), "known_by": known_by(one),
                "report": report_shown(reports.get(case.pk)),
                "asked": day_in_words(asked[case.pk].until) if case.pk in asked else "",
            }
            for one in mine if (case := cases.get(one.pk)) is not None and case.pk in open_
        ],
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """Show the proof and the form; with POST what will be sent, and from there report."""
    application, own = to_report(request, number)
    if request.method != "POST":
        return _page(request, application, {}, {})
    typed, step = {name: request.POST.get(name, "").strip() for name in FIELDS}, request.POST.get("step", "")
    done, errors = (None, {}) if step == BACK else _read(typed)
    if done is not None:
        try:
            _report(application, done, own, send=step == SEND)
        except DecisionRefused as refused:
            if refused.field not in FIELDS:
                return refusal(request, refused, reverse("applications-deliveries"))
            errors = {refused.field: in_language(refused.texts)}
        except ActRefused as refused:
            return refusal(request, refused, reverse("applications-deliveries"))
    if errors or done is None:
        return _page(request, application, typed, errors)
    if step != SEND:
        return _check(request, application, typed, done)
    return to("applications-delivery", application, "?done=1")


def _report(application: Application, done: Done, own: Asking, *, send: bool) -> None:
    """Report, or only look whether that can be done (decisions/trying.py). Raises what reporting raises."""
    if send:
        report_with_documents(application.pk, done, by=own.who, at=own.at)
    elif (case := case_of(application)) is not None:
        tried(case, lambda: report_with_documents(application.pk, done, by=own.who, at=own.at))


def to_report(request: HttpRequest, number: int) -> tuple[Application, Asking]:
    """Give an application of which who asks reports. Raises Http404 for what is not theirs, NotAllowed."""
    found, own = application_allowed(request, number, may_report)
    if case_of(found) is None:
        raise Http404
    return found, own


@takes_files(LARGEST, to_report)
@never_cache
@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Take a whole file as proof."""
    application, own = to_report(request, number)
    named = request.POST.get("evidence", "")
    if named not in {one.asked.evidence.id for one in proofs_of(application)}:
        raise Http404
    if wrong := kept(request, application, own, named):
        said, status = wrong
        return _page(request, application, {}, {}, wrong={named: said}, status=status)
    return to("applications-delivery", application, f"#evidence-{named}")


@require_POST
def take_back(request: HttpRequest, number: int, document: int) -> HttpResponse:
    """Take a proof back: its content is destroyed. Not once the amount was settled on it."""
    application, own = to_report(request, number)
    found = document_of(application, document)
    if isinstance(answer := may_change_document(own.who, found, at=own.at), Refused) and answer.reason in NOT_THEIRS:
        raise Http404
    try:
        ensure_open_to_report(case_of(application))
        withdraw_document(found.pk, store=store(), by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, reverse("applications-delivery", args=[application.pk]))
    return to("applications-delivery", application)


def known_by(application: Application) -> dict[str, Any]:
    """Name an application to who reports by what they know already: scheme, training, and the numbers that they were given."""
    registered = getattr(application, "registration", None)
    return {
        "scheme": scheme_called(application.round),
        "training": training_named(application),
        "number": application.pk,
        "key": application.key if registered is None and reports_for_another(application) else "",
        "reference": registered.reference if registered is not None else "",
    }


def report_shown(row: Delivery | None) -> dict[str, Any] | None:
    """Describe a report, and what whom it was for said of it; None where there is none."""
    if row is None:
        return None
    word = getattr(row, "word", None)
    if row.own_word:
        said, tone = _("gemeld"), "get"
    elif word is None:
        said, tone = _("gemeld; de deelnemer moet nog zeggen of het klopt"), "maybe"
    elif word.confirmed:
        said, tone = _("gemeld; de deelnemer zegt dat het klopt"), "get"
    else:
        said, tone = _("gemeld; de deelnemer zegt dat het niet klopt"), "no"
    return {
        "said": said, "tone": tone, "from": day_in_words(row.started_on), "to": day_in_words(row.ended_on),
        "planned": row.planned, "realised": row.realised, "day": day_in_words(row.act.happened_on),
    }  # fmt: skip


def _cases(applications: list[Application]) -> list[Case]:
    return list(Case.objects.filter(subject_kind="application", subject_id__in=[str(one.pk) for one in applications]))


def _asked(case: Case) -> dict[str, str] | None:
    try:
        found = question_open(case.pk)
    except Destroyed:
        return None
    return None if found is None else {"words": found.words, "until": day_in_words(found.until)}


def _page(
    request: HttpRequest, application: Application, typed: dict[str, str], errors: dict[str, str], *,
    wrong: dict[str, str] | None = None, status: int = 0,
) -> HttpResponse:  # fmt: skip
    """Show the page. `wrong` says by evidence what is wrong with what was given, "" for what belongs to none."""
    case, wrong = case_of(application), wrong or {}
    assert case is not None
    matter, open_ = matter_of(case), bool(open_to_report((case,)))
    pieces = [_piece(piece_shown(one, application, wrong.get(one.asked.evidence.id, ""), over=not open_), application)
              for one in proofs_of(application)]  # fmt: skip
    needed = set(required_later(matter))
    return render(request, "applicant/delivery.html", {
        "known_by": known_by(application), "application": application, "open": open_, "most": LARGEST // 1_000_000,
        "pieces": [one | {"needed": one["name"] in needed} for one in pieces],
        "wrong": wrong.get("", ""),
        "share": _share(matter) if open_ else "",
        "completes": [in_language(one.text) for one in matter.version.evidence if one.completes and matter.track.id in one.tracks],
        "another": reports_for_another(application), "tasks": tasks_to_report(application),
        "report": report_shown(last_delivery(case.pk)), "asked": _asked(case),
        "fields": _fields(typed, errors), "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "done": "done" in request.GET,
        "trail": _trail(application),
    }, status=status or (422 if errors else 200))  # fmt: skip


def _check(request: HttpRequest, application: Application, typed: dict[str, str], done: Done) -> HttpResponse:
    """Show what will be sent."""
    case = case_of(application)
    report = None if case is None else report_shown(last_delivery(case.pk))
    proofs = dict.fromkeys(in_language(one.asked.evidence.text) for one in proofs_of(application)
                           if any(given.standing == "uploaded" for given in one.given))  # fmt: skip
    return render(request, "applicant/delivery_check.html", {
        "known_by": known_by(application), "application": application, "typed": typed.items(), "words": done.words,
        "from": day_in_words(done.started_on), "to": day_in_words(done.ended_on), "planned": done.planned, "realised": done.realised,
        "proofs": list(proofs), "replaces": report["day"] if report else "", "another": reports_for_another(application),
        "trail": _trail(application),
    })  # fmt: skip


def _trail(application: Application) -> list[dict[str, str]]:
    return [{"url": reverse("applications-deliveries"), "label": _("Afronding melden")}, {"label": str(application.pk)}]


def _piece(shown: dict[str, Any], application: Application) -> dict[str, Any]:
    """Let the documents of a piece be taken back by the page of who reports."""
    for one in shown["documents"]:
        if one["withdraw"]:
            one["withdraw"] = reverse("applications-delivery-take-back", args=[application.pk, one["number"]])
    return shown


def _share(matter: Matter) -> str:
    decision = decision_in_force(matter.case.pk)
    share = None if decision is None else matter.handled(decision.amount_cents).delivered
    return "" if share is None else value_in_unit(share, "share", known.library().vocabulary)


def _fields(typed: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    day = _("Bijvoorbeeld 01-09-2026.")
    words = {
        "started_on": (_("Eerste dag"), day),
        "ended_on": (_("Laatste dag"), day),
        "planned": (
            _("Hoeveel was er gepland?"),
            _("Tel lessen, uren, weken, gesprekken of producten. Gebruik overal dezelfde maat."),
        ),
        "realised": (_("Hoeveel daarvan is gedaan?"), _("Bij lessen: hoe vaak de deelnemer er was.")),
    }
    found = [
        field(name, label, typed.get(name, ""), error=errors.get(name, ""), help_=help_) | {"needed": True}
        for name, (label, help_) in words.items()
    ]
    more = field("words", _("Toelichting"), typed.get("words", ""), error=errors.get("words", ""),
                 help_=_("Ontbreekt er bewijs, of is er minder gedaan? Schrijf op waarom."))  # fmt: skip
    return [*found, more | {"kind": "text"}]


def _read(typed: dict[str, str]) -> tuple[Done | None, dict[str, str]]:
    errors: dict[str, str] = {}
    days: dict[str, date] = {}
    counts: dict[str, int] = {}
    for name in ("started_on", "ended_on"):
        day = day_told(typed[name])
        if day is None:
            errors[name] = _("Vul een dag in als 01-09-2026. U gaf: %(given)s.") % {
                "given": typed[name][:40] or _("niets")
            }
        else:
            days[name] = day
    for name in ("planned", "realised"):
        text = typed[name]
        if text.isascii() and text.isdecimal() and len(text) < 8 and int(text) <= MOST_UNITS:
            counts[name] = int(text)
        else:
            errors[name] = _("Vul een heel getal in van 0 tot en met %(most)s. U gaf: %(given)s.") % {
                "most": MOST_UNITS, "given": text[:40] or _("niets"),
            }  # fmt: skip
    if errors:
        return None, errors
    found = Done(days["started_on"], days["ended_on"], counts["planned"], counts["realised"], words=typed["words"])
    return found, {}
