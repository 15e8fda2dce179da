"""Receive a delivery: entries become new versions where they differ from what stands; refused rows are kept with why.

Called by the command line, by uploads on the web and by feeds. Everything or nothing: one transaction. The rows
are staged with COPY and compared in the database, so that a million of them need no memory here.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from doorleren.register.commands import staging
from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.intake import checks
from doorleren.register.models import Delivery, Source
from doorleren.register.sweeping import swept_seldom

MOST_FAULTS_KEPT = 10_000
"""Faults of one delivery that are kept with their row; all are counted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was refused: the number of the row, the field, what was given, what is allowed, a sentence.

    `column` is what the file calls the field; `english` has what is allowed and the sentence in English.
    """

    row: int
    field: str
    given: str
    allowed: str
    text: str
    column: str = ""
    english: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """One row of a delivery, by its number: an entry with its provider, a provider alone, or refusals.

    `left_out` are remarks with which the entry stands: mostly values that could not be read and are left out.
    """

    row: int
    entry: Entry | None = None
    provider: ProviderEntry | None = None
    refusals: tuple[Refusal, ...] = ()
    left_out: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a delivery changed, or would change; `delivery` is its number, None after a dry run."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    left_out: list[Refusal] = field(default_factory=list)
    delivery: int | None = None


class _OnlyTried(Exception):
    """A dry run ends here, and takes everything back."""


def receive_delivery(
    rows: Iterable[Received], *, source: str, form: str, by: str, at: datetime, file_name: str = "",
    mapping: dict[str, Any] | None = None, dry_run: bool = False,
) -> Outcome:  # fmt: skip
    """Bring the register up to what the rows say, and tell how many were new, changed, unchanged and refused.

    A source that is new is made. An activity that the delivery does not name stays as it is: a delivery that fails
    halfway or is empty never empties the register.
    """
    outcome = Outcome()
    try:
        with swept_seldom(), transaction.atomic():
            origin, _ = Source.objects.get_or_create(name=source, defaults={"form": form})
            delivery = Delivery.objects.create(
                source=origin, form=form, file_name=file_name[:300], mapping=mapping or {}, received_at=at,
                received_by=by,
            )  # fmt: skip
            with connection.cursor() as cursor:
                twice = staging.stage(cursor, _accepted(rows, outcome))
                _refuse(outcome, [_named_twice(*one) for one in twice])
                outcome.new, outcome.changed, outcome.unchanged = staging.take_over(cursor, delivery.pk, at)
            _close(delivery, outcome)
            if dry_run:
                raise _OnlyTried
            outcome.delivery = delivery.pk
    except _OnlyTried:
        pass
    return outcome


def _accepted(rows: Iterable[Received], outcome: Outcome) -> Iterable[tuple[int, Entry | None, ProviderEntry]]:
    for row in rows:
        outcome.left_out += row.left_out[: max(MOST_FAULTS_KEPT - len(outcome.left_out), 0)]
        if row.refusals or row.provider is None:
            _refuse(outcome, row.refusals)
            continue
        yield row.row, row.entry, row.provider


def _refuse(outcome: Outcome, refusals: Sequence[Refusal]) -> None:
    """Count the rows that are refused, and keep what is wrong with them while there is room."""
    outcome.refused += len({one.row for one in refusals})
    outcome.refusals += refusals[: max(MOST_FAULTS_KEPT - len(outcome.refusals), 0)]


def _named_twice(row: int, code: str, before: int) -> Refusal:
    wrong = checks.second(row, code, before)
    english = {"allowed": wrong.allowed["en"], "text": wrong.text["en"]}
    return Refusal(row, wrong.field, wrong.given, wrong.allowed["nl"], wrong.text["nl"], english=english)


def _close(delivery: Delivery, outcome: Outcome) -> None:
    delivery.new, delivery.changed = outcome.new, outcome.changed
    delivery.unchanged, delivery.refused = outcome.unchanged, outcome.refused
    delivery.save(update_fields=["new", "changed", "unchanged", "refused"])
    delivery.faults.bulk_create(
        [
            delivery.faults.model(
                delivery=delivery, row=one.row, refuses=refuses, field=one.field[:100], given=one.given[:200], allowed=one.allowed[:500],
                text=one.text[:500],
            )
            for refuses, told in ((True, outcome.refusals), (False, outcome.left_out))
            for one in told
        ],
        batch_size=1000,
    )  # fmt: skip
