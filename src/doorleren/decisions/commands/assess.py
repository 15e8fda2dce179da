"""Assessing an application: by the scheme's rules alone, or by an official who looks and rules. Ground: Awb 3:2 (recalled).

An assessment decides nothing: somebody else does (cases/access.py).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.applications.models import Document
from doorleren.audit.acts import SITE, Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import Case
from doorleren.decisions.judging import Judged, judged
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import Assessment
from doorleren.decisions.models.assessment import CONTENT
from doorleren.decisions.refusing import refused
from doorleren.decisions.rules import Result, Ruling, is_clear, outcome_of, ruled, stated_in
from doorleren.decisions.sealed import Content, Row, seal
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library


def assess(
    case: int, rulings: Iterable[Ruling] = (), *, library: Library, by: SignedIn, at: datetime, cents: int | None = None,
    words: str = "",
) -> Assessment:  # fmt: skip
    """Assess by hand: what the rules say, and over it what the official says of single conditions.

    `cents`: the amount where the scheme gives no exact one, at most what it can give. `words` explain the whole. Raises
    NotAllowed (also for who entered the application), CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_of(Case.objects.select_for_update().get(pk=case))
        if by.person in took_part(matter.application.pk):
            raise NotAllowed(Refused("entered_it"))
        found = judged(matter, library)
        results = ruled(found.results, _of_this_application(matter, rulings))
        amount = found.cents if cents is None else _by_hand(found, cents)
        calculation = found.calculation if cents is None else (*found.calculation, Row(_BY_HAND, cents))
        return _keep(matter, found, results, amount, calculation, words, automatic=False, by=by, at=at)


def assess_automatically(case: int, *, library: Library, at: datetime) -> Assessment:
    """Assess by the rules alone: hard conditions, one version, no profile (AVG art. 22; UAVG art. 40).

    Raises CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_of(Case.objects.select_for_update().get(pk=case))
        found = judged(matter, library)
        return _keep(matter, found, found.results, found.cents, found.calculation, "", automatic=True, by=SITE, at=at)


def _of_this_application(matter: Matter, rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the rulings if every document that they name is of this application. Raises DecisionRefused."""
    told = list(rulings)
    named = {number for one in told for number in one.documents}
    if named - set(Document.objects.filter(application=matter.application.pk).values_list("pk", flat=True)):
        raise refused("document", "Dit bewijsstuk hoort bij een andere aanvraag.",
                      "This document belongs to another application.", "documents")  # fmt: skip
    return told


def _by_hand(found: Judged, cents: int) -> int:
    if cents < 0 or (found.cents is not None and cents > found.cents):
        most = found.cents
        raise refused("amount", f"Het bedrag ligt tussen 0 en {most} cent.",
                      f"The amount is between 0 and {most} cents.", "cents")  # fmt: skip
    return cents


def _keep(
    matter: Matter, found: Judged, results: tuple[Result, ...], amount: int | None, calculation: tuple[Row, ...],
    words: str, *, automatic: bool, by: SignedIn | Party, at: datetime,
) -> Assessment:  # fmt: skip
    outcome = outcome_of(results)
    details: dict[str, Detail] = {
        "outcome": outcome, "automatic": automatic, "rules": found.rules_digest, "facts": matter.ticket.content,
    }  # fmt: skip
    before = 0 if matter.case.assessed_at is None else Assessment.objects.filter(case=matter.case).count()
    act, number = perform(matter.case.pk, "assessed", by=by, at=at, details=details, held=matter.case), before + 1
    content = Content(results, found.seen, calculation, words, {"declared": found.declared.written()})
    stated = stated_in(results)
    clear = automatic and is_clear(
        results, documents=found.to_read, exact=found.exact, complete=found.complete
    )  # fmt: skip
    return Assessment.objects.create(
        case=act.case, number=number, act=act, automatic=automatic, clear=clear, outcome=outcome, amount_cents=amount,
        asked_cents=matter.ticket.cents, judged_on=found.day, rules_digest=found.rules_digest,
        facts=matter.ticket.content, stated=list(stated), content=seal(content, act.case, f"{CONTENT}-{number}", at),
    )  # fmt: skip


_BY_HAND = {"nl": "bedrag volgens de beoordelaar", "en": "amount by the assessor"}
