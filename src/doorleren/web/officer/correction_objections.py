"""The forms about an objection to the answer to a request to correct: entering one from paper, more time, deciding on it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.access import may_treat_correction
from doorleren.applications.corrections.commands.at_hand import REFUSE, TREAT, is_own_answer, words
from doorleren.applications.corrections.commands.object_to_answer import (
    HEARD,
    Heard,
    OnPaper,
    Ruling,
    came_late,
    decide_objection,
    enter_objection,
    heard_said,
    more_time_until,
    objection_words,
    paper_days,
    ruling_said,
    take_more_time,
)
from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.refusing import NOTHING_TO_CONTEST, CorrectionRefused
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.corrections.told import deciding_term, objecting_term
from doorleren.applications.models import UPHOLDS, CorrectionAct
from doorleren.web import known
from doorleren.web.officer.asked import field as field_of
from doorleren.web.officer.asked import known_day
from doorleren.web.officer.correction_form import Form
from doorleren.web.officer.official import Official
from doorleren.web.public.questions import in_language

RULING_ACTS: Mapping[str, CorrectionAct] = {
    "uphold": CorrectionAct.UPHELD, "uphold-in-part": CorrectionAct.UPHELD_IN_PART,
    "reject": CorrectionAct.REJECTED, "inadmissible": CorrectionAct.INADMISSIBLE,
}  # fmt: skip
OBJECTION_ACTS: Mapping[str, CorrectionAct] = {
    "object": CorrectionAct.OBJECTED, "more-time": CorrectionAct.MORE_TIME, **RULING_ACTS,
}  # fmt: skip
"""What an official does about an objection, by the end of its address."""


def objection_titles() -> dict[str, str]:
    """Name the acts, as headings and on buttons."""
    return {
        "object": _("Bezwaar op papier invoeren"), "more-time": _("Meer tijd voor het bezwaar"),
        "uphold": _("Bezwaar gegrond"), "uphold-in-part": _("Bezwaar voor een deel gegrond"),
        "reject": _("Bezwaar ongegrond"), "inadmissible": _("Bezwaar niet behandelen"),
    }  # fmt: skip


def possible_on_objection(asking: Official, standing: Standing) -> dict[str, bool]:
    """Say of each act whether one may do it now; whoever gave the answer does not decide on the objection to it."""
    treats, decides = (
        bool(may_treat_correction(asking.who, standing.request, act, at=asking.at)) for act in (TREAT, REFUSE)
    )
    rules = standing.contested and decides and not is_own_answer(standing, asking.who)
    objectable = standing.objected is None and treats and objecting_term(standing) is not None
    more = standing.contested and treats and asking.today <= standing.due_on
    more = more and all(one.step != CorrectionAct.MORE_TIME for one in standing.steps)
    return {
        **dict.fromkeys(RULING_ACTS, rules), "inadmissible": rules and came_late(standing), "more-time": more,
        "object": objectable,
    }  # fmt: skip


def paper_fields(form: Form) -> list[dict[str, Any]]:
    """Give the fields of an objection that came by post."""
    return [
        field_of("words", "text", _("Wat staat er in het bezwaar?"), form.typed, needed=True),
        field_of("received_on", "line", _("Op welke dag kwam het binnen?"), form.typed, needed=True, short=True),
        field_of("posted_on", "line", _("Op welke dag ging het op de post?"), form.typed, short=True,
                 help=_("Vul dit in als u het weet, bijvoorbeeld van het poststempel.")),
    ]  # fmt: skip


def heard_fields(form: Form) -> list[dict[str, Any]]:
    """Give the fields of hearing who objected: when, or why not."""
    ruling = OBJECTION_ACTS[form.name]
    options = [(HEARD, _("ja, op de dag hieronder"))]
    for name, one in correction_law().objection.unheard.items():
        if one.only in ("", ruling):
            options.append((name, _("nee: %(why)s") % {"why": in_language(one.texts)}))
    return [
        field_of("heard", "choice", _("Hoorde u wie bezwaar maakte?"), form.typed, options=options, needed=True),
        field_of("heard_on", "line", _("Op welke dag?"), form.typed, short=True),
    ]


def objection_checked(form: Form) -> Mapping[str, Any]:
    """Check each field as its command will; give what the step would say, nothing where something is wrong."""
    check = objection_words if form.name == "object" else partial(words, field="words")
    said = form.attempt("words", lambda: check(form.says("words")))
    if form.name == "object":
        form.attempt("received_on", lambda: _paper_checked(form))
    elif form.name == "more-time":
        form.attempt("words", lambda: more_time_until(form.standing, form.asking.today))
    else:
        return _ruling_checked(form)
    return {"words": said}


def _ruling_checked(form: Form) -> Mapping[str, Any]:
    ruling, today = _ruling(form), form.asking.today
    form.attempt("heard", lambda: heard_said(form.standing, ruling, today))
    if ruling.told is not None:
        form.attempt("told", ruling.told.checked)
    return {} if form.errors else ruling_said(form.standing, ruling, today)


def run_objection_act(form: Form) -> None:
    """Do the act."""
    number, by, at, seen = form.standing.request.pk, form.asking.who, form.asking.at, form.standing.last
    if form.name == "object":
        enter_objection(number, form.says("words"), _paper(form), seen=seen, by=by, at=at)
    elif form.name == "more-time":
        take_more_time(number, form.says("words"), seen=seen, by=by, at=at)
    else:
        decide_objection(number, _ruling(form), seen=seen, library=known.library(), by=by, at=at)


def objection_ahead() -> dict[str, list[str]]:
    """Say of each act what it will do."""
    corrects = _("U verbetert: %(new)s.")
    appeal = _("De aanvrager kan daarna naar de rechter.")
    return {
        "object": [_("U legt het bezwaar vast. Een ander dan wie antwoordde, beslist uiterlijk op %(day)s.")],
        "more-time": [_("De beslissing op het bezwaar komt uiterlijk op %(day)s. Dit kan maar één keer.")],
        "uphold": [_("Het bezwaar is gegrond."), corrects, appeal],
        "uphold-in-part": [_("Het bezwaar is voor een deel gegrond."), corrects, appeal],
        "reject": [_("Het bezwaar is ongegrond. Het antwoord blijft."), appeal],
        "inadmissible": [_("Het bezwaar wordt niet behandeld. Het antwoord blijft."), appeal],
    }  # fmt: skip


def objection_until(form: Form) -> date | None:
    """Give the last day that an act sets; None where it sets none."""
    if form.name == "more-time":
        return more_time_until(form.standing, form.asking.today)
    term = deciding_term(form.standing) if form.name == "object" else None
    return None if term is None else term.last


def _paper(form: Form) -> OnPaper:
    today = form.asking.today
    return OnPaper(known_day(form.says("received_on"), today), known_day(form.says("posted_on"), today))


def _paper_checked(form: Form) -> None:
    term = objecting_term(form.standing)
    if term is None:
        raise CorrectionRefused(NOTHING_TO_CONTEST)
    paper_days(_paper(form), term.start, form.asking.today)


def _ruling(form: Form) -> Ruling:
    heard = Heard(form.says("heard"), known_day(form.says("heard_on"), form.asking.today))
    upholds = RULING_ACTS[form.name] in UPHOLDS
    new, told = (form.new, form.told) if upholds else (None, None)
    return Ruling(RULING_ACTS[form.name], form.says("words"), heard, new, told)
