"""Assessing an application: by the scheme's rules alone, or by an official who looks and rules. Ground: Awb 3:2 (recalled).

An assessment decides nothing: somebody else does (cases/access.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Document
from doorleren.audit.acts import SITE, Detail, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.perform_many import ActsTogether
from doorleren.cases.locking import locked_cases
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import party_of
from doorleren.core.money import in_words
from doorleren.core.refusals import ActRefused
from doorleren.decisions.activities import TOLD
from doorleren.decisions.judging import Judged, judged
from doorleren.decisions.matters import Matter, matter_held, matters_of
from doorleren.decisions.models import Assessment
from doorleren.decisions.models.assessment import CONTENT
from doorleren.decisions.on_record import TOLD as ON_RECORD
from doorleren.decisions.on_record import read_together
from doorleren.decisions.refusing import refused
from doorleren.decisions.rules import Outcome, Result, Ruling, is_clear, outcome_of, ruled, stated_in
from doorleren.decisions.sealed import Content, Row, seal
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.file_keys import Destroyed, keys_of
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library

DOCUMENTS = "documents-"
"""What a refusal calls the documents of a ruling, before the id of its condition."""


def assess(
    case: int, rulings: Iterable[Ruling] = (), *, library: Library, by: SignedIn, at: datetime, cents: int | None = None,
    words: str = "",
) -> Assessment:  # fmt: skip
    """Assess by hand: what the rules say, and over it what the official says of single conditions.

    `cents`: the amount where the scheme gives no exact one, at most what it can give. `words` explain the whole. Raises
    NotAllowed (also for who entered the application), CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if by.person in took_part(matter.application.pk):
            raise NotAllowed(Refused("entered_it"))
        found = judged(matter, library)
        results = ruled(found.results, _of_this_application(matter, rulings))
        amount = found.cents if cents is None else _by_hand(found, cents)
        calculation = found.calculation if cents is None else (*found.calculation, Row(_BY_HAND, cents))
        return _keep(_Found(matter, found, results, amount, calculation, words, False), by=by, at=at)


def assess_automatically(case: int, *, library: Library, at: datetime) -> Assessment | None:
    """Assess by the rules alone: hard conditions, one version, no profile (AVG art. 22; UAVG art. 40).

    None where it was assessed before, by an official who had locked it: the rules never go over that. Raises CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        if matter.case.assessed_at is not None:
            return None
        found = judged(matter, library)
        whole = _Found(matter, found, found.results, found.cents, found.calculation, "", True)
        return _keep(whole, by=SITE, at=at)


def assess_together(cases: Sequence[int], *, library: Library, at: datetime) -> tuple[int, list[int]]:
    """Let the rules assess cases that nobody assessed yet, in a few statements; give how many, and which must go on their own.

    Those are cases that somebody else holds, and those that are refused. Raises what the database refuses, and
    what stands in the way of reading one of them (LookupError, ValueError); nothing was written then.
    """
    with transaction.atomic():
        held = {number: one for number, one in locked_cases(cases).items() if one.assessed_at is None}
        matters = matters_of(list(held.values()))
        submitted = read_together(matters.values(), library)
        keys = keys_of([party_of(one) for one in held.values()], at=at)
        acts, made = ActsTogether(held), list[tuple[_Found, CaseAct, bytes]]()
        for number, matter in matters.items():
            try:
                found = judged(matter, library, submitted[number])
                one = _Found(matter, found, found.results, found.cents, found.calculation, "", True)
                key = keys[party_of(matter.case)]
                if isinstance(key, Destroyed):
                    raise key
                made.append((one, acts.put(number, "assessed", by=SITE, at=at, details=one.details()), key))
            except (ActRefused, NotAllowed, LookupError, ValueError):
                acts.leave(number)
        acts.write()
        Assessment.objects.bulk_create([one.row(act, 1, at, key) for one, act, key in made])
    done = {act.case_id for _, act, _ in made}
    there = Assessment.objects.filter(case__in=set(cases) - done).values_list("case", flat=True)
    return len(done), sorted(set(cases) - done - set(there))


def _of_this_application(matter: Matter, rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the rulings if every document that they name was uploaded with this application. Raises DecisionRefused, by condition."""
    told = list(rulings)
    if not any(one.documents for one in told):
        return told
    rows = map(given_of, Document.objects.filter(application=matter.application.pk).prefetch_related("steps"))
    there = {one.document.pk for one in rows if one.standing == "uploaded"}
    for one in told:
        strange = [number for number in one.documents if number not in there]
        if strange:
            allowed = ", ".join(map(str, sorted(there))) or "-"
            raise refused("document", f"Bewijsstuk {strange[0]} hoort niet bij deze aanvraag. Kies uit: {allowed}.",
                          f"Document {strange[0]} does not belong to this application. Choose from: {allowed}.",
                          f"{DOCUMENTS}{one.condition}")  # fmt: skip
    return told


def _by_hand(found: Judged, cents: int) -> int:
    if cents < 0 or (found.cents is not None and cents > found.cents):
        most = in_words(found.cents or 0)
        raise refused("amount", f"Het bedrag is ten minste € 0 en ten hoogste {most['nl']}.",
                      f"The amount is at least € 0 and at most {most['en']}.", "cents")  # fmt: skip
    return cents


@dataclass(frozen=True, slots=True)
class _Found:
    """What an assessment comes to, by the rules and whoever ruled over them."""

    matter: Matter
    judged: Judged
    results: tuple[Result, ...]
    cents: int | None
    calculation: tuple[Row, ...]
    words: str
    automatic: bool

    @property
    def outcome(self) -> Outcome:
        """Give what the results come to."""
        return outcome_of(self.results)

    def details(self) -> dict[str, Detail]:
        """Give what the act says."""
        return {
            "outcome": self.outcome, "automatic": self.automatic, "rules": self.judged.rules_digest,
            "facts": self.matter.ticket.content,
        }  # fmt: skip

    def row(self, act: CaseAct, number: int, at: datetime, key: bytes | None = None) -> Assessment:
        """Give the row, of an act that was written; `key`: of the case, where it was read."""
        found, results, case = self.judged, self.results, act.case
        content = Content(results, found.seen, self.calculation, self.words, {
            "declared": found.declared.written(), TOLD: found.activities.written(), ON_RECORD: dict(found.on_record),
        })  # fmt: skip
        clear = self.automatic and is_clear(
            results, documents=found.to_read, exact=found.exact, complete=found.complete
        )
        return Assessment(
            case=case, number=number, act=act, automatic=self.automatic, clear=clear, outcome=self.outcome,
            amount_cents=self.cents, asked_cents=self.matter.ticket.cents, judged_on=found.day,
            rules_digest=found.rules_digest, facts=self.matter.ticket.content, stated=list(stated_in(results)),
            content=seal(content, case, f"{CONTENT}-{number}", at, key),
        )  # fmt: skip


def _keep(found: _Found, *, by: SignedIn | Party, at: datetime) -> Assessment:
    case = found.matter.case
    before = 0 if case.assessed_at is None else Assessment.objects.filter(case=case).count()
    act = perform(case.pk, "assessed", by=by, at=at, details=found.details(), held=case)
    row = found.row(act, before + 1, at)
    row.save(force_insert=True)
    return row


_BY_HAND = {"nl": "bedrag volgens de beoordelaar", "en": "amount by the assessor"}
