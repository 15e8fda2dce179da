"""Assessing a case: what the rules say of each condition, what the official says over it with a ground and evidence, and what that comes to.

The outcome and the amount are shown before anything is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.applications.evidence.queries import Given
from doorleren.cases.access import ensure_may
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import why_not
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.assess import DOCUMENTS, assess
from doorleren.decisions.judging import Judged
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.rules import Result, Ruling, outcome_of, ruled
from doorleren.decisions.sealed import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.web import known
from doorleren.web.officer import case_written
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_acts import LONGEST, meanwhile
from doorleren.web.officer.case_at_hand import AtHand, at_hand
from doorleren.web.officer.case_documents import ticked_for, to_tick, uploaded
from doorleren.web.officer.case_facts import OnFile, file_shown, on_file
from doorleren.web.officer.case_form_kinds import Typed
from doorleren.web.officer.case_found import outcomes
from doorleren.web.officer.official import page
from doorleren.web.officer.typed_amounts import not_an_amount, typed_cents, written_cents
from doorleren.web.people.unsent import typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed

ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}


@page
@require_http_methods(["GET", "HEAD", "POST"])
def assess_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the conditions with what was computed; POST: per condition met-<id>, ground-<id> and documents-<id>, amount, words."""
    found = at_hand(request, reference)
    if isinstance(found, HttpResponse):
        return found
    asking, case = found.asking, found.case
    ensure_may(asking.who, "assessed", case, at=asking.at)
    viewed(request, "case", case.pk)
    try:
        matter = matter_of(case)
    except ActRefused as refused:
        return _stopped(request, found, in_language(refused.texts))
    texts = why_not("assessed", moments_of(case))
    if texts is not None:
        return _stopped(request, found, in_language(texts))
    there = on_file(matter)
    before = typed_before(request, asking.who)
    if before is not None:
        return _page(request, found, matter, there, _typed(before))
    if request.method != "POST":
        earlier = earlier_by_hand(case.pk)
        return _page(request, found, matter, there, _begun(there, earlier), earlier=earlier)
    typed = _typed(request.POST)
    if "change" in request.POST:
        return _page(request, found, matter, there, typed)
    return _posted(request, found, matter, there, typed)


def _typed(posted: QueryDict) -> Typed:
    texts = {name: str(text).replace("\x00", "")[:LONGEST].strip() for name, text in posted.items()}
    ticked = {name: tuple(dict.fromkeys(posted.getlist(name))) for name in posted if name.startswith(DOCUMENTS)}
    return Typed(texts, ticked)


def _posted(request: HttpRequest, found: AtHand, matter: Matter, there: OnFile, typed: Typed) -> HttpResponse:
    asking, case, says = found.asking, found.case, there.says
    rulings = rulings_of(says.results, typed, uploaded(there.submitted))
    cents = _cents(says, typed)
    results: tuple[Result, ...] = says.results
    try:
        results = ruled(says.results, rulings)
    except ActRefused as refused:
        typed.errors[f"ground-{getattr(refused, 'field', '')}"] = in_language(refused.texts)
    if typed.errors:
        return _page(request, found, matter, there, typed)
    if typed.says("seen") != str(case.acts):
        return _page(request, found, matter, there, typed, refused=meanwhile())
    if "confirmed" not in request.POST:
        return _page(
            request, found, matter, there, typed, total=total_of(results, says.cents if cents is None else cents)
        )
    try:
        assess(
            case.pk,
            rulings,
            library=known.library(),
            by=asking.who,
            at=asking.at,
            cents=cents,
            words=typed.says("words"),
        )
    except ActRefused as refused:
        return _page(request, found, matter, there, typed, refused=_placed(typed, refused))
    return HttpResponseRedirect(f"{found.url}?done=assess")


def _placed(typed: Typed, refused: ActRefused) -> str:
    """Put a refusal of documents beside their condition; give the sentence of any other."""
    field = getattr(refused, "field", "")
    if not field.startswith(DOCUMENTS):
        return in_language(refused.texts)
    typed.errors[field] = in_language(refused.texts)
    return ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an official judged before: by condition, with the documents looked at, in words, and the amount where they gave one."""

    day: date
    results: Mapping[str, Result]
    documents: Mapping[str, tuple[int, ...]]
    words: str
    cents: int | None


def earlier_by_hand(case: int) -> Earlier | None:
    """Give what an official judged in the last assessment; None where that was by the rules alone, or there is none."""
    last = assessment_in_force(case)
    if last is None or last.automatic:
        return None
    try:
        told = content_of(last)
    except Destroyed:
        return None
    by_hand = {one.condition: one for one in told.results if one.basis == "hand"}
    documents = {one.condition: one.documents for one in told.results if one.documents}
    return Earlier(last.act.happened_on, by_hand, documents, told.words, last.amount_cents)


def begun(says: Judged, earlier: Earlier | None) -> dict[str, str]:
    """Begin a form with what the rules say, and over it what an official judged before, with the grounds."""
    texts = {f"met-{one.condition}": _answer(one.met) for one in says.results}
    if earlier is None:
        return texts
    for one in says.results:
        if (before := earlier.results.get(one.condition)) is not None:
            texts |= {f"met-{one.condition}": _answer(before.met), f"ground-{one.condition}": before.ground}
    if not says.exact and earlier.cents is not None and earlier.cents != says.cents:
        texts["amount"] = written_cents(earlier.cents)
    return texts | {"words": earlier.words}


def _begun(there: OnFile, earlier: Earlier | None) -> Typed:
    ticked = {
        f"{DOCUMENTS}{name}": tuple(map(str, one)) for name, one in (earlier.documents if earlier else {}).items()
    }
    return Typed(begun(there.says, earlier), ticked)


def rulings_of(results: Sequence[Result], typed: Typed, given: Mapping[int, Given]) -> list[Ruling]:
    """Give what an official says over the rules: where the answer differs, a ground was given or a document was ticked.

    `given`: the documents that can be ticked, by number. Wrong answers and documents become errors.
    """
    found = []
    for one in results:
        answer, ground = typed.says(f"met-{one.condition}"), typed.says(f"ground-{one.condition}")
        documents = ticked_for(one.condition, given, typed)
        if answer not in ANSWERS:
            typed.errors[f"met-{one.condition}"] = _("Kies voldaan, niet voldaan of niet te zeggen.")
        elif ANSWERS[answer] is not one.met or ground or documents:
            found.append(Ruling(one.condition, ANSWERS[answer], ground, documents))
    return found


def total_of(results: Sequence[Result], cents: int | None) -> dict[str, Any]:
    """Say what results come to: how many are met, not met and open, the outcome, and the amount."""
    met = [one.met for one in results]
    return {
        "yes": met.count(True), "no": met.count(False), "open": met.count(None), "outcome": outcomes()[outcome_of(results)],
        "amount": "" if cents is None else euros(cents),
    }  # fmt: skip


def _cents(says: Judged, typed: Typed) -> int | None:
    """Read the amount, where the scheme gives no exact one; nothing typed leaves what the scheme gives."""
    text = typed.says("amount")
    if says.exact or not text:
        return None
    cents = typed_cents(text)
    if cents is None:
        typed.errors["amount"] = not_an_amount(text)
    elif says.cents is not None and cents > says.cents:
        typed.errors["amount"] = _("De regeling geeft ten hoogste %(most)s.") % {"most": euros(says.cents)}
    return cents


def _answer(met: bool | None) -> str:
    return next(name for name, value in ANSWERS.items() if value is met)


def _stopped(request: HttpRequest, found: AtHand, refused: str) -> HttpResponse:
    context = {"reference": found.case.reference, "refused": refused, "back": found.url, "trail": _trail(found)}
    return render(request, "officer/case_assess.html", context, status=HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, found: AtHand, matter: Matter, there: OnFile, typed: Typed, *, refused: str = "",
    total: dict[str, Any] | None = None, earlier: Earlier | None = None,
) -> HttpResponse:  # fmt: skip
    says, shown, given = there.says, file_shown(matter, there), uploaded(there.submitted)
    asks, met = ([judged_shown(one, typed, given) for one in shown[name]] for name in ("asks", "met"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    kept = [
        (name, text)
        for name, text in typed.texts.items()
        if name.startswith(("met-", "ground-")) or name in ("words", "amount")
    ]
    return render(request, "officer/case_assess.html", {
        "reference": found.case.reference,
        "file": shown | {"rows_other_money": case_written.rules(shown["other_money"])},
        "asks": asks,
        "met": met,
        "met_open": not asks or any(one["wrong"] or one["wrong_ground"] or one["wrong_documents"] for one in met),
        "by_rules": total_of(says.results, says.cents),
        "asks_amount": not says.exact,
        "amount": typed.says("amount"),
        "most": shown["most"],
        "words": typed.says("words"),
        "errors": [{"name": name, "text": text} for name, text in typed.errors.items()],
        "wrong_amount": typed.errors.get("amount", ""),
        "refused": refused,
        "total": total,
        "kept": kept + [(name, number) for name, numbers in typed.ticked.items() for number in numbers],
        "earlier": earlier_words(earlier),
        "seen": found.case.acts,
        "back": found.url,
        "trail": _trail(found),
        "form": True,
    }, status=status)  # fmt: skip


def earlier_words(earlier: Earlier | None) -> str:
    """Say that the form begins with an earlier judgement; nothing where it does not."""
    if earlier is None:
        return ""
    return _("Hieronder staat het oordeel van %(day)s, met de gronden. Verander wat nu anders is.") % {
        "day": written_day(earlier.day)
    }


def judged_shown(rule: Mapping[str, Any], typed: Typed, given: Mapping[int, Given]) -> dict[str, Any]:
    """Describe a condition to judge (case_facts.rule_shown) with the answer, the ground, the documents to tick, and what is wrong."""
    met, ground = f"met-{rule['id']}", f"ground-{rule['id']}"
    return {
        **rule,
        "answers": (("yes", _("voldaan")), ("no", _("niet voldaan")), ("unknown", _("niet te zeggen"))),
        "answer": typed.says(met),
        "ground": typed.says(ground),
        "wrong": typed.errors.get(met, ""),
        "wrong_ground": typed.errors.get(ground, ""),
        "to_tick": to_tick(rule["id"], given, typed),
        "wrong_documents": typed.errors.get(f"{DOCUMENTS}{rule['id']}", ""),
    }


def _trail(found: AtHand) -> list[dict[str, str]]:
    return [
        {"url": reverse("officer-cases"), "label": _("Zaken")}, {"url": found.url, "label": found.case.reference},
        {"label": _("Beoordelen")},
    ]  # fmt: skip
