"""Send what is due: the mails that ask to confirm, and once a day per alert the trainings that are new. For a schedule.

Call it every minute. Each mail goes while its row is locked and is marked in the same transaction, right after the
server took it: of two processes at once one sends and the other passes by, and a mail that could not go is still due.
Only when the process or the database dies between the two does a mail go again, under the same Message-ID: at least
once rather than at most once, because a mail that never comes is worse than one that comes twice.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Min

from doorleren.core.places import index_folder
from doorleren.register.alerts import mail, queries, rules
from doorleren.register.alerts.finding import Finding
from doorleren.register.alerts.pages import Pages
from doorleren.register.alerts.post import AddressRefused, Post, ServerAway
from doorleren.register.alerts.recording import record_lapsed, record_mailed
from doorleren.register.alerts.sending import Sent, claimed, one_by_one, refused
from doorleren.register.models import Alert
from doorleren.register.portal import Portal
from doorleren.register.queries import listings
from doorleren.register.search import versions

log = logging.getLogger(__name__)

_NOTE = """
INSERT INTO register_firstlisted (activity_id, at)
    SELECT activity.id, coalesce((SELECT %(at)s FROM register_firstlisted LIMIT 1), '1970-01-01Z'::timestamptz)
    FROM unnest(%(keys)s::bigint[]) AS key JOIN register_activity activity ON activity.id = key
    LEFT JOIN register_firstlisted known ON known.activity_id = key
    WHERE known.activity_id IS NULL
    ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Noted:
    """Which version of the index, on which day, was noted last: so that a round without anything new costs next to nothing."""

    state: tuple[object, date] | None = None


def send_alerts(portal: Portal, *, pages: Pages, at: datetime, today: date, noted: Noted | None = None) -> Sent:
    """Do one round. A mail server that is away ends the round; what was due stays due. Never raises for a mail.

    `noted` is what the caller keeps between rounds; without it the round looks at the whole index.
    """
    sent, noted = Sent(), noted or Noted()
    forget_unconfirmed(at=at)
    finding = _note(portal, at, today, noted)
    if finding is None and rules.is_mail_time(at) and queries.due(today, at).exists():
        finding = Finding.of(portal, today)
    try:
        with Post() as post:
            for number in queries.uninvited():
                with one_by_one(number):
                    _invite(number, post, pages, at, sent)
            if finding is not None and rules.is_mail_time(at):
                _tell_all(finding, post, pages, at, sent)
    except ServerAway as fault:
        log.error("the mails of alerts cannot go out now: %s", fault)
    return sent


def send_invitation(number: int, *, pages: Pages, at: datetime) -> Sent:
    """Mail the question to confirm at once; if the server is away, the next round does."""
    sent = Sent()
    try:
        with Post() as post:
            _invite(number, post, pages, at, sent)
    except ServerAway as fault:
        log.error("the mail of an alert cannot go out now: %s", fault)
    return sent


def forget_unconfirmed(*, at: datetime) -> int:
    """Delete the alerts that nobody confirmed in time, and give how many."""
    with transaction.atomic():
        gone = list(queries.lapsed(at).select_for_update(skip_locked=True).values_list("pk", flat=True))
        Alert.objects.filter(pk__in=gone).delete()
        for number in gone:
            record_lapsed(number, at=at)
    return len(gone)


def note_first_listed(keys: list[int], *, at: datetime) -> int:
    """Note the activities that can be found now and could not before; give how many. What is there at the very first
    time has been there always.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"keys": keys, "at": at})
        return int(cursor.rowcount)


def _note(portal: Portal, at: datetime, today: date, noted: Noted) -> Finding | None:
    """Note what can be found, if the index or the day is another than at the last time; give the index if it was opened."""
    state = (versions.stamp(index_folder(portal.home, "activities")), today)
    if state == noted.state:
        return None
    finding = Finding.of(portal, today)
    if finding is not None:
        note_first_listed(finding.listed(), at=at)
        noted.state = state
    return finding


def _invite(number: int, post: Post, pages: Pages, at: datetime, sent: Sent) -> None:
    with claimed(Alert.objects.filter(pk=number, invited_at__isnull=True)) as alert:
        if alert is None:
            return
        try:
            post.send(mail.invitation(alert, pages))
            sent.invited += 1
        except AddressRefused:
            sent.refused += 1  # there is nobody to confirm: it will lapse
        alert.invited_at = at
        alert.save(update_fields=["invited_at"])


def _tell_all(finding: Finding, post: Post, pages: Pages, at: datetime, sent: Sent) -> None:
    due = queries.due(finding.today, at)
    since = due.aggregate(since=Min("seen_until"))["since"]
    if since is None:
        return
    listed = queries.first_listed(since, at)
    if not listed:
        due.update(looked_on=finding.today, seen_until=at)
        return
    news = _News(finding, pages, listed)
    for number in due.order_by("pk").values_list("pk", flat=True):
        with one_by_one(number):
            _tell(number, news, post, at, sent)


@dataclass(slots=True)
class _News:
    """What came into the register, and what each search finds of it: alerts on the same search share the answer."""

    finding: Finding
    pages: Pages
    listed: Mapping[int, datetime]
    found: dict[str, list[int]] = field(default_factory=dict)

    def of(self, alert: Alert) -> list[int]:
        """Give what is new to an alert, what fits best first."""
        fresh = {key for key, since in self.listed.items() if since > alert.seen_until}
        if fresh and alert.search not in self.found:
            self.found[alert.search] = self.finding.among(self.pages.query(alert.search), self.listed)
        return [key for key in self.found[alert.search] if key in fresh] if fresh else []


def _tell(number: int, news: _News, post: Post, at: datetime, sent: Sent) -> None:
    """Look at one alert, mail what is new, and mark that in the same transaction."""
    with claimed(queries.due(news.finding.today, at).filter(pk=number)) as alert:
        if alert is None:
            return
        found = news.of(alert)
        alert.looked_on = news.finding.today
        try:
            if found and (some := list(listings(found[: rules.MOST_IN_A_MAIL]).values())):
                some.sort(key=lambda one: found.index(one.key))
                post.send(mail.new_trainings(alert, news.pages, some, len(found)))
                record_mailed(number, len(found), about="trainings", at=at)
                sent.mailed += 1
            alert.seen_until, alert.failures = at, 0
        except AddressRefused:
            sent.refused += 1
            refused(alert, at=at)
            return
        alert.save(update_fields=["looked_on", "seen_until", "failures"])
