"""Writing in a file: one text, then a look at it with a document if one likes, then it is sent. Nothing is kept before that."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.commands.act_in_own_case import write_in_own_case
from doorleren.applications.evidence.faults import LARGEST, REASONS, NotAccepted
from doorleren.applications.evidence.kinds import KINDS, kind_of
from doorleren.applications.evidence.scanning import scanner_of
from doorleren.cases.commands.write_message import Sent, ensure_readable, keep_message
from doorleren.cases.messages import document_of
from doorleren.cases.models import Message, MessageKind
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.objections import Contestable
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.applicant.file.doing import is_open, objectable
from doorleren.web.applicant.file.letters import handed_out, not_readable
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.words import happened
from doorleren.web.people.unsent import asked_or_typed, typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words
from doorleren.web.receiving import TooLarge, file_given, takes_files

TO_WRITE = ("question", "change", "more_time", "view", "objection", "repair", "progress")


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, which decision was chosen (the number of its act), what is wrong by field, and whether this is the page to look it over."""

    text: str = ""
    against: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    check: bool = False


def _writes(request: HttpRequest, number: int, kind: str) -> None:
    """Let pass who may write in this case. Raises Http404, NotAllowed."""
    own_file(request, number, act=True)


@takes_files(LARGEST, _writes)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Show the form; with POST show what was written once more, or send it."""
    if kind not in TO_WRITE:
        raise Http404
    found = own_file(request, number, act=True)
    before = typed_before(request, found.own.who)
    if request.method == "POST":
        return _send(request, found, kind)
    told = asked_or_typed(request, before, "against")
    return _page(request, found, kind, Form("" if told is request.GET else _text(told), told.get("against", "")))


def _text(posted: QueryDict) -> str:
    return posted.get("text", "").replace("\r\n", "\n")


def _send(request: HttpRequest, found: OwnFile, kind: str) -> HttpResponse:
    step, form = request.POST.get("step", ""), Form(_text(request.POST), request.POST.get("against", ""))
    if step == "back":
        return _page(request, found, kind, form)
    errors = _errors(found, kind, form)
    if errors or not is_open(found, kind):
        return _page(request, found, kind, replace(form, errors=errors), status=422)
    if step != "send" and not isinstance(file_given(request), TooLarge):
        return _page(request, found, kind, replace(form, check=True))
    try:
        _keep(found, kind, form, _document(request))
    except NotAccepted as fault:
        wrong = replace(form, errors=(("file", in_language(REASONS[fault.reason])),), check=True)
        return _page(request, found, kind, wrong, status=413 if fault.reason == "too_large" else 422)
    except _NotScanned:
        said = _("De virusscanner geeft geen antwoord. Probeer het later opnieuw, of verstuur zonder document.")
        return _page(request, found, kind, replace(form, errors=(("file", said),), check=True), status=503)
    except ActRefused as refused:
        context = {"reason": in_language(refused.texts), "back": found.url()}
        return render(request, "applicant/refused.html", context, status=409)
    return HttpResponseRedirect(f"{found.url()}?done={kind}")


def _errors(found: OwnFile, kind: str, form: Form) -> tuple[tuple[str, str], ...]:
    """Say what is wrong with what was typed, by field."""
    errors = []
    if kind == MessageKind.OBJECTION and is_open(found, kind) and chosen(found, form.against) is None:
        errors.append(("against", _("Kies tegen welk besluit u bezwaar maakt.")))
    try:
        ensure_readable(form.text, kind)
    except CaseRefused as refused:
        errors.append(("text", in_language(refused.texts)))
    return tuple(errors)


def _keep(found: OwnFile, kind: str, form: Form, file: Sent | None) -> None:
    """Send it by its command; the request is one transaction, so that an objection and its words are kept together."""
    by, at = found.own.who, found.own.at
    if kind != MessageKind.OBJECTION:
        write_in_own_case(found.application.pk, MessageKind(kind), form.text, by=by, at=at, file=file)
        return
    against = chosen(found, form.against)
    number = against.act.number if against is not None else None
    objection = receive_objection(found.case.pk, form.text, against=number, by=by, at=at, party=True)
    keep_message(objection.act, MessageKind.OBJECTION, form.text, at=at, file=file)


class _NotScanned(Exception):
    """There is a scanner, and it gave no answer."""


def _document(request: HttpRequest) -> Sent | None:
    """Give the document that came along, looked at by its content and scanned. Raises NotAccepted, _NotScanned."""
    given = file_given(request)
    if isinstance(given, TooLarge):
        raise NotAccepted("too_large")
    if given is None:
        return None
    raw = given.read()
    kind = kind_of(raw)
    scanned = scanner_of(settings.DOORLEREN_SCANNER)(raw)
    if scanned == "infected":
        raise NotAccepted("infected")
    if scanned == "failed":
        raise _NotScanned
    return Sent(kind.name, raw)


@never_cache
@require_safe
def document(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """Hand out the document of a message, under a name that tells nothing about a person."""
    found = own_file(request, number)
    one = Message.objects.filter(case=found.case.pk, number=min(message, 2**31 - 1), file__isnull=False)
    row = one.select_related("act").first()
    if row is None:
        raise Http404
    try:
        raw = document_of(row)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    name = f"{found.case.reference}-bericht-{row.number}.{row.file_kind}"
    return handed_out(raw, KINDS[row.file_kind].media_type, name)


def _page(request: HttpRequest, found: OwnFile, kind: str, form: Form, status: int = 200) -> HttpResponse:
    if not is_open(found, kind):
        context = {"reason": _("Dit kan nu niet. Kijk in uw dossier wat er wel kan."), "back": found.url()}
        return render(request, "applicant/refused.html", context, status=409)
    told, wrong = words()[kind], dict(form.errors)
    against = chosen(found, form.against) if kind == "objection" else None
    return render(request, "applicant/file_write.html", {
        **found.frame(told["title"]), "words": told, "kind": kind, "text": form.text, "check": form.check,
        "errors": [{"name": name, "text": text} for name, text in form.errors], "wrong": wrong,
        "most": LARGEST // 1_000_000, "url": found.url("-write", kind), "decision": found.told.decision,
        "term": objection_term(found, against), "against": against.act.number if against else "",
        "named": decision_named(against, found.case.procedure) if against else "", "typed_against": form.against,
        "question": _which(found, form, wrong.get("against", "")) if kind == "objection" and not form.check else None,
    }, status=status)  # fmt: skip


def chosen(found: OwnFile, against: str) -> Contestable | None:
    """Give the decision that somebody chose to object to; where there is one only, that one."""
    open_to = objectable(found)
    if len(open_to) == 1 and not against:
        return open_to[0]
    return next((one for one in open_to if str(one.act.number) == against), None)


def decision_named(one: Contestable, procedure: str) -> str:
    """Name a decision that one can object to by what it did and its day."""
    return f"{happened(procedure)[one.act.act]} ({day_in_words(one.act.happened_on)})"


def _which(found: OwnFile, form: Form, error: str) -> dict[str, Any] | None:
    """Ask against which decision; not where there is one only."""
    open_to = objectable(found)
    if len(open_to) < 2:
        return None
    today = day_of(found.own.at)
    return {
        "name": "against", "kind": "one", "question": _("Tegen welk besluit maakt u bezwaar?"),
        "value": form.against, "error": error,
        "options": [
            {"value": str(one.act.number), "label": decision_named(one, found.case.procedure), "hint": _until(one.last_day, today)}
            for one in open_to if one.last_day is not None
        ],
    }  # fmt: skip


def _until(last: date, today: date) -> str:
    """Say until when one can object in time, or that this day is over."""
    words = _("Bezwaar kan tot en met %(day)s.") if last >= today else _("Te laat: bezwaar kon tot en met %(day)s.")
    return words % {"day": day_in_words(last)}


def objection_term(found: OwnFile, against: Contestable | None) -> str:
    """Say until when an objection is in time, and that a late one is taken too; empty while no decision was chosen."""
    if against is None or against.last_day is None:
        return ""
    day = {"day": day_in_words(against.last_day)}
    if against.last_day < day_of(found.own.at):
        return (
            _(
                "U bent te laat: bezwaar kon tot en met %(day)s. U mag nog bezwaar maken. Schrijf dan op waarom het niet eerder "
                "kon; zonder goede reden bekijken wij uw bezwaar niet."
            )
            % day
        )
    return _("Uw bezwaar is op tijd tot en met %(day)s.") % day


def words() -> dict[str, dict[str, Any]]:
    """Say per kind what the page is called, what to write, and what the button says."""
    return {
        "question": {
            "title": _("Stel een vraag"), "label": _("Wat wilt u weten?"),
            "lead": _("Het antwoord komt in uw dossier te staan."), "send": _("Verstuur uw vraag"),
        },
        "change": {
            "title": _("Er is iets veranderd"), "label": _("Wat is er veranderd, en sinds wanneer?"),
            "lead": _("Bijvoorbeeld: u bent gestopt met de opleiding, u bent verhuisd, of de prijs is anders. Meld dit meteen."),
            "send": _("Meld de verandering"),
        },
        "more_time": {
            "title": _("Vraag meer tijd"), "label": _("Waarom hebt u meer tijd nodig, en tot wanneer?"),
            "lead": _("Tot wij antwoorden, geldt de dag uit onze brief."), "send": _("Vraag meer tijd"),
        },
        "view": {
            "title": _("Laat weten wat u ervan vindt"), "label": _("Wat vindt u van ons plan?"),
            "lead": _("Wij lezen uw zienswijze voordat wij beslissen."), "send": _("Verstuur uw zienswijze"),
        },
        "objection": {
            "title": _("Maak bezwaar"), "label": _("Waarom bent u het niet eens met het besluit?"),
            "lead": _("Een paar zinnen zijn genoeg. Over uw bezwaar beslist iemand die niet meedeed aan het besluit. Bezwaar maken kost niets."),
            "send": _("Verstuur uw bezwaar"),
        },
        "repair": {
            "title": _("Vul uw bezwaar aan"), "label": _("Wat wilt u toevoegen?"),
            "lead": _("In onze brief staat wat er nog ontbreekt. Daarna gaan wij verder met uw bezwaar."),
            "send": _("Verstuur uw aanvulling"),
        },
        "progress": {
            "title": _("Laat weten hoe het gaat"), "label": _("Wat is er al gedaan, en wat nog niet?"),
            "lead": _("Een verslag meesturen kan ook. Loopt iets anders dan in uw aanvraag staat? Schrijf dat erbij."),
            "send": _("Verstuur uw bericht"),
        },
    }  # fmt: skip
