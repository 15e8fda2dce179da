"""What can be chosen in a field of a form on a case: per key of case_fields.py the values with their words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.answers import form_for, profile_of
from doorleren.applications.evidence.queries import asked_of
from doorleren.applications.queries import submitted_answers
from doorleren.cases.acts import called
from doorleren.cases.appeals import appeals_running, to_appeal
from doorleren.cases.frameworks import proofs
from doorleren.cases.given_days import NOT_TAKEN, WRONG_ADDRESS, goes_by_letter
from doorleren.cases.models import Case
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of, moments_of
from doorleren.cases.returned import underway
from doorleren.cases.rules import state_of
from doorleren.cases.terms import terms_of
from doorleren.cases.terms.default import ever_late
from doorleren.core.days import day_of
from doorleren.core.texts import in_language
from doorleren.decisions.checkable import would_choose
from doorleren.decisions.commands.decide_objection import can_be_for
from doorleren.decisions.commands.establish_repeat import earlier_cases
from doorleren.decisions.commands.fix_penalty import to_fix
from doorleren.decisions.commands.note_talk import CHANNELS
from doorleren.decisions.commands.report_delivery import asked_later
from doorleren.decisions.commands.send_again import letters_back, ways_again
from doorleren.decisions.commands.suspend_payment import OTHER, SAME, suspended_before
from doorleren.decisions.completeness import EXPLAINS, LACKS
from doorleren.decisions.grounds import grounds
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.objections import contestable, objections_open
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.revoking_grounds import RevokingGround, to_amend, to_withdraw
from doorleren.decisions.rules import Ground
from doorleren.decisions.settlement_proofs import to_judge
from doorleren.people.models import Body
from doorleren.rules.provisions import holds_for
from doorleren.web import known
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_appeals import appealed_words
from doorleren.web.officer.case_asked import colleagues
from doorleren.web.officer.case_at_hand import submitted
from doorleren.web.officer.case_forms_collecting import owed_in
from doorleren.web.officer.case_grounds import fits_now
from doorleren.web.officer.case_shown import late_with
from doorleren.web.officer.case_words import advices, channels, judgments, why_checked
from doorleren.web.officer.official import Official
from doorleren.web.public.questions import language
from doorleren.web.public.words import law_said

Options = list[tuple[str, str]]


def options_of(key: str, case: Case, asking: Official) -> Options:
    """Give what can be chosen in a field; none for fields without a choice."""
    return _OPTIONS[key](case, asking) if key in _OPTIONS else []


def parts_of(case: Case, spoken: str) -> Options:
    """Give what an applicant can be asked for, in a language: evidence of the scheme, and the facts that its rules look at."""
    matter = submitted(case)
    if matter is None:
        return []
    library = known.library()
    told = profile_of(submitted_answers(matter.application, library))
    filed = day_of(matter.ticket.arrived_at)
    names = form_for(matter.application, told, filed, library).judgement.settled.facts
    facts = [fact for name, fact in library.vocabulary.facts.items() if name in names and fact.table != "asker"]
    evidence = [(one.evidence.id, in_language(one.evidence.text, spoken)) for one in asked_of(matter.application)]
    return [*evidence, *((fact.name, in_language(fact.label, spoken)) for fact in facts)]


def _later_evidence(case: Case, asking: Official) -> Options:
    matter = submitted(case)
    if matter is None:
        return []
    asked = asked_later(matter)
    return [(one.id, in_language(one.text, language())) for one in matter.version.evidence if one.id in asked]


def _chosen_by_asking(case: Case, asking: Official) -> Options:
    """Give why a case is checked; nothing where asking does not choose it, as it was drawn or must be proven anyway."""
    decision = decision_in_force(case.pk)
    return list(why_checked().items()) if decision is not None and would_choose(case, decision) else []


def _proofs(case: Case, asking: Official) -> Options:
    matter, decision = submitted(case), decision_in_force(case.pk)
    if matter is None or decision is None or not decision.arrangement:
        return []
    return [(one, in_language(proofs()[one].name, language())) for one in to_judge(matter, decision)]


def _earlier(case: Case, asking: Official) -> Options:
    matter = submitted(case)
    found = [] if matter is None else earlier_cases(matter)
    return [(str(one.pk), f"{one.reference}, {written_day(one.received_on)}") for one in found]


def _against(case: Case, asking: Official) -> Options:
    return [(str(one.act.number), _act(case, one.act.act, one.act.happened_on)) for one in contestable(case)]


def _appealed(case: Case, asking: Official) -> Options:
    return [(str(one.number), appealed_words(one, case.procedure)) for one in to_appeal(case)]


def _appeals(case: Case, asking: Official) -> Options:
    """Give the open appeals to choose from; none where there are fewer than two."""
    rows = appeals_running(case)
    return [
        (str(one.number), f"{written_day(one.noted.on)} ({appealed_words(one.against, case.procedure)})") for one in rows
    ] if len(rows) > 1 else []  # fmt: skip


def _objections(case: Case, asking: Official) -> Options:
    """Give the open objections to choose from; none where there are fewer than two."""
    rows = objections_open(case.pk)
    return [
        (str(one.number), _numbered(one.number, f"{written_day(one.received_on)} ({_act(case, one.against.act, one.against.happened_on)})"))
        for one in rows
    ] if len(rows) > 1 else []  # fmt: skip


def _numbered(number: int, words: str) -> str:
    """Name an objection by its number too, as a refusal does."""
    return _("Bezwaar %(number)s: %(words)s") % {"number": number, "words": words}


def _late_decisions(case: Case, asking: Official) -> Options:
    """Give what a notice of default can be about, also what was decided too late; none where there are fewer than two."""
    rows = acts_of(case.pk)
    life = life_of(case, rows)
    numbers = ever_late(life, terms_of(life, law()))
    told = [(about, late_with(rows, about, case.procedure)) for about in numbers]
    return [(str(about), _numbered(about, words) if about else words) for about, words in told] if len(told) > 1 else []


def _notices(case: Case, asking: Official) -> Options:
    """Give the notices of default of which the penalty was not fixed; none where there are fewer than two."""
    rows = acts_of(case.pk)
    found = [one for one in to_fix(case, life_of(case, rows)) if one.counts]
    return [
        (str(one.done.number), f"{written_day(one.done.on)}: {late_with(rows, one.about, case.procedure)}") for one in found
    ] if len(found) > 1 else []  # fmt: skip


def _letters(case: Case, asking: Official) -> Options:
    return [
        (str(one.number), _act(case, one.act, one.happened_on))
        for one in underway(acts_of(case.pk))
        if goes_by_letter(one)
    ]


def _came_back(case: Case, asking: Official) -> Options:
    return [(str(back.number), _act(case, one.act, one.happened_on)) for back, one in letters_back(case)]


def _act(case: Case, name: str, day: object) -> str:
    return f"{in_language(called(name, case.procedure), language())}, {written_day(day)}"  # type: ignore[arg-type]


def _unheard(*outcomes: str) -> Options:
    return [(name, in_language(texts, language())) for name, texts in law_of_objection().unheard(*outcomes).items()]


def _inadmissible(case: Case, asking: Official) -> Options:
    """Give why an objection is not treated: too late, or not repaired, only where one that is open is so."""
    open_ = objections_open(case.pk)
    return [
        (one.id, in_language(one.texts, language())) for one in law_of_objection().inadmissible.values()
        if any(can_be_for(one.id, each, asking.at) for each in open_)
    ]  # fmt: skip


def _ground(one: Ground | RevokingGround, procedure: str) -> tuple[str, str]:
    words, article = in_language(one.texts, language()), law_said(holds_for(one.article, procedure))
    return one.id, f"{words} ({article})" if article else words


def unfit_grounds(case: Case) -> list[dict[str, Any]]:
    """Describe the grounds on which cannot be refused now: why not, and whether a notice of intent must come first."""
    return [
        {"words": _ground(one.ground, case.procedure)[1], "why": in_language(one.why_not, language()), "intent": one.after_intent}
        for one in fits_now(case) if one.why_not is not None
    ]  # fmt: skip


def _revoking(case: Case, asking: Official) -> Options:
    settled = state_of(moments_of(case), without="objection") == "settled"
    return [_ground(one, case.procedure) for one in to_withdraw(settled=settled)]


def _amending(case: Case, asking: Official) -> Options:
    decision = decision_in_force(case.pk)
    open_day = decision is not None and decision.activities_until is None
    return [_ground(one, case.procedure) for one in to_amend(open_day=open_day)]


_OPTIONS: Mapping[str, Callable[[Case, Official], Options]] = {
    "to": lambda case, asking: [
        one for one in colleagues(case.body_id, asking.today) if one[0] != str(case.assigned_to_id)
    ],
    "suspending": lambda case, asking: [
        ("consent", _("de aanvrager stemt ermee in")), ("delay", _("de aanvrager vertraagt")), ("force_majeure", _("overmacht")),
    ],
    "reopening": lambda case, asking: [
        ("new_facts", _("er zijn nieuwe feiten")), ("mistake", _("de zaak is per ongeluk gesloten")),
        ("judgment", _("de rechter heeft beslist")),
    ],
    "channel": lambda case, asking: [(name, channels()[name]) for name in CHANNELS],
    "body": lambda case, asking: list(
        Body.objects.exclude(pk=case.body_id).order_by("name").values_list("code", "name")[:200]
    ),
    "ground": lambda case, asking: [_ground(one.ground, case.procedure) for one in fits_now(case) if one.why_not is None],
    "intent_ground": lambda case, asking: [_ground(one, case.procedure) for one in grounds().values() if one.intent],
    "parts": lambda case, asking: parts_of(case, language()),
    "lacking": lambda case, asking: [
        (LACKS, _("het ontbreekt, en moest bij de aanvraag zitten")),
        (EXPLAINS, _("het is er, en ik vraag uitleg of een betere versie")),
    ],
    "evidence": _later_evidence,
    "asked_evidence": _later_evidence,
    "proofs": _proofs,
    "earlier": _earlier,
    "against": _against,
    "which_objection": _objections,
    "appealed": _appealed,
    "which_appeal": _appeals,
    "late_decision": _late_decisions,
    "which_notice": _notices,
    "returned": _letters,
    "came_back": _came_back,
    "why_again": lambda case, asking: [
        (WRONG_ADDRESS, _("wij gebruikten een verkeerd adres")),
        (NOT_TAKEN, _("het adres klopte, maar niemand nam de brief aan of haalde hem op")),
    ],
    "way_again": lambda case, asking: [(one.value, channels()[one.value]) for one in ways_again(case)],
    "envelope": lambda case, asking: [("yes", _("De brief gaat in een envelop met het goede adres."))],
    "revoking": _revoking,
    "amending": _amending,
    "advice": lambda case, asking: list(advices().items()),
    "committee": lambda case, asking: [("no", _("nee")), ("yes", _("ja"))],
    "upheld_unheard": lambda case, asking: _unheard("objection_upheld", "debt_objection_upheld"),
    "rejected_unheard": lambda case, asking: _unheard("objection_rejected"),
    "dismissed_unheard": lambda case, asking: _unheard("objection_inadmissible"),
    "inadmissible": _inadmissible,
    "judgment": lambda case, asking: list(judgments().items()),
    "suspicion": lambda case, asking: [
        (SAME, _("ja, de weken van toen lopen door")), (OTHER, _("nee, dit is een ander vermoeden")),
    ] if suspended_before(case.pk) else [],
    "interest_free": lambda case, asking: [("no", _("ja")), ("yes", _("nee, niet als op tijd wordt betaald"))],
    "owed_in": lambda case, asking: owed_in(case),
    "checking": lambda case, asking: list(why_checked().items()),
    "checking_by_asking": _chosen_by_asking,
}  # fmt: skip
