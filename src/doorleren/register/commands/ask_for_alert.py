"""Ask to be mailed about new trainings of a search, or rounds of a scheme. Anyone may, for any address; only the question is mailed."""

from datetime import datetime

from django.db import connection, transaction

from doorleren.core.texts import Texts
from doorleren.register.alerts.addresses import well_written
from doorleren.register.alerts.queries import asked
from doorleren.register.alerts.recording import record_asked
from doorleren.register.alerts.rules import has_room, is_full
from doorleren.register.answers import ActRefused
from doorleren.register.models import Alert
from doorleren.register.models.alert import LONGEST_SEARCH

_ASKING_LOCK = 0x616C7274  # "alrt": askings are counted one after the other

_TOO_LONG: Texts = {
    "nl": "Deze zoekvraag is te lang om te bewaren. Haal een paar keuzes weg.",
    "en": "This search is too long to keep. Remove some choices.",
}
_FULL: Texts = {
    "nl": "Er zijn nu te veel aanvragen. Probeer het over een uur nog eens.",
    "en": "There are too many requests now. Try again in an hour.",
}


class NobodyMayAskNow(ActRefused):
    """So much is being asked that nobody may for now, whatever the address."""


def ask_for_alert(address: str, search: str, *, scheme: str = "", language: str, at: datetime) -> int | None:
    """Keep an alert that waits for confirmation, and give its number; `send_invitation` then mails the question.

    It is about a search, or with `scheme` about the rounds of that scheme; the caller knows that there is such a scheme.
    Whoever asked the same before is asked again, and whoever confirmed it hears that it is on. None when the address
    has asked too often: the page must answer the same, so that it tells nobody what is known of an address. Raises
    BadAddress, NobodyMayAskNow, or ActRefused for a search that is too long.
    """
    written = well_written(address)
    if len(search) > LONGEST_SEARCH:
        raise ActRefused(_TOO_LONG)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ASKING_LOCK])
        alert = Alert.objects.select_for_update().filter(address__iexact=written, search=search, scheme=scheme).first()
        told = asked(written, besides=alert.pk if alert else 0, at=at)
        if is_full(told):
            raise NobodyMayAskNow(_FULL)
        if not has_room(told):
            return None
        alert = alert or Alert(address=written, search=search, scheme=scheme, seen_until=at)
        alert.language, alert.asked_at, alert.invited_at = language, at, None
        if alert.confirmed_at is None:
            alert.seen_until = at
        alert.save()
        record_asked(alert.pk, language, at=at)
    return alert.pk
