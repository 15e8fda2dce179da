"""Sessions in the database, each with its person: `SESSION_ENGINE`. Fifteen minutes without a request end one."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from doorleren.people.models import Session

TOUCH_SECONDS = 60
"""How much of the idle time passes before a request is worth a write; a session lives up to this much shorter."""


class SessionStore(DatabaseStore):
    """As Django's own, with the person in a column of its own and a touch that writes one row at most once a minute."""

    expires_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Name the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Make the row, with the person whom the session belongs to."""
        made = super().create_model_instance(data)
        assert isinstance(made, Session)
        made.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return made

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        self.expires_at = found.expire_date if found else None
        return found

    def touch(self, now: datetime) -> bool:
        """Let the idle time begin anew, if this session was read and its last touch is a while ago; says whether it did.

        Ends nothing and revives nothing: a session that was ended meanwhile has no row to touch.
        """
        end = now + timedelta(seconds=self.get_session_cookie_age())
        if self.expires_at is None or end - self.expires_at < timedelta(seconds=TOUCH_SECONDS):
            return False
        kept = Session.objects.filter(session_key=self.session_key, expire_date__gt=now)
        return kept.update(expire_date=end) == 1
