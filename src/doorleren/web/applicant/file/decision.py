"""The decision as the party may read it: the reason per condition, the calculation, what it rests on, and the money."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.queries import submitted_answers
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.money import euros
from doorleren.decisions.letter_values import reasons
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Decision
from doorleren.decisions.models.decision import GIVING
from doorleren.decisions.paid_together import paid_together
from doorleren.decisions.sealed import Content, content_of
from doorleren.letters.variables import Reason
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import asked_no_more
from doorleren.payments.refunds import REFUND
from doorleren.payments.standings import NEW
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.rules.provisions import holds_for
from doorleren.web import known
from doorleren.web.applicant.file.advance import advance_shown
from doorleren.web.applicant.file.doing import late_objections, objectable, url_of
from doorleren.web.applicant.file.letters import not_readable, term_of
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.words import answer_shown
from doorleren.web.loan_words import loan_at, loan_sums, plan_shown
from doorleren.web.provision_words import file_said
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import day_in_words
from doorleren.web.public.words import law_said
from doorleren.web.surroundings import now

FIRST = {False: 0, None: 1, True: 2}
"""In which order the reasons stand: first what was not met, then what could not be told."""


@never_cache
@require_safe
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show the last decision that the party was told of."""
    found = own_file(request, number)
    one = found.told.decision
    if one is None:
        raise Http404
    try:
        content = content_of(one)
    except (Destroyed, DoesNotOpen) as fault:
        return not_readable(request, found, fault)
    return render(request, "applicant/file_decision.html", {
        **found.frame(_("Besluit")),
        **decision_told(found, one, content),
        "says": file_said(found.case.procedure),
        "letter": letter_of_decision(found, one),
        "objection": objection_url(found, one) if found.may_act else "",
        "late": one.act.number in {each.act.number for each in late_objections(found)},
    })  # fmt: skip


def objection_url(found: OwnFile, one: Decision) -> str:
    """Give the page to object to a decision on; empty where that cannot be."""
    open_to = {each.act.number for each in objectable(found)}
    return f"{url_of(found, 'objection')}?against={one.act.number}" if one.act.number in open_to else ""


def decision_told(found: OwnFile, one: Decision, content: Content) -> dict[str, Any]:
    """Describe a decision with everything that it rests on, in plain values."""
    matter = matter_of(found.case)
    return {
        "kind": one.kind,
        "outcome": outcomes()[one.kind],
        "decided_on": day_in_words(one.decided_on),
        "amount": euros(one.amount_cents) if one.amount_cents else "",
        "asked": euros(one.asked_cents) if one.asked_cents else "",
        "article": law_said(holds_for(one.article, found.case.procedure)),
        "words": content.words,
        "automatic": one.batch_id is not None,
        "reasons": reasons_shown(reasons(matter, content.results, language())),
        "calculation": calculation_shown(content),
        "paid": [
            {"text": row.text, "amount": euros(row.cents or 0), "total": row.total}
            for row in paid_together(matter, one.amount_cents, language()) if one.kind in GIVING
        ],
        "used": used(found),
        "payments": payments_shown(found.case),
        "advance": advance_shown(found.case),
        "plan": plan_shown(loan_at(found.case, day_of(now()))),
    }  # fmt: skip


def reasons_shown(found: Iterable[Reason]) -> list[dict[str, Any]]:
    """Describe the reason per condition, what was not met first."""
    return [
        {"text": one.text, "met": one.met, "why": one.ground, "source": law_said(one.source)}
        for one in sorted(found, key=lambda one: FIRST[one.met])
    ]


def calculation_shown(content: Content) -> list[dict[str, Any]]:
    """Describe the rows of a calculation."""
    return [
        {
            "text": in_language(row.texts),
            "amount": euros(row.cents) if row.cents is not None else "",
            "total": row.total,
        }
        for row in content.calculation
    ]


def used(found: OwnFile) -> list[dict[str, Any]]:
    """List the answers that were submitted, each with where it comes from."""
    counted = submitted_answers(found.application, known.library())
    return [
        {"question": one["question"], "answer": one["answer"], "origin": one["origin"]}
        for one in (answer_shown(each) for each in counted if not each.subject_number)
    ]


def payments_shown(case: Case) -> list[dict[str, str]]:
    """List the sums of money of a case, as the ledger has them; none where nothing was posted."""
    standing = standing_of("case", str(case.pk))
    if standing == NEW:
        return []
    of, back = standing.amount, standing_of(REFUND, str(case.pk))
    undue = 0 if asked_no_more([case.pk]) else of("undue")
    rows = (
        (_("Toegekend"), standing.granted), (file_said(case.procedure)["paid"], of("paid")),
        (_("Nog te betalen"), of("payable") + of("in_transit")),
        (_("Terug te betalen"), undue + of("recoverable")),
        (_("Dit betalen wij u nog terug"), back.amount("payable") + back.amount("in_transit")),
    )  # fmt: skip
    owed = loan_sums(loan_at(case, day_of(now())))
    return [{"label": label, "amount": euros(cents)} for label, cents in (*rows, *owed) if cents]


def letter_of_decision(found: OwnFile, one: Decision) -> dict[str, str] | None:
    """Give the letter of a decision with the term that runs from it."""
    for sent in found.told.letters:
        if sent.act is not None and sent.act.pk == one.act_id:
            return {"url": found.url("-letter", sent.letter.pk), "term": term_of(found, sent)}
    return None


def outcomes() -> dict[str, str]:
    """Say in a sentence what was decided."""
    return {
        "granted": _("Wij kennen uw aanvraag toe."), "partly_granted": _("Wij kennen uw aanvraag voor een deel toe."),
        "refused": _("Wij wijzen uw aanvraag af."), "left_out": _("Wij behandelen uw aanvraag niet."),
    }  # fmt: skip
