"""Pull a source: fetch what it has, read it, and take it in if it meets what was agreed; else report why not.

Called on a schedule (`server.timetable`), from the command line and by an administrator on a page. Whatever goes wrong,
the register stays as it was and a delivery with the failure is kept (C96).
"""

import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.register.access import Actor, ensure, name_of
from doorleren.register.answers import ActRefused
from doorleren.register.commands.receive_delivery import Outcome, receive_delivery
from doorleren.register.feeds.allowed import address_refused
from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.feeds.criteria import Criteria, failing
from doorleren.register.feeds.fetching import Fetched, fetch
from doorleren.register.feeds.reading import read_delivery
from doorleren.register.feeds.secrets import authorization
from doorleren.register.feeds.visiting import Limits
from doorleren.register.intake.faults import Unreadable
from doorleren.register.models import Delivery, DeliveryFault, Source
from doorleren.register.recording import record_act

_log = logging.getLogger(__name__)
_UNREADABLE = {"nl": "Het bestand is niet te lezen.", "en": "The file cannot be read."}


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought: the number of its delivery, the counts, and why it was not taken in (None: it was)."""

    delivery: int
    outcome: Outcome
    failure: Texts | None = None


class _NotTakenIn(Exception):
    """The delivery does not meet the criteria: takes everything back."""


def pull_source(source: int, *, home: Path, by: Actor, at: datetime, limits: Limits | None = None) -> Pulled:
    """Fetch, read and receive one source. Raises Forbidden, or ActRefused for a source that cannot be pulled.

    `home` is the folder of this site, where the secret of a source lies and folders of sources are. Fetching is outside every transaction. Of two pulls
    at once one counts: the other finds a newer delivery.
    """
    ensure(by, "pull_source", ())
    known = Source.objects.exclude(address="").exclude(form="form").filter(pk=source).first()
    if known is None:
        raise ActRefused({
            "nl": f"Bron {source} bestaat niet of heeft geen adres.", "en": f"Source {source} does not exist or has no address.",
        })  # fmt: skip
    seen, limits = _last_delivery(known), limits or Limits()
    if refused := address_refused(known.address, home=home, nearby=limits.nearby):
        return _report(known, "", Outcome(), refused, seen=seen, by=by, at=at)
    with tempfile.TemporaryDirectory(prefix="doorleren-feed-") as folder:
        try:
            secret, today = authorization(home, known.secret), day_of(at)
            fetched = fetch(known.address, known.form, Path(folder), limits, today=today, authorization=secret)
        except NotFetched as error:
            return _report(known, "", Outcome(), error.texts, seen=seen, by=by, at=at)
        return _take_in(known, fetched, seen=seen, by=by, at=at)


def _take_in(source: Source, fetched: Fetched, *, seen: int | None, by: Actor, at: datetime) -> Pulled:
    outcome, failure = Outcome(), None
    try:
        with transaction.atomic():
            source = _hold(source, seen)
            rows, mapping = read_delivery(fetched.path, source, day_of(at))
            outcome = receive_delivery(
                rows, source=source.name, form=source.form, by=name_of(by), at=at, file_name=fetched.name, mapping=mapping
            )  # fmt: skip
            agreed = Criteria(source.most_refused_percent, source.least_rows)
            failure = failing(agreed, outcome.new + outcome.changed + outcome.unchanged, outcome.refused)
            if failure is not None or outcome.delivery is None:
                raise _NotTakenIn
            _record(outcome.delivery, outcome, taken_in=True, by=by, at=at)
            return Pulled(outcome.delivery, outcome)
    except _NotTakenIn:
        told = Outcome(refused=outcome.refused, refusals=outcome.refusals)
        return _report(source, fetched.name, told, failure or _UNREADABLE, seen=seen, by=by, at=at)
    except ActRefused:
        raise
    except Unreadable as error:
        return _report(source, fetched.name, Outcome(), error.text, seen=seen, by=by, at=at)
    except Exception as error:  # whatever a file of others does to us is reported, and stops no other source
        _log.exception("the delivery of source %s could not be taken in", source.pk)
        name = type(error).__name__
        cause = {"nl": f"{_UNREADABLE['nl']} ({name})", "en": f"{_UNREADABLE['en']} ({name})"}
        return _report(source, fetched.name, Outcome(), cause, seen=seen, by=by, at=at)


def _report(
    source: Source, file_name: str, outcome: Outcome, failure: Texts, *, seen: int | None, by: Actor, at: datetime
) -> Pulled:
    """Keep a delivery that failed, with its faults; nothing else changes."""
    with transaction.atomic():
        _hold(source, seen)
        made = Delivery.objects.create(
            source=source, form=source.form, file_name=file_name[:300], received_at=at, received_by=name_of(by)[:100],
            refused=outcome.refused, failure=failure["nl"][:500],
        )  # fmt: skip
        DeliveryFault.objects.bulk_create(
            [
                DeliveryFault(
                    delivery=made, row=one.row, field=one.field[:100], given=one.given[:200], allowed=one.allowed[:500],
                    text=one.text[:500],
                )
                for one in outcome.refusals
            ],
            batch_size=1000,
        )  # fmt: skip
        _record(made.pk, outcome, taken_in=False, by=by, at=at)
    return Pulled(made.pk, outcome, failure)


def _hold(source: Source, seen: int | None) -> Source:
    """Lock the source and give it as it is now; refuse if somebody else pulled it since we looked."""
    held = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if _last_delivery(source) != seen:
        raise ActRefused({
            "nl": "Deze bron is intussen al opgehaald.", "en": "This source was pulled by somebody else in the meantime.",
        })  # fmt: skip
    return held


def _last_delivery(source: Source) -> int | None:
    return Delivery.objects.filter(source=source).order_by("-id").values_list("id", flat=True).first()


def _record(delivery: int, outcome: Outcome, *, taken_in: bool, by: Actor, at: datetime) -> None:
    details = {
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
    }
    record_act("received" if taken_in else "failed", "delivery", delivery, by=by, at=at, details=details)
