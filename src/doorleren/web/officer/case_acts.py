"""Acts on a case: which are offered and why others are not, the form of each with its preview, and taking a case oneself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.cases.access import DUTIES, barred, ensure_may, hands_of, thing_of
from doorleren.cases.acts import ACTS, why_said
from doorleren.cases.commands.assign import assign_many
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import Moments, why_not
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.decisions.grounds import grounds
from doorleren.people.access import AGAIN, Allowed, NotAllowed, Refused, allowed
from doorleren.web.officer.asked import given
from doorleren.web.officer.case_act_kinds import FORMS
from doorleren.web.officer.case_afterwards import objections_to_decide
from doorleren.web.officer.case_ahead import ahead
from doorleren.web.officer.case_assigned import keep
from doorleren.web.officer.case_at_hand import AtHand, at_hand, of_own_body
from doorleren.web.officer.case_facts import assessments_shown
from doorleren.web.officer.case_fields import FIELDS
from doorleren.web.officer.case_form import begun, described, read, ticked_in
from doorleren.web.officer.case_form_kinds import ActForm, Typed, phase_of, phases
from doorleren.web.officer.case_grounds import NO_GROUND
from doorleren.web.officer.case_objected import late_by_a_letter_that_came_back
from doorleren.web.officer.case_options import unfit_grounds
from doorleren.web.officer.case_shown import ground_words
from doorleren.web.officer.case_stands import CaseStands
from doorleren.web.officer.case_words import objection_runs
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.provision_forms import button, called_otherwise, heading
from doorleren.web.people.unsent import typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.spoken import once_per_language
from doorleren.web.viewing import viewed

LONGEST = 25_000
"""Characters of a text that are read at all."""


def offered(found: AtHand, rows: Sequence[CaseAct]) -> dict[str, Any]:
    """Give the acts that one may do now with their address: `first` those that carry the case on, `others` per phase, `told` in short.

    `later`: per phase those that are not possible now with the reason, as items of a list; `impossible`: how many. What somebody's
    role never does is left out, and so is a phase without acts. `rows`: all acts of the case.
    """
    case, asking = found.case, found.asking
    moments, hands, thing, stands = moments_of(case), hands_of(case.pk, rows), thing_of(case), CaseStands(case)
    leaves: dict[str, Allowed | Refused] = {}
    first: dict[str, dict[str, str]] = {}
    now: dict[str, list[dict[str, str]]] = {}
    later: dict[str, list[str]] = {}
    called = _called() | {f"acts/{name}": told for name, (told, _yes) in called_otherwise(case.procedure).items()}
    for offer in _all(found):
        demand = ACTS[offer.right].demand
        if demand not in leaves:
            leaves[demand] = allowed(asking.who, demand, thing, at=asking.at, held=asking.held)
        leave = leaves[demand]
        if isinstance(leave, Refused) and leave.reason not in AGAIN:
            continue
        duty = DUTIES.get(offer.right)
        hand = barred(duty, hands, {asking.who.person}) if duty else None
        texts: Texts | None = offer.why_not(case, moments, stands) if hand is None else hand.texts
        if texts is not None:
            later.setdefault(offer.where, []).append(
                _not_possible(called[offer.address], in_language(why_said(texts, case.procedure)))
            )
            continue
        one = {"words": called[offer.address], "url": f"{found.url}/{offer.address}"}
        if offer.address in CARRYING_ON:
            first[offer.address] = one
        else:
            now.setdefault(offer.where, []).append(one)
    named = phases()
    others = [(words, now[name]) for name, words in named.items() if name in now]
    return {
        "first": [first[one] for one in CARRYING_ON if one in first],
        "others": [{"words": words, "now": offered} for words, offered in others],
        "told": ", ".join(f"{words.lower()} {len(offered)}" for words, offered in others),
        "later": [{"words": words, "later": SafeString("".join(later[name]))} for name, words in named.items() if name in later],
        "impossible": sum(map(len, later.values())),
    }  # fmt: skip


@lru_cache(maxsize=4096)
def _not_possible(words: str, why: str) -> SafeString:
    """Write an act and why it is not possible; these are dozens on every page of a case, and a few hundred in all."""
    return format_html('<li>{}: <span class="dl-muted">{}</span></li>', words, why)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done on a case: as its form says it, at an address under that of the case; `procedure`: of one kind only."""

    right: str
    where: str
    words: Callable[[], str]
    address: str
    why_not: Callable[[Case, Moments, CaseStands], Texts | None]
    procedure: str = ""


ASSESSING = Offer(
    "assessed",
    phase_of("assessed"),
    lambda: _("Beoordelen"),
    "assess",
    lambda case, moments, stands: why_not("assessed", moments),
)
_NEXT = (
    "ask", "complete", "view", "grant", "refuse", "leave-out", "resume", "release-payment", "accept-progress",
    "ask-delivery", "settle", "settle-lower", "settle-nil", "revoke", "recover", "repaired", "call", "hear", "uphold",
    "uphold-settlement", "uphold-revocation", "uphold-recovery", "uphold-penalty", "uphold-suspension", "reject", "dismiss", "penalty",
)  # fmt: skip
CARRYING_ON = (ASSESSING.address, *(f"acts/{FORMS[name].name}" for name in _NEXT))
"""Addresses of what carries a case a step on towards its end, and comes first on its page while it is possible, in this order."""
OFFERS = tuple(
    Offer(one.right, one.where, one.words, f"acts/{name}", one.why_not, one.procedure) for name, one in FORMS.items()
)
OF_ANY_CASE = tuple(
    offer for offer, one in zip(OFFERS, FORMS.values(), strict=True) if not (one.decides or one.letter)
)  # fmt: skip
"""Those that ask no application that the case is about."""


def _all(found: AtHand) -> tuple[Offer, ...]:
    every = OF_ANY_CASE if found.matter is None else (ASSESSING, *OFFERS)
    return tuple(one for one in every if one.procedure in ("", found.case.procedure))


@once_per_language
def _called() -> dict[str, str]:
    """Name all acts, by address."""
    return {one.address: one.words() for one in (ASSESSING, *OFFERS)}


@page
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a case oneself, whoever has it; it can be undone right after."""
    found = of_own_body(request, reference)
    asking, case = found.asking, found.case
    ensure_may(asking.who, "assigned", case, at=asking.at)
    answers = assign_many([case.pk], to=asking.who.person, by=asking.who, at=asking.at)
    refused = answers.get(case.pk)
    if isinstance(refused, NotAllowed):
        raise refused
    keep(request, asking, asking.who.person, answers, {case.pk: case.reference})
    return HttpResponseRedirect(f"{found.url}?done=claim")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Do an act: its form, what it will do, and the button; what is not possible now is said."""
    form = FORMS.get(name)
    if form is None:
        raise Http404
    found = at_hand(request, reference)
    if isinstance(found, HttpResponse):
        return found
    asking, case = found.asking, found.case
    answer = form.may(asking, case)
    if isinstance(answer, Refused):
        raise NotAllowed(answer)
    before = typed_before(request, asking.who)
    viewed(request, "case", case.pk)
    texts = form.why_not(case, moments_of(case))
    if texts is not None:
        return _page(request, found, form, begun(form, asking), refused=in_language(why_said(texts, case.procedure)))
    if request.method != "POST":
        return _page(request, found, form, _begun(before, form, asking))
    typed = read(form, case, asking, request.POST, _texts(request, form))
    if typed.errors or "change" in request.POST:
        return _page(request, found, form, typed)
    if typed.says("seen") != str(case.acts):
        return _page(request, found, form, typed, refused=meanwhile())
    if form.harm and "confirmed" not in request.POST:
        return _page(request, found, form, typed, preview=True)
    return _done(request, found, form, typed)


def _begun(before: QueryDict | None, form: ActForm, asking: Official) -> Typed:
    """Begin a form with what was typed before signing in again, else with the likely days."""
    if before is None:
        return begun(form, asking)
    names = [FIELDS[key].name for key in form.fields if FIELDS[key].kind != "ticks"]
    return Typed({name: before.get(name, "") for name in names}, ticked_in(form, before))


def meanwhile() -> str:
    """Say that something was done on the case since the page was opened."""
    return _("Er is intussen iets gebeurd in deze zaak. Bekijk dat eerst, en vul het formulier dan opnieuw in.")


def _done(request: HttpRequest, found: AtHand, form: ActForm, typed: Typed) -> HttpResponse:
    asking, case = found.asking, found.case
    try:
        form.run(case, typed, asking)
    except ActRefused as refused:
        return _page(
            request, found, form, typed, refused=_placed(form, typed, refused, case), way=way_on(found, refused)
        )
    if form.name == "assign":
        keep(request, asking, int(typed.says("to")), {case.pk: None}, {case.pk: case.reference})
        if int(typed.says("to")) != asking.who.person:
            return HttpResponseRedirect(f"{reverse('officer-cases')}?done=1")
    return HttpResponseRedirect(f"{found.url}?done={form.name}")


def _placed(form: ActForm, typed: Typed, refused: ActRefused, case: Case) -> str:
    """Put a refusal beside the field that it is about, or give its sentence where it is about none; in the words of what the case gives."""
    field, said = getattr(refused, "field", ""), in_language(why_said(refused.texts, case.procedure))
    if field not in {FIELDS[key].name for key in form.fields}:
        return said
    typed.errors[field] = said
    return ""


def _warning(form: ActForm, found: AtHand) -> str:
    """Warn who does an act that it rests on what may still change; nothing where it does not."""
    if form.act == "objection_inadmissible":
        return late_by_a_letter_that_came_back(found)
    return objection_runs(found.asking.today) if form.rests and found.case.state == "objection" else ""


def way_on(found: AtHand, refused: ActRefused) -> dict[str, str] | None:
    """Give the page on which can be done what a refusal asks first: drawing a sample of the round; None for another refusal."""
    if found.matter is None or getattr(refused, "code", "") not in ("not_drawn", "random"):
        return None
    url = reverse("officer-round-checks", args=[found.matter.round.pk])
    return {"url": url, "words": _("Naar de steekproef van deze ronde")}


def _texts(request: HttpRequest, form: ActForm) -> dict[str, str]:
    told = given(request.POST)
    long = [FIELDS[key].name for key in form.fields if FIELDS[key].kind == "text"]
    return told | {
        name: request.POST.get(name, "").replace("\x00", "")[:LONGEST].strip() for name in long if name in told
    }


def _page(
    request: HttpRequest, found: AtHand, form: ActForm, typed: Typed, *, refused: str = "", preview: bool = False,
    way: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    case = found.case
    letter, sentences = "", list[str]()
    if preview:
        try:
            letter, sentences = ahead(form, typed, found)
        except ActRefused as fault:
            refused, preview, way = _placed(form, typed, fault, case), False, way_on(found, fault)
    unfit = unfit_grounds(case) if form.name == "refuse" and not preview else []
    groundless = len(unfit) == len(grounds())
    if groundless and not typed.errors:
        refused = refused or in_language(NO_GROUND)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    context: dict[str, Any] = {
        "heading": heading(form, case.procedure),
        "reference": case.reference,
        "ground": ground_words(form.rests_on, case.procedure),
        "fields": described(form, case, found.asking, typed),
        "errors": [{"name": name, "text": text} for name, text in typed.errors.items()],
        "refused": refused,
        "way": way,
        "possible": not groundless and form.why_not(case, moments_of(case)) is None,
        "warning": _warning(form, found),
        "preview": sentences,
        "letter": letter,
        "objections": objections_to_decide(found) if ACTS[form.act].duty == "decide_objection" and not preview else [],
        "assessments": assessments_shown(found) if form.decides and not preview else [],
        "unfit": unfit,
        "intent_url": f"{found.url}/acts/intent" if FORMS["intent"].why_not(case, moments_of(case)) is None else "",
        "confirm": button(form, case.procedure),
        "harm": form.harm,
        "kept": {
            one.name: typed.says(one.name) for one in (FIELDS[key] for key in form.fields) if one.kind != "ticks"
        },
        "ticked": [(name, value) for name, values in typed.ticked.items() for value in values],
        "seen": case.acts,
        "back": found.url,
        "trail": [
            {"url": reverse("officer-cases"), "label": _("Zaken")}, {"url": found.url, "label": case.reference},
            {"label": heading(form, case.procedure)},
        ],
    }  # fmt: skip
    return render(request, "officer/case_act.html", context, status=status)
