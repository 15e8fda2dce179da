"""Mail who asked for it that a round of a scheme was announced, opened or reopened. For a schedule: call it every minute.

As `register.commands.send_alerts` does: each mail goes while its row is locked and is marked in the same transaction.
Nothing is written for who has nothing new.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q

from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.register.alerts import rules
from doorleren.register.alerts.post import AddressRefused, Post, ServerAway
from doorleren.register.alerts.queries import on_schemes
from doorleren.register.alerts.recording import record_mailed
from doorleren.register.alerts.sending import Sent, claimed, one_by_one, refused
from doorleren.rounds.models import Round
from doorleren.rounds.telling import RoundPages, new_rounds

log = logging.getLogger(__name__)

SETTLES = timedelta(minutes=2)
"""An act may still be on its way into the database that long after its moment: what is younger is told the next time."""


def tell_of_rounds(*, pages: RoundPages, at: datetime, rehearsals: bool = False) -> Sent:
    """Do one round of mails. A mail server that is away ends it, and what was due stays due. Never raises for a mail.

    Rehearsals are told where the site is a demo, which has no other rounds.
    """
    sent, until = Sent(), at - SETTLES
    if not rules.is_mail_time(at):
        return sent
    due = on_schemes(day_of(at), until)
    since = due.aggregate(since=Min("seen_until"))["since"]
    news = _news(since, until, rehearsals=rehearsals) if since else {}
    if not news:
        return sent
    numbers = list(due.filter(scheme__in=news).order_by("pk").values_list("pk", flat=True))
    try:
        with Post() as post:
            for number in numbers:
                with one_by_one(number):
                    _tell(number, news, post, pages, until, at, sent)
    except ServerAway as fault:
        log.error("the mails about rounds cannot go out now: %s", fault)
    return sent


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A round in which one can file, now or later, and the last moment at which that became so."""

    row: Round
    since: datetime


def _news(since: datetime, until: datetime, *, rehearsals: bool) -> Mapping[str, Sequence[_Fresh]]:
    """Give the rounds announced, opened or reopened between two moments that are not closed, by scheme."""
    again = Act.objects.filter(act="reopened", subject_kind="round", at__gt=since, at__lte=until)
    reopened = {int(one): at for one, at in again.order_by("at").values_list("subject_id", "at")}
    told = Q(announced_at__gt=since, announced_at__lte=until) | Q(gate__opened_at__gt=since, gate__opened_at__lte=until)
    rows = Round.objects.filter(told | Q(pk__in=reopened), gate__closed_at__isnull=True)
    if not rehearsals:
        rows = rows.filter(rehearsal=False)
    found: dict[str, list[_Fresh]] = {}
    for row in rows.select_related("gate", "version").order_by("opens_at", "pk"):
        moments = (row.announced_at, row.gate.opened_at, reopened.get(row.pk))
        last = max(one for one in moments if one is not None and one <= until)
        found.setdefault(row.version.scheme, []).append(_Fresh(row, last))
    return found


def _tell(
    number: int, news: Mapping[str, Sequence[_Fresh]], post: Post, pages: RoundPages, until: datetime, at: datetime, sent: Sent
) -> None:  # fmt: skip
    with claimed(on_schemes(day_of(at), until).filter(pk=number)) as alert:
        if alert is None:
            return
        fresh = [one.row for one in news[alert.scheme] if one.since > alert.seen_until]
        if not fresh:
            return
        try:
            post.send(new_rounds(alert, pages, fresh))
        except AddressRefused:
            sent.refused += 1
            refused(alert, at=at)
            return
        record_mailed(number, len(fresh), about="rounds", at=at)
        sent.mailed += 1
        alert.seen_until, alert.failures = until, 0
        alert.save(update_fields=["seen_until", "failures"])
