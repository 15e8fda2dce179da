"""Doing an act on a case: the one place that writes one. Commands of this package and of those above it call it.

It locks the case, asks who may, then the table of acts, then what time forbids; writes the moment and the row, records the
act, and keeps the day right by which the authority must act next.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.cases import refusing
from doorleren.cases.access import PEOPLE_IN_DETAILS, Hands, ensure_may, people_in, separated, stands_in_for
from doorleren.cases.acts import ACTS, ActKind, why_said
from doorleren.cases.given_days import given_by
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import law, life_of, moments_of, party_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.rules import WITH_A_LAST_DAY, not_lapsed, state_of, too_early, too_late, why_not
from doorleren.cases.terms import due_of, terms_of
from doorleren.cases.terms.deciding import leave_out_term_of
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed, Refused, Thing, allowed
from doorleren.people.signed_in import SignedIn

QUIET = frozenset({"assigned", "contact_noted", "complaint_received", "death_noted", "guardian_noted", "post_returned"})
"""Acts that no term follows from."""
ALWAYS = ("acts", "last_act_at", "due_on", "due_term", "assessed_as")
"""Columns of a case that go with every act."""


def perform(
    case: int, act: str, *, by: SignedIn | Party, at: datetime, on: date | None = None,
    details: Mapping[str, Detail] | None = None, ground: str = "", party: bool = False, held: Case | None = None,
) -> CaseAct:  # fmt: skip
    """Do an act on a case, and give its row (its `case` as it is after it).

    `by`: an official who signed in; the site, a batch or an operator as a plain `Party`; or, with `party=True`, somebody of
    whom the caller has established that they are a party of this case. `on`: the day that counts for terms, if not today.
    `details`: ids, codes, days and amounts. `ground`: an article, if not the act's own. `held`: the case as the caller read
    it under a lock in this very transaction, so that it is not read again; it is as after the act then. Raises NotAllowed, CaseRefused
    with a sentence, NotForTheRecord for details that may be content, KeyError for an act that there is not, Case.DoesNotExist.
    """
    with transaction.atomic():
        found = locked_case(case) if held is None or held.pk != case else held
        rows = list(CaseAct.objects.filter(case=case).order_by("number"))
        row = put(found, rows, act, by=by, at=at, on=on, details=details, ground=ground, party=party)
        row.save(force_insert=True)
        found.save(update_fields=[*columns_of(act), *ALWAYS])
        record(act, party_of(found), by=actor(by), at=at, details=told_of(row))
    return row


def put(
    case: Case, rows: Sequence[CaseAct], act: str, *, by: SignedIn | Party, at: datetime, on: date | None = None,
    details: Mapping[str, Detail] | None = None, ground: str = "", party: bool = False, before: Hands | None = None,
) -> CaseAct:  # fmt: skip
    """Put an act on a case that the caller locked, and give its row; nothing is written. Only for `perform` and its like for many.

    `rows`: all acts of the case in order; `before`: the hands in it (access.hands_before), else they are read. Raises as `perform`;
    after that the case counts no more as it was read.
    """
    kind, told = ACTS[act], dict(details or {})
    _ask(case, kind, by, told, at, party, rows, before)
    day = _day(on, at, act)
    _refuse(case, kind, at, told, ground, rows)
    for column in columns_of(act):
        setattr(case, column, at)
    case.acts, case.last_act_at = case.acts + 1, at
    if act == "assessed":
        case.assessed_as = str(told.get("outcome", ""))
    who = actor(by)
    row = CaseAct(
        case=case, number=case.acts, act=act, at=at, happened_on=day, by_kind=who.kind, by_id=who.id, details=told,
        ground=ground or kind.ground,
    )  # fmt: skip
    if act not in QUIET:
        _keep_due(case, [*rows, row])
    case.state = state_of(moments_of(case))  # the database computes the same
    return row


def columns_of(act: str) -> tuple[str, ...]:
    """Name the columns of a case that have the moment of an act: its own, and that of its family."""
    kind = ACTS[act]
    return (kind.column, f"{kind.family}_at") if kind.family else (kind.column,)


def told_of(row: CaseAct) -> dict[str, Detail]:
    """Give what the record says of an act on a case."""
    return {"number": row.number, **row.details}


def first(case: Case, *, by: SignedIn | Party, at: datetime, details: Mapping[str, Detail]) -> CaseAct:
    """Give the first act of a case that is opened, with its first due day put on it; nothing is written. Only for opening."""
    who = actor(by)
    row = CaseAct(
        case=case, number=1, act="opened", at=at, happened_on=case.received_on, by_kind=who.kind, by_id=who.id,
        details=dict(details), ground=ACTS["opened"].ground,
    )  # fmt: skip
    _keep_due(case, [row])
    return row


def _ask(
    case: Case, kind: ActKind, by: SignedIn | Party, told: dict[str, Detail], at: datetime, party: bool,
    rows: Sequence[CaseAct], before: Hands | None,
) -> None:  # fmt: skip
    """Raise NotAllowed unless this actor may: an official by role and different hands, a party or the site by the table.

    Where an official stands in for a colleague who is away, the details say so: the act counts for both.
    """
    others = people_in(told)
    if isinstance(by, SignedIn):
        if not party:
            ensure_may(by, kind.name, case, at=at, also=others)
            away = stands_in_for(by, kind.name, case, at=at)
            if away is not None:
                told.setdefault("on_behalf_of", away)
        elif not kind.party or not allowed(by, "view_account", Thing("case", str(case.pk), person=by.person), at=at):
            raise NotAllowed(Refused("not_yours"))
        return
    if not kind.site or by.kind == "person":
        raise NotAllowed(Refused("not_signed_in"))
    if kind.lapses and not any(told.get(name) for name in PEOPLE_IN_DETAILS[:2]):
        why = not_lapsed(kind, terms_of(life_of(case, rows), law()), day_of(at))
        if why is not None:
            raise CaseRefused(why, kind.name)
    elif kind.duty in ("decide", "pay") and len({told.get(name) for name in PEOPLE_IN_DETAILS[:2]} - {None}) != 2:
        raise CaseRefused(refusing.TWO_PEOPLE, kind.name)
    answer = separated(case, kind.name, others, rows, before)
    if answer is not None:
        raise NotAllowed(answer)


def _day(on: date | None, at: datetime, act: str) -> date:
    today = day_of(at)
    if on is not None and on > today:
        raise CaseRefused(refusing.FUTURE_DAY, act, "on")
    return on or today


def _refuse(
    case: Case, kind: ActKind, at: datetime, told: Mapping[str, Detail], ground: str, rows: Sequence[CaseAct]
) -> None:
    """Raise CaseRefused where the table or time forbids the act, or the clock went back."""
    moments = moments_of(case)
    given = {
        row.act: given_by(row, day, rows)
        for row in rows if row.act in WITH_A_LAST_DAY and (day := _until(row.details))
    }  # fmt: skip
    today = day_of(at)
    texts = why_not(kind.name, moments) or too_early(kind.name, moments, given, today, ground)
    if texts is None and kind.name == "left_out":
        term = leave_out_term_of(life_of(case, rows), law())
        texts = too_late(kind.name, None if term is None else term.last, today)
    if texts is None and at < case.last_act_at:
        texts = refusing.BEFORE_THE_LAST
    if texts is not None:
        raise CaseRefused(why_said(texts, case.procedure), kind.name)
    if kind.name in WITH_A_LAST_DAY and ((last := _until(told)) is None or last <= today):
        raise CaseRefused(refusing.PAST_DAY, kind.name, "until")


def _until(details: Mapping[str, object]) -> date | None:
    told = details.get("until")
    try:
        return date.fromisoformat(str(told)) if told else None
    except ValueError as error:
        raise CaseRefused(refusing.PAST_DAY, field="until") from error


def _keep_due(case: Case, rows: Iterable[CaseAct]) -> None:
    """Put the next day by which the authority must act on the case, counted from all its acts."""
    due = due_of(terms_of(life_of(case, rows), law()))
    case.due_on, case.due_term = (due.last, due.id) if due else (None, "")


def actor(by: SignedIn | Party) -> Party:
    """Give who acts as the record names it."""
    return by.party if isinstance(by, SignedIn) else by
