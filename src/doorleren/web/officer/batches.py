"""Deciding on many cases at once: what a batch of a round would do, proposing it, and how each batch stands.

Who released, stopped or took something out is in batch_acts.py. A GET writes nothing.
"""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.evidence.rules import asked_by
from doorleren.applications.one_training import is_enrolment
from doorleren.applications.queries import tracks_of
from doorleren.cases.access import VIEW
from doorleren.decisions.access import DECIDE, ensure_may_batch
from doorleren.decisions.batches import (
    STANDINGS,
    for_people,
    groups_ahead,
    groups_of,
    items_page,
    rounds_with_waiting,
)
from doorleren.decisions.commands.check_delivery import rounds_to_check
from doorleren.decisions.commands.lapse import rounds_to_lapse
from doorleren.decisions.commands.propose_batch import (
    Preview,
    digest_now,
    frees_of,
    lines_of,
    preview,
    propose_batch,
)
from doorleren.decisions.commands.propose_settling import rounds_drawn, rounds_to_draw, rounds_to_settle
from doorleren.decisions.commands.run_batch import Progress, letters_sent, progress_of
from doorleren.decisions.last_days import without_a_last_day
from doorleren.decisions.models import GIVING, Batch, BatchItem
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.schemes.queries import version_of
from doorleren.web.officer.asked import LARGEST_NUMBER, given, number, paging, table, written_moment
from doorleren.web.officer.batch_words import (
    becomes,
    done_words,
    frees_told,
    group_told,
    lacking_told,
    standing_of,
    standings,
    why_left,
    why_out,
)
from doorleren.web.officer.case_found import cited
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import euros
from doorleren.web.rounds.written import name_of

SHOWN = 200
"""Batches on the list, and cases on a page of one batch."""


@page
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """List the batches of the own bodies, and the rounds in which something waits; what exactly is on the page of each batch."""
    asking = official(request, VIEW)
    deciding, today = own_bodies(asking, DECIDE), asking.today
    rows = Batch.objects.filter(body__in=own_bodies(asking, VIEW)).select_related("round__version", "proposed_by")
    cells = [_row(one) for one in rows.order_by("-pk")[:SHOWN]]
    columns = [_("Reeks"), _("Tijdvak"), _("Voorgesteld"), _("Stand")]
    due, ready = rounds_to_settle(deciding, today=today), rounds_drawn(deciding, today=today)
    to_draw = rounds_to_draw(deciding, today=today) - ready
    return render(request, "officer/batches.html", {
        "table": table("batches", _("Reeksen besluiten"), columns, cells),
        "any": bool(cells),
        "rounds": [
            {"name": name_of(one), "url": reverse("officer-batch-propose", args=[one.pk])}
            for one in rounds_with_waiting(deciding)
        ],
        "settling": [
            {"name": name_of(one), "url": reverse("officer-batch-settle", args=[one.pk])}
            for one in due if one.pk in ready
        ],
        "sampling": [
            {"name": name_of(one), "url": reverse("officer-round-checks", args=[one.pk])}
            for one in due if one.pk in to_draw
        ],
        "checking": [
            {"name": name_of(one), "url": reverse("officer-round-checks", args=[one.pk])}
            for one in rounds_to_check(deciding, today=today)
        ],
        "lapsing": [
            {"name": name_of(one), "url": reverse("officer-batch-lapse", args=[one.pk])}
            for one in rounds_to_lapse(deciding, today=today)
        ],
        "proposes": bool(deciding),
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show what a batch of a round would do; GET: accepted, the statements that it takes. With POST propose exactly that."""
    asking = ask_again(request, DECIDE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = round_of(asking, number_of)
    ensure_may_batch(asking.who, row.body_id, at=asking.at)
    chosen = request.POST if request.method == "POST" else request.GET
    accepted = tuple(dict.fromkeys(one[:100] for one in chosen.getlist("accepted")))
    shown = preview(row, accepted)
    if request.method != "POST":
        return _preview(request, asking, row, shown, accepted)
    if given(request.POST).get("seen") != shown.digest:
        return _preview(
            request, asking, row, shown, accepted, _("De lijst is intussen veranderd. Bekijk haar opnieuw.")
        )
    try:
        batch = propose_batch(row.pk, accepted, by=asking.who, at=asking.at)
    except DecisionRefused as refused:
        return _preview(request, asking, row, shown, accepted, in_language(refused.texts))
    return HttpResponseRedirect(f"{address(batch)}?done=proposed")


@page
@require_safe
def one(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show a batch: who proposed and released it, its groups, how far it is, and its cases; GET: which, after."""
    asking = official(request, VIEW)
    return shown(request, asking, batch_of(asking, number_of, VIEW))


def batch_of(asking: Official, number_of: int, act: str) -> Batch:
    """Give a batch of a body where one may do an act. Raises Http404."""
    rows = Batch.objects.select_related("round__version", "proposed_by", "released_by", "body")
    found = rows.filter(pk=min(number_of, LARGEST_NUMBER), body__in=own_bodies(asking, act)).first()
    if found is None:
        raise Http404
    return found


def address(batch: Batch) -> str:
    """Give the address of a batch."""
    return reverse("officer-batch", args=[batch.pk])


def shown(
    request: HttpRequest, asking: Official, batch: Batch, refused: str = "", errors: dict[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """Show a batch, with why something was refused or what was wrong in its form."""
    told = given(request.GET)
    which = told.get("which", "")
    rows = list(items_page(batch, which, number(told.get("after", "")) or 0, SHOWN + 1))
    progress, waits = progress_of(batch.pk), batch.released_at is None and batch.withdrawn_at is None
    decides, procedure = batch.body_id in own_bodies(asking, DECIDE), version_of(batch.round.version_id).procedure
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "officer/batch.html", {
        "row": batch,
        "round": name_of(batch.round),
        "proposed": written_moment(batch.proposed_at),
        "released": written_moment(batch.released_at) if batch.released_at else "",
        "standing": standing_of(batch),
        "groups": [group_told(group, procedure) for group in groups_of(batch)],
        "frees": frees_told(frees_of(batch)) if waits else [],
        "lacking": lacking_told(without_a_last_day(lines_of(batch), at=asking.at), procedure) if waits else "",
        "accepted": _accepted(batch.round, batch.accepted),
        "progress": progress,
        "letters": _letters(batch, progress),
        "filters": _filters(batch, progress, which),
        "items": [_item(item) for item in rows[:SHOWN]],
        "paging": paging(request, "after", rows[SHOWN - 1].number if len(rows) > SHOWN else None),
        "takes_out": decides and waits,
        "why_out": why_out().items(),
        "releases": decides and waits and batch.proposed_by_id != asking.who.person,
        "own": waits and batch.proposed_by_id == asking.who.person,
        "withdraws": decides and waits,
        "stops": decides and batch.runs,
        "resumes": decides and batch.released_at is not None and batch.stopped_at is not None and batch.finished_at is None,
        "seen": digest_now(batch) if waits else batch.released_digest,
        "refused": refused,
        "errors": [{"name": name, "text": text} for name, text in (errors or {}).items()],
        "wrong": errors or {},
        "done": "" if batch.finished_at else done_words(told.get("done", "")),
        "trail": [up(), {"label": _called(batch)}],
    }, status=status)  # fmt: skip


def _letters(batch: Batch, progress: Progress) -> str:
    """Say how many of the letters went out; nothing before the first decision."""
    if not progress.decided:
        return ""
    made, sent = letters_sent(batch.pk)
    return _("Brieven: %(sent)s van %(made)s verzonden.") % {"sent": sent, "made": made}


def round_of(asking: Official, number_of: int) -> Round:
    """Give a round of a body where one decides. Raises Http404."""
    rows = Round.objects.select_related("version").filter(body__in=own_bodies(asking, DECIDE))
    found = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    return found


def _preview(
    request: HttpRequest, asking: Official, row: Round, ahead: Preview, accepted: tuple[str, ...], refused: str = ""
) -> HttpResponse:  # fmt: skip
    texts, procedure = _texts(row), version_of(row.version_id).procedure
    return render(request, "officer/batch_propose.html", {
        "round": name_of(row),
        "groups": [group_told(group, procedure) for group in groups_ahead(ahead)],
        "frees": frees_told(ahead.frees),
        "lacking": lacking_told(without_a_last_day(ahead.lines, at=asking.at), procedure),
        "number": len(ahead.lines),
        "cents": euros(ahead.cents),
        "people": for_people(row, ahead),
        "to_read": _to_read(row),
        "statements": [
            {"id": id_, "text": texts.get(id_, id_), "number": count, "chosen": id_ in accepted}
            for id_, count in ahead.stated.items()
        ],
        "accepted": accepted,
        "seen": ahead.digest,
        "rules": ahead.rules_digest,
        "refused": refused,
        "trail": [up(), {"label": _("Reeks voorstellen")}],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _texts(row: Round) -> dict[str, str]:
    """Give the sentences of the conditions of a round's scheme, by id."""
    version = version_of(row.version_id)
    return {one.id: one.says(language()) for track in version.tracks for one in track.conditions}


def _to_read(row: Round) -> list[dict[str, Any]]:
    """Give the evidence that is asked with an application in a round, where no answer stands for it: somebody must read it."""
    version = version_of(row.version_id)
    asked = (one for track in tracks_of(row) for one in asked_by(version, track.id) if one.now and not one.by_answers)
    by_id = {one.evidence.id: one.evidence for one in asked}
    return [
        {
            "text": in_language(one.text), "confirmed": is_enrolment(one),
            "source": cited(one.citation) if one.citation else "",
        }
        for one in by_id.values()
    ]  # fmt: skip


def _accepted(row: Round, accepted: list[str]) -> list[str]:
    texts = _texts(row) if accepted else {}
    return [texts.get(one, one) for one in accepted]


def _filters(batch: Batch, progress: Any, which: str) -> list[dict[str, Any]]:
    """Give the lists of a batch, each with how many cases are on it."""
    counts = {
        "pending": progress.pending,
        "decided": progress.decided,
        "left": progress.left,
        "taken_out": progress.taken_out,
    }
    every = {
        "words": _("alle"),
        "number": sum(counts.values()),
        "url": address(batch),
        "current": which not in STANDINGS,
    }
    return [every, *(
        {"words": words, "number": counts[name], "url": f"{address(batch)}?which={name}", "current": which == name}
        for name, words in standings().items()
    )]  # fmt: skip


def _item(item: BatchItem) -> dict[str, Any]:
    standing = next(name for name in STANDINGS if _stands(item, name))
    why = ""
    if standing == "left":
        why = why_left(item.left, item.case.procedure)
    elif standing == "taken_out" and item.taken_out_by is not None:
        words = why_out().get(item.taken_out_why, "")
        why = _("%(why)s (%(who)s)") % {"why": words, "who": item.taken_out_by.name or str(item.taken_out_by_id)}
    return {
        "number": item.number, "case": item.case_id, "reference": item.case.reference,
        "url": reverse("officer-case", args=[item.case.reference]), "kind": becomes(item.case.procedure)[item.kind],
        "amount": euros(item.cents), "on_word": item.kind in GIVING and item.assessment.outcome == "open",
        "standing": standings()[standing], "why": why, "pending": item.pending,
        "tone": {"decided": "get", "left": "maybe", "taken_out": "maybe"}.get(standing, ""),
    }  # fmt: skip


def _stands(item: BatchItem, name: str) -> bool:
    return {
        "pending": item.pending, "decided": item.decided_at is not None, "left": item.left != "",
        "taken_out": item.taken_out_at is not None,
    }[name]  # fmt: skip


def _row(one: Batch) -> list[str | dict[str, Any]]:
    by = _("%(at)s, door %(name)s") % {
        "at": written_moment(one.proposed_at), "name": one.proposed_by.name or str(one.proposed_by_id),
    }  # fmt: skip
    return [{"text": _called(one), "url": address(one)}, name_of(one.round), by, standing_of(one)]


def _called(one: Batch) -> str:
    return _("Reeks %(number)s") % {"number": one.pk}


def up() -> dict[str, str]:
    """Give the way back to the list of batches."""
    return {"url": reverse("officer-batches"), "label": _("Reeksen besluiten")}
