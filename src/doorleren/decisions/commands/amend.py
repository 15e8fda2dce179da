"""Changing a grant that was not settled (Awb 4:48): a lower amount, another last day, or less because the budget fell short.

Ground: Awb 4:48 and 4:50 with notice of intent (4:12(2)) and the interests weighed (3:4), and 4:34 for the budget. The amended
grant is a decision of its own, that takes the place of the one before; more than before comes by objection alone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.given_days import given_by, still_waits
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.rules import VIEWING
from doorleren.core.days import day_of
from doorleren.core.money import in_words
from doorleren.core.texts import sentences
from doorleren.decisions import letter_values
from doorleren.decisions.activities import activities_in, ensure_after_the_start
from doorleren.decisions.advance_plan import plan
from doorleren.decisions.advances import begun
from doorleren.decisions.commands.keep_decision import RESERVED, parts_of
from doorleren.decisions.commands.revoke import WEIGHING, WORDS, InForce, in_force, intent_for, rows_of
from doorleren.decisions.commands.settle import Weighed
from doorleren.decisions.commands.write_letter import LANGUAGE, write_letter
from doorleren.decisions.decision_words import decision_said
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import AdvancePart, CostShare, Decision
from doorleren.decisions.models.decision import CONTENT
from doorleren.decisions.other_money import cost_shares
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.revoking_grounds import RevokingGround, revoking_ground
from doorleren.decisions.said_with_acts import ensure_said
from doorleren.decisions.sealed import Content, content_of, seal
from doorleren.decisions.settlement_terms import of_grant
from doorleren.people.signed_in import SignedIn
from doorleren.rules.frameworks import WITH_GRANT

SHORTAGE = {
    "nl": "Schrijf op waarom er te weinig geld op de begroting is.",
    "en": "Write down why the budget has too little money.",
}


def amend(
    case: int, ground: str, cents: int, weighed: Weighed, *, activities_until: date | None = None, by: SignedIn, at: datetime
) -> Decision:  # fmt: skip
    """Change a grant to so many cents, at most what it is; or only the last day of its activities.

    Lower waits for a notice of intent that announced no more than this, unless the recipient asked for it themselves.
    Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        now = _unsettled(matter)
        found, today = revoking_ground(ground, settled=False), day_of(at)
        until = activities_until or now.decision.activities_until
        if not 0 < cents <= now.cents or (cents == now.cents and until == now.decision.activities_until):
            most = in_words(now.cents)
            raise refused("cents", f"Kies een bedrag boven € 0 en lager dan {most['nl']}, of een andere laatste dag.",
                          f"Choose an amount above € 0 and below {most['en']}, or another last day.", "cents")  # fmt: skip
        if found.names_day and (cents != now.cents or now.decision.activities_until is not None):
            raise refused("names_day", "Deze grond is alleen om de laatste dag te noemen die de verlening openliet. Het bedrag blijft gelijk.",
                          "This ground only names the last day that the grant left open. The amount stays as it is.", "ground")  # fmt: skip
        if activities_until is not None and now.decision.assessment is not None:
            ensure_after_the_start(activities_in(content_of(now.decision.assessment)), activities_until)
        if cents < now.cents and found.intent:
            _ensure_told(now, found, cents, today)
        grounds = ensure_said(weighed.grounds, "grounds", WORDS)
        weighing = (
            ensure_said(weighed.weighing, "weighing", WEIGHING) if cents < now.cents else weighed.weighing.strip()
        )
        details: dict[str, Detail] = {"cents": cents, "ground": found.id}
        details |= of_grant(matter.handled(cents), until)
        act = perform(case, "amended", by=by, at=at, details=details, ground=found.article)
        said = sentences(found.texts[LANGUAGE], grounds, weighing)
        return _kept(act, matter, now, _Changed("amended", cents, until, grounds, weighing, said), at)


def invoke_budget_reservation(
    case: int, cents: int, words: str, *, adopted_on: date, by: SignedIn, at: datetime
) -> Decision:  # fmt: skip
    """Bring a grant down because the budget, adopted on a day, has too little money; within four weeks of it (Awb 4:34).

    Only where the grant was given on that condition; its letter says so. Raises NotAllowed, CaseRefused, DecisionRefused.
    """
    with transaction.atomic():
        matter = matter_held(case)
        now, today = _unsettled(matter), day_of(at)
        granted = CaseAct.objects.filter(case=case, act__in=("granted", "partly_granted")).order_by("-number").first()
        if granted is None or not granted.details.get(RESERVED):
            raise refused("not_reserved", "Dit is niet toegekend onder het voorbehoud van genoeg geld op de begroting (Awb artikel 4:34).",
                          "This was not granted on condition of enough money on the budget (Awb 4:34).")  # fmt: skip
        if adopted_on > today or today > law_of_terms().reckon("budget-reservation", adopted_on).last:
            raise refused("adopted_on", "Dit kan alleen binnen vier weken na de dag waarop de begroting vaststond (Awb artikel 4:34).",
                          "This is possible only within four weeks of the day on which the budget was adopted (Awb 4:34).",
                          "adopted_on")  # fmt: skip
        if not 0 <= cents < now.cents:
            most = in_words(now.cents)
            raise refused("cents", f"Kies een bedrag vanaf € 0, lager dan {most['nl']}.",
                          f"Choose an amount from € 0, below {most['en']}.", "cents")  # fmt: skip
        told = ensure_said(words, "words", SHORTAGE)
        details: dict[str, Detail] = {"cents": cents, "adopted_on": adopted_on.isoformat()}
        act = perform(case, "budget_reservation_invoked", by=by, at=at, details=details)
        until = now.decision.activities_until
        return _kept(act, matter, now, _Changed("budget_reservation", cents, until, told, "", told), at)


@dataclass(frozen=True, slots=True)
class _Changed:
    """What a grant becomes: its letter, cents, last day, and words."""

    letter: str
    cents: int
    until: date | None
    grounds: str
    weighing: str
    said: str


def _unsettled(matter: Matter) -> InForce:
    """Give a grant that can be amended. One that settled at once and was annulled is decided anew, for both are one decision."""
    now = in_force(matter)
    if now.settled is not None or now.decision.settle_how == WITH_GRANT:
        raise refused("settled", "Het bedrag is al vastgesteld. Het besluit kunt u alleen nog intrekken (Awb artikel 4:49).",
                      "The amount has been settled. The decision can only be withdrawn (Awb 4:49).")  # fmt: skip
    return now


def _ensure_told(now: InForce, ground: RevokingGround, cents: int, today: date) -> None:
    """Raise DecisionRefused unless the change was told of on this ground, and the time for a view is over or the view came."""
    intent = intent_for(now, cents)
    if intent.details["revoking"] != ground.id:
        raise refused("ground", "U liet een andere grond weten.", "You gave notice of another ground.", "ground")
    view = CaseAct.objects.filter(case=intent.case_id, act="view_received", number__gt=intent.number)
    until = date.fromisoformat(str(intent.details["until"]))
    why = None if view.exists() else still_waits(given_by(intent, until, acts_of(intent.case_id)), today, VIEWING)
    if why is not None:
        raise DecisionRefused(why, code="waiting")


def _kept(act: CaseAct, matter: Matter, now: InForce, changed: _Changed, at: datetime) -> Decision:
    """Keep the amended grant in the place of the one before, with the pot of the first decision, and write its letter."""
    before, cents = now.decision, changed.cents
    handled, found, number = matter.handled(cents), content_of(before), before.number + 1
    rows = rows_of(before.amount_cents, cents)
    told = {"weighing": changed.weighing} if changed.weighing else {}
    content = Content(found.results, found.seen, rows, changed.grounds, told)
    assessed = Content() if before.assessment is None else content_of(before.assessment)
    begins = begun(act.case_id, activities_in(assessed).starts)
    advance = plan(handled.advance, cents, decided=day_of(at), starts=begins, ends=changed.until)
    row = Decision.objects.create(
        case=act.case, number=number, act=act, kind="granted" if cents == before.asked_cents else "partly_granted",
        assessment=before.assessment, replaces=before, asked_cents=before.asked_cents, amount_cents=cents,
        arrangement=handled.arrangement.id, advance_cents=advance.cents,
        settle_how=handled.settling.how, activities_until=changed.until, decided_on=day_of(at),
        payee_kind=before.payee_kind, payee_id=before.payee_id, round=before.round, ticket=before.ticket,
        position=before.position, place_cents=before.place_cents, ceiling_cents=before.ceiling_cents,
        ceiling_number=before.ceiling_number, granted_before_cents=before.granted_before_cents,
        granted_before_number=before.granted_before_number, content=seal(content, act.case, f"{CONTENT}-{number}", at),
    )  # fmt: skip
    AdvancePart.objects.bulk_create(parts_of(row, advance))
    shares = cost_shares(matter, assessed, cents) if cents else {}
    CostShare.objects.bulk_create(CostShare(decision=row, payer=payer, cents=share) for payer, share in shares.items())
    values = {
        "grounds": changed.said, **letter_values.of_change(
            (before.amount_cents, cents), (before.activities_until, changed.until), rows, day_of(at), LANGUAGE),
        **letter_values.of_advance(advance, matter.version.procedure, LANGUAGE), **letter_values.of_joined(act, LANGUAGE),
        "decision": decision_said(before.act, act.case.procedure, LANGUAGE),
        "advance_changes": bool(advance.cents) and not advance.in_parts and cents != before.amount_cents,
    }  # fmt: skip
    write_letter(act, changed.letter, values, matter, at=at)
    return row
