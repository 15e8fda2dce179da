"""Acts on a case: which are offered and why others are not, the form of each with its preview, and taking a case oneself."""

from fractions import Fraction
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.cases.access import DUTIES, barred, ensure_may, hands_of, may, thing_of
from doorleren.cases.acts import ACTS
from doorleren.cases.commands.assign import assign_many
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.core.refusals import ActRefused
from doorleren.core.texts import Texts
from doorleren.decisions.commands.act_by_letter import letter_ahead
from doorleren.decisions.models import GIVING, Decision
from doorleren.decisions.trying import tried
from doorleren.letters.html import as_html
from doorleren.people.access import AGAIN, Allowed, NotAllowed, Refused, allowed
from doorleren.web.officer.asked import given
from doorleren.web.officer.case_act_kinds import FORMS, ActForm, Typed
from doorleren.web.officer.case_assigned import keep
from doorleren.web.officer.case_at_hand import AtHand, at_hand, of_own_body
from doorleren.web.officer.case_facts import assessments_shown, submitted
from doorleren.web.officer.case_form import WORDS, begun, described, read
from doorleren.web.officer.case_found import decision_kinds
from doorleren.web.officer.case_shown import ground_words
from doorleren.web.officer.official import Official, page
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import money
from doorleren.web.viewing import viewed

LONGEST = 5000
DRAFT = "officer-case-draft"
"""Where the session keeps what was typed while somebody signs in again: the address, and the form."""


def offered(found: AtHand) -> dict[str, list[dict[str, str]]]:
    """Give the acts that one may do now with their address, and those that are not possible with the reason.

    What somebody's role never does is left out.
    """
    case, asking = found.case, found.asking
    moments, hands = moments_of(case), hands_of(case.pk)
    leaves = {
        demand: allowed(asking.who, demand, thing_of(case), at=asking.at)
        for demand in dict.fromkeys(ACTS[one].demand for _name, one, _words, _url in _all(found))
    }
    now, later = [], []
    for _name, act, words, url in _all(found):
        leave: Allowed | Refused = leaves[ACTS[act].demand]
        if isinstance(leave, Refused) and leave.reason not in AGAIN:
            continue
        duty = DUTIES.get(act)
        hand = barred(duty, hands, {asking.who.person}) if duty else None
        texts: Texts | None = why_not(act, moments) if hand is None else hand.texts
        if texts is None:
            now.append({"words": words, "url": url})
        else:
            later.append({"words": words, "why": in_language(texts)})
    return {"now": now, "later": later}


def _all(found: AtHand) -> list[tuple[str, str, str, str]]:
    """Give name, act, words and address of everything that has a form on this site."""
    case = found.case
    of = [
        (name, form.act, form.words(), reverse("officer-case-act", args=[case.reference, name]))
        for name, form in FORMS.items()
    ]
    if submitted(case) is None:
        return [one for one in of if not (FORMS[one[0]].decides or FORMS[one[0]].letter)]
    return [
        ("assess", "assessed", _("Beoordelen"), reverse("officer-case-assess", args=[case.reference])), *of,
    ]  # fmt: skip


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
    answer = may(asking.who, form.act, case, at=asking.at)
    if isinstance(answer, Refused):
        return _not_now(request, answer)
    viewed(request, "case", case.pk)
    texts = why_not(form.act, moments_of(case))
    if texts is not None:
        return _page(request, found, form, begun(form, asking), refused=in_language(texts))
    if request.method != "POST":
        return _page(request, found, form, _begun(request, form, asking))
    typed = read(form, case, asking, request.POST, _texts(request))
    if typed.errors or "change" in request.POST:
        return _page(request, found, form, typed)
    if typed.says("seen") != str(case.acts):
        return _page(request, found, form, typed, refused=meanwhile())
    if form.harm and "confirmed" not in request.POST:
        return _page(request, found, form, typed, preview=True)
    return _done(request, found, form, typed)


def _not_now(request: HttpRequest, answer: Refused) -> HttpResponse:
    """Refuse; where signing in once more is all that it takes, keep what was typed meanwhile. Raises NotAllowed."""
    if request.method != "POST" or answer.reason != "renewal":
        raise NotAllowed(answer)
    request.session[DRAFT] = {"address": request.path, "form": request.POST.urlencode()}
    again = f"{reverse('sign-in')}?{urlencode({'next': request.path, 'renew': '1'})}"
    kept = _("Wat u hebt ingevuld, staat daarna weer in het formulier.")
    context = {"reason": f"{in_language(answer.texts)} {kept}", "again": again}
    return render(request, "people/not_allowed.html", context, status=HTTPStatus.FORBIDDEN)


def _begun(request: HttpRequest, form: ActForm, asking: Official) -> Typed:
    """Begin a form with what was typed before signing in again, else with the likely days."""
    draft = request.session.get(DRAFT) or {}
    if draft.get("address") != request.path:
        return begun(form, asking)
    posted = QueryDict(draft["form"])
    return Typed({name: posted.get(name, "") for name in form.fields}, parts=tuple(posted.getlist("parts")))


def meanwhile() -> str:
    """Say that something was done on the case since the page was opened."""
    return _("Er is intussen iets gebeurd in deze zaak. Bekijk dat eerst, en vul het formulier dan opnieuw in.")


def _done(request: HttpRequest, found: AtHand, form: ActForm, typed: Typed) -> HttpResponse:
    asking, case = found.asking, found.case
    try:
        form.run(case, typed, asking)
    except ActRefused as refused:
        return _page(request, found, form, typed, refused=_placed(form, typed, refused))
    request.session.pop(DRAFT, None)
    if form.name == "assign":
        keep(request, asking, int(typed.says("to")), {case.pk: None}, {case.pk: case.reference})
        if int(typed.says("to")) != asking.who.person:
            return HttpResponseRedirect(f"{reverse('officer-cases')}?done=1")
    return HttpResponseRedirect(f"{found.url}?done={form.name}")


def _placed(form: ActForm, typed: Typed, refused: ActRefused) -> str:
    """Put a refusal beside the field that it is about, or give its sentence where it is about none."""
    field = getattr(refused, "field", "")
    if field not in form.fields:
        return in_language(refused.texts)
    typed.errors[field] = in_language(refused.texts)
    return ""


def _texts(request: HttpRequest) -> dict[str, str]:
    told = given(request.POST)
    return told | {
        name: request.POST.get(name, "").replace("\x00", "")[:LONGEST].strip() for name in WORDS if name in told
    }


def _page(
    request: HttpRequest, found: AtHand, form: ActForm, typed: Typed, *, refused: str = "", preview: bool = False
) -> HttpResponse:  # fmt: skip
    case = found.case
    letter, sentences = "", list[str]()
    if preview:
        try:
            letter, sentences = ahead(form, typed, found)
        except ActRefused as fault:
            refused, preview = _placed(form, typed, fault), False
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    context: dict[str, Any] = {
        "heading": form.words(),
        "reference": case.reference,
        "ground": ground_words(ACTS[form.act].ground),
        "fields": described(form, case, found.asking, typed),
        "errors": [{"name": name, "text": text} for name, text in typed.errors.items()],
        "refused": refused,
        "possible": why_not(form.act, moments_of(case)) is None,
        "preview": sentences,
        "letter": letter,
        "assessments": assessments_shown(case) if form.decides else [],
        "confirm": form.button(),
        "harm": form.harm,
        "kept": {name: typed.says(name) for name in form.fields if name != "parts"},
        "parts": typed.parts,
        "seen": case.acts,
        "back": found.url,
        "trail": [
            {"url": reverse("officer-cases"), "label": _("Zaken")}, {"url": found.url, "label": case.reference},
            {"label": form.words()},
        ],
    }  # fmt: skip
    return render(request, "officer/case_act.html", context, status=status)


def ahead(form: ActForm, typed: Typed, found: AtHand) -> tuple[str, list[str]]:
    """Give the letter as it would be, and what will happen in sentences. Raises ActRefused where it cannot be done."""
    sentences = form.ahead(typed)
    if form.decides:
        trial = tried(lambda: form.run(found.case, typed, found.asking))  # type: ignore[arg-type,return-value]
        content = trial.letter
        if trial.decision is not None:
            sentences = decided_ahead(trial.decision)
    elif form.letter:
        content = letter_ahead(found.case, form.letter, form.values(typed), on=found.asking.today)
    else:
        return "", sentences
    return mark_safe(as_html(content)), sentences  # noqa: S308 - as_html escapes every text


def decided_ahead(one: Decision) -> list[str]:
    """Say what a decision does: its kind, the amount beside what was asked, and the pot that it comes from."""
    told = {
        "kind": decision_kinds()[one.kind], "amount": money(Fraction(one.amount_cents, 100)),
        "asked": money(Fraction(one.asked_cents, 100)),
    }  # fmt: skip
    found = [_("Het besluit: %(kind)s.") % told]
    if one.kind in GIVING:
        found.append(_("Het bedrag: %(amount)s, van %(asked)s die is gevraagd.") % told)
        if one.ceiling_cents is not None:
            spent = one.granted_before_cents + one.amount_cents
            pot = {"spent": money(Fraction(spent, 100)), "ceiling": money(Fraction(one.ceiling_cents, 100))}
            found.append(_("Daarmee is in dit tijdvak %(spent)s verleend van %(ceiling)s.") % pot)
    return [*found, _("De aanvrager krijgt de brief hieronder, en kan daarna bezwaar maken.")]
