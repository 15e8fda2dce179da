"""What must be there before a grant is settled: the proofs of its arrangement, and the request where settling waits for one.

Ground: Kaderregeling subsidies OCW, SZW en VWS, ch. 7; Awb 4:44 (recalled) and 4:47. Which proofs there are stands in
`law/frameworks.toml`. Reads only.
"""

from collections.abc import Iterable
from datetime import date

from doorleren.cases.frameworks import proofs
from doorleren.cases.models import CaseAct
from doorleren.core.texts import in_language
from doorleren.decisions import letter_values
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import GIVING, Check, Decision, Delivery, DeliveryQuestion
from doorleren.decisions.refusing import refused
from doorleren.decisions.settlement_terms import requested_within
from doorleren.decisions.settling import answered


def asked_proofs(matter: Matter, decision: Decision) -> tuple[str, ...]:
    """Name the proofs that settling this grant asks; ex officio none, unless the case was drawn or chosen to be checked."""
    if decision.settle_how == "ex_officio" and not Check.objects.filter(case=decision.case_id).exists():
        return ()
    return matter.handled(decision.amount_cents).arrangement.asks(decision.amount_cents)


def to_judge(matter: Matter, decision: Decision) -> tuple[str, ...]:
    """Name those of them that an official judges; the others are the report of what was done."""
    return _not_by_report(asked_proofs(matter, decision))


def lacking_proofs(
    matter: Matter, decision: Decision, report: Delivery | None, there: Iterable[str]
) -> tuple[str, ...]:  # fmt: skip
    """Name the proofs that are asked and not there. `there`: those that an official found in order.

    Raises DecisionRefused for a proof that is not asked.
    """
    asked, found = asked_proofs(matter, decision), set(there)
    judged = _not_by_report(asked)
    strange = sorted(found - set(judged))
    if strange:
        allowed = ", ".join(judged) or "-"
        raise refused("proofs", f"Dit stuk is hier niet nodig: {strange[0]}. Kies uit: {allowed}.",
                      f"This proof is not asked here: {strange[0]}. Choose from: {allowed}.", "proofs")  # fmt: skip
    needed = judged if report is not None else asked
    return tuple(one for one in needed if one not in found)


def _not_by_report(asked: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in asked if not proofs()[one].by_report)


def ensure_proven(lacking: tuple[str, ...], words: str) -> None:
    """Raise DecisionRefused where proofs lack, and no words say why they are set aside."""
    if lacking and not words.strip():
        named = {one: ", ".join(in_language(proofs()[each].name, one) for each in lacking) for one in ("nl", "en")}
        raise refused("proof", f"Er ontbreekt: {named['nl']}. Kruis aan wat er is, of schrijf op waarom het niet nodig is.",
                      f"Lacking: {named['en']}. Tick what is there, or write down why it is not needed.", "proofs")  # fmt: skip


def request_until(matter: Matter, decision: Decision) -> date | None:
    """Give the last day on which the recipient may ask to settle; None where no term is set, or the activities' last day is open."""
    handled = matter.handled(decision.amount_cents)
    if requested_within(handled) is None or decision.activities_until is None:
        return None
    return letter_values.request_until(handled, decision.activities_until)


def requested(case: int) -> bool:
    """Say whether the recipient asked to settle since the first grant."""
    granted = (
        CaseAct.objects.filter(case=case, act__in=GIVING).order_by("number").values_list("number", flat=True).first()
    )
    return CaseAct.objects.filter(case=case, act="settlement_requested", number__gt=granted or 0).exists()


def ensure_requested(matter: Matter, decision: Decision, today: date) -> None:
    """Raise DecisionRefused where settling waits for a request: until it came, or its term is over and a reminder did not help.

    The reminder is a question about what was done, by letter, after the term; then is settled ex officio (Awb 4:47).
    """
    if decision.settle_how != "on_request" or requested(matter.case.pk):
        return
    last = request_until(matter, decision)
    if last is None and requested_within(matter.handled(decision.amount_cents)) is not None:
        raise refused("no_last_day", "De ontvanger heeft nog niet om vaststelling gevraagd, en de laatste dag van de activiteiten is niet bekend.",
                      "The recipient has not asked to settle yet, and the last day of the activities is not known.")  # fmt: skip
    if last is not None and today <= last:
        raise refused("not_requested", f"De ontvanger heeft nog niet om vaststelling gevraagd. Dat kan tot en met {last:%d-%m-%Y}.",
                      f"The recipient has not asked to settle yet. That is possible until {last}.")  # fmt: skip
    reminders = DeliveryQuestion.objects.filter(case=matter.case, act__number__gt=decision.act.number)
    if last is not None:
        reminders = reminders.filter(asked_on__gt=last)
    if not reminders.exists():
        raise refused("not_reminded", "De ontvanger vroeg niet op tijd om vaststelling. Herinner daar eerst aan: vraag wat er is gedaan.",
                      "The recipient did not ask to settle in time. Remind them first: ask what was done.")  # fmt: skip
    answered(matter.case, decision, today)
