"""What goes with the acts of a case and stands in no assessment or decision: objections, hearings, reports, settlements, recoveries.

Read only where the moments of the case say that there is some. The words are opened for who may view evidence; the page asks.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from doorleren.audit.acts import Party
from doorleren.cases.acts import called
from doorleren.cases.frameworks import proofs
from doorleren.cases.models import CaseAct
from doorleren.decisions.joining import joined
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.models import (
    ActWords,
    Delivery,
    FixedPenalty,
    Hearing,
    Objection,
    ObjectionDecision,
    Recovery,
    RecoveryStep,
    Revocation,
    Settlement,
)
from doorleren.decisions.objections import objections_open
from doorleren.people.file_keys import Destroyed, opened
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_delivered import delivered_facts, delivered_links
from doorleren.web.officer.case_objected import objected_facts
from doorleren.web.officer.case_words import channels, notes, reported
from doorleren.web.provision_words import words_of
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros

Facts = list[tuple[str, str]]


def afterwards_shown(hand: AtHand) -> list[dict[str, Any]]:
    """Describe them, the newest first."""
    found = [
        row
        for happened, rows in _KINDS
        if any(getattr(hand.case, f"{one}_at") for one in happened)
        for row in rows(hand)
    ]
    return [shown for _number, shown in sorted(found, key=lambda pair: pair[0], reverse=True)]


Rows = Iterator[tuple[int, dict[str, Any]]]


def _one(
    hand: AtHand, act: CaseAct, facts: Facts, row: Any, names: Iterable[str], words: str = ""
) -> tuple[int, dict[str, Any]]:  # fmt: skip
    """Describe one; `names`: under which its content may be sealed, before the number of its act."""
    told: dict[str, Any] = {
        "words": words or in_language(called(act.act, hand.case.procedure)), "day": written_day(act.happened_on), "facts": facts,
    }  # fmt: skip
    said, gone = list[str](), False
    for name in names:
        try:
            said += _words(hand.key(), act, bytes(row.content), name)
        except Destroyed:
            gone = True
    return act.number, told | {"said": said, "gone": gone}


def _words(key: bytes, act: CaseAct, content: bytes, name: str) -> list[str]:
    about = Party("case", str(act.case_id))
    told = json.loads(opened(content, key, about, f"{name}-{act.number}"))
    extra = [told["told"][one] for one in ("weighing", "excused") if told["told"].get(one)]
    return [one for one in (told["words"], *extra) if one]


def objections_to_decide(hand: AtHand) -> list[dict[str, Any]]:
    """Describe the open objections of a case with what the objector wrote, for who decides on one."""
    return [
        _one(hand, one.act, objected_facts(one, hand), one, ("objection",))[1] for one in objections_open(hand.case.pk)
    ]


def _objections(hand: AtHand) -> Rows:
    rows = list(Objection.objects.filter(case=hand.case).select_related("act", "against"))
    more = joined(rows)
    for one in rows:
        facts = objected_facts(one, hand)
        if also := more.get(one.pk):
            named = (
                f"{in_language(called(act.act, hand.case.procedure))} ({written_day(act.happened_on)})" for act in also
            )
            facts.append((_("Gaat ook over"), ", ".join(named)))
        yield _one(hand, one.act, facts, one, ("objection",))
    for hearing in Hearing.objects.filter(objection__case=hand.case).select_related("act"):
        yield _one(
            hand, hearing.act, [(_("Ter inzage vanaf"), written_day(hearing.inspect_from))], hearing, ("hearing",)
        )
    for made in ObjectionDecision.objects.filter(objection__case=hand.case).select_related("act"):
        facts = []
        if made.without_hearing:
            facts.append(
                (_("Niet gehoord"), in_language(law_of_objection().without_hearing[made.without_hearing].texts))
            )
        if made.awarded_cents:
            facts += [
                (_("Nieuw bedrag"), euros(made.awarded_cents)),
                (_("Boven het plafond"), euros(made.above_ceiling_cents)),
            ]
        yield _one(hand, made.act, facts, made, ("objection-decision",))


def _deliveries(hand: AtHand) -> Rows:
    for one in Delivery.objects.filter(case=hand.case).select_related("act", "word"):
        word = getattr(one, "word", None)
        number, told = _one(
            hand, one.act, delivered_facts(hand, one), one, ("delivery",), words=reported(one.act.details)
        )
        told |= delivered_links(hand, one)
        if word is not None:
            told["said"] += _one(hand, one.act, [], word, ("delivery-word",))[1]["said"]
        yield number, told


def _settlements(hand: AtHand) -> Rows:
    words = words_of(hand.case.procedure)
    for one in Settlement.objects.filter(case=hand.case).select_related("act"):
        facts = [
            (capfirst(words["granted"]), euros(one.granted_cents)),
            (capfirst(words["settled"]), euros(one.settled_cents)),
        ]
        facts += [(_("In orde bevonden"), named)] if (named := _proofs(one, "proof_")) else []
        facts += [(_("Niet nodig gevonden"), named)] if (named := _proofs(one, "set_aside_")) else []
        yield _one(hand, one.act, facts, one, ("settlement",))


def _proofs(one: Settlement, prefix: str) -> str:
    """Name the proofs that the act of a settlement tells of, in one way."""
    found = [str(told) for name, told in sorted(one.act.details.items()) if name.startswith(prefix)]
    return ", ".join(in_language(proofs()[told].name) for told in found if told in proofs())


def _recoveries(hand: AtHand) -> Rows:
    for one in Recovery.objects.filter(case=hand.case).select_related("act"):
        facts = [
            (_("Betaald"), euros(one.paid_cents)), (_("Terug te betalen"), euros(one.cents)),
            (_("Delen"), str(one.instalments)), (_("Uiterlijk"), written_day(one.pay_by)),
        ]  # fmt: skip
        yield _one(hand, one.act, facts, one, ("recovery",))
    for step in RecoveryStep.objects.filter(recovery__case=hand.case).select_related("act"):
        facts = [(_("Bedrag"), euros(step.cents))]
        yield _one(hand, step.act, facts, step, ("recovery-step",), words=_steps().get(step.step, step.step))


def _steps() -> dict[str, str]:
    return {
        "reminded": _("Aanmaning"), "waived": _("Afgezien van terugvordering"), "deferred": _("Uitstel van betaling"),
        "interest": _("Rente vastgesteld"), "writ": _("Dwangbevel"), "set_off": _("Verrekening"),
        "lifted": _("Terugvordering vervallen na bezwaar"),
    }  # fmt: skip


def _revocations(hand: AtHand) -> Rows:
    for one in Revocation.objects.filter(act__case=hand.case).select_related("act"):
        yield _one(hand, one.act, [(_("Vervallen"), euros(one.lost_cents))], one, ())


def _penalties(hand: AtHand) -> Rows:
    for one in FixedPenalty.objects.filter(act__case=hand.case).select_related("act", "notice"):
        facts = [
            (_("Ingebrekestelling"), written_day(one.notice.happened_on)), (_("Dagen"), str(one.days)),
            (_("Dwangsom"), euros(one.cents)),
        ]  # fmt: skip
        yield _one(hand, one.act, facts, one, ())


def _said(hand: AtHand) -> Rows:
    """Describe the words of acts that have no row of their own, and questions about what was done."""
    for one in ActWords.objects.filter(act__case=hand.case).select_related("act", "act__delivery_question"):
        act, question = one.act, getattr(one.act, "delivery_question", None)
        if question is not None:
            facts = [(_("Antwoord uiterlijk"), written_day(question.until))]
            yield _one(hand, act, facts, one, ("act",), words=_("Vraag over de uitvoering"))
            continue
        channel = str(act.details.get("channel", ""))
        facts = [(_("Hoe was er contact?"), channels().get(channel, channel))] if channel else []
        yield _one(hand, act, facts, one, ("act",), words=notes().get(str(act.details.get("what", "")), ""))


_KINDS: tuple[tuple[tuple[str, ...], Callable[[AtHand], Rows]], ...] = (
    (("objection_received",), _objections),
    (("delivery_proven",), _deliveries),
    (("settled",), _settlements),
    (("recovery_decided",), _recoveries),
    (("revoked",), _revocations),
    (("penalty_fixed",), _penalties),
    (
        (
            "contact_noted",
            "complaint_received",
            "repeat_established",
            "hardship_applied",
            "advised",
            "progress_reported",
            "guardian_noted",
            "death_noted",
            "penalty_paid",
        ),
        _said,
    ),
)
"""Per kind the acts without which there is none."""
