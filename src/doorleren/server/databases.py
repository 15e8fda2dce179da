"""Reads a `DATABASE_URL` into Django's setting. PostgreSQL only."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

KEEP_SECONDS = 60  # a new connection costs some milliseconds, a kept one nothing


class NotPostgreSQL(ValueError):
    """The address names something else; the message says what is allowed."""


def settings_of(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """The entry of `DATABASES` for `postgresql://user:password@host:port/name?option=value`.

    `?host=/folder` names a socket's folder, as the embedded database has. Raises NotPostgreSQL, with the variable's name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise NotPostgreSQL(f"{variable} must start with postgresql:// and starts with {parts.scheme!r}")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
