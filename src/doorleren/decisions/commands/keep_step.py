"""Keeping a step after a recovery, and what each of them must keep to. Only the commands of recovering and collecting call it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from doorleren.cases.given_days import GivenDay, still_waits
from doorleren.cases.models import CaseAct
from doorleren.core.money import in_words
from doorleren.core.texts import Texts
from doorleren.decisions.collecting import Debt
from doorleren.decisions.debts import Instalment
from doorleren.decisions.models import RecoveryStep
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.sealed import Content, Row, seal


def keep_step(
    debt: Debt, act: CaseAct, step: str, cents: int, *, at: datetime, content: Content | None = None,
    weighed: bool = False, **other: Any,
) -> RecoveryStep:  # fmt: skip
    """Write a step with its words sealed, in the transaction of the caller. `other`: columns of models.RecoveryStep."""
    return RecoveryStep.objects.create(
        recovery=debt.recovery, act=act, step=step, cents=cents, weighed=weighed,
        content=seal(content or Content(), act.case, f"recovery-step-{act.number}", at), **other,
    )  # fmt: skip


def ensure_day_over(given: GivenDay, today: date, time_left: Texts, code: str = "") -> None:
    """Raise DecisionRefused unless the letter that gave a last day was sent in time, and that day is over."""
    why = still_waits(given, today, time_left)
    if why is not None:
        raise DecisionRefused(why, code=code)


def ensure_cents(cents: int, most: int) -> None:
    """Raise DecisionRefused unless it is an amount from 1 cent to the most."""
    if not 0 < cents <= most:
        told = in_words(max(most, 0))
        raise refused("cents", f"Kies een bedrag boven € 0 tot en met {told['nl']}.",
                      f"Choose an amount above € 0 up to {told['en']}.", "cents")  # fmt: skip


def ensure_not_barred(debt: Debt, today: date) -> None:
    """Raise DecisionRefused where the claim can no longer be collected (Awb 4:104)."""
    last = debt.barred_after()
    if today > last:
        raise refused("barred", f"Deze vordering is verjaard: innen kon tot en met {last:%d-%m-%Y} (Awb artikel 4:104).",
                      f"This claim is barred: it could be collected until {last} (Awb 4:104).")  # fmt: skip


def plan_rows(instalments: Iterable[Instalment]) -> tuple[Row, ...]:
    """Write the instalments as rows of a calculation: each with its last day."""
    return tuple(
        Row({"nl": f"deel {one.number}, uiterlijk {one.day:%d-%m-%Y}", "en": f"part {one.number}, by {one.day:%Y-%m-%d}"}, one.cents)
        for one in instalments
    )  # fmt: skip
