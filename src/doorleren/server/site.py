"""Makes a site ready to be served or worked on: its database, its key, its tables, its static files.

Called by `serve` and by `manage`. Each step can be repeated and can be done by several processes at once.
"""

import secrets
from datetime import datetime

import django
from django.core.management import call_command
from django.db import OperationalError, connection

from doorleren.people.national_number import new_keys
from doorleren.rules.library import open_library
from doorleren.server import environment
from doorleren.server.embedded import OpenDatabase, open_database
from doorleren.server.keys import kept_key

_MIGRATION_LOCK = 0x646F6F72  # "door": an advisory lock, so that two processes do not migrate at once


class Unreachable(RuntimeError):
    """The database that `DATABASE_URL` names does not let us in; the message says why, without the password."""


def check_schemes() -> None:
    """Reads the schemes of one's own, so that a fault in them is told at the start. Raises SchemeFault."""
    open_library(environment.read().schemes).check_extra()


def open_site() -> OpenDatabase | None:
    """Starts or joins the embedded database and loads Django; None where `DATABASE_URL` names another."""
    surroundings = environment.read()
    database = None
    if surroundings.shown_day is not None:  # decided before DATABASE_URL names our own database
        environment.announce_default(DOORLEREN_DEMO="1")
    if surroundings.database_url is None:
        database = open_database(surroundings.home)
        environment.announce(DATABASE_URL=database.url)
    if surroundings.secret_key is None:
        environment.announce(DOORLEREN_SECRET_KEY=kept_key(surroundings.home, "secret-key", _new_secret))
    if surroundings.identity_keys is None:
        environment.announce(DOORLEREN_IDENTITY_KEYS=kept_key(surroundings.home, "identity-keys", new_keys))
    environment.announce_default(
        DJANGO_SETTINGS_MODULE="doorleren.server.settings",
        DOORLEREN_STATIC=str(surroundings.home / "static"),
    )
    django.setup()
    return database


def migrate() -> None:
    """Brings the tables up to date; whoever comes second waits, and finds nothing to do. Raises Unreachable."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Unreachable(f"the database of DATABASE_URL cannot be used: {' '.join(str(error).split())}") from error
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    connection.close()


def collect_static() -> None:
    """Puts the static files, with hashed names and compressed, where the web server reads them."""
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def enrol_demo_people() -> None:
    """Puts the people of the demo into the database. The caller has asked `demo_refused` first."""
    from doorleren.people.commands.enrol_demo_people import enrol_demo_people as enrol  # Django is loaded by now
    from doorleren.web.surroundings import now

    enrol(at=now())


def load_demo_register() -> None:
    """Fills an empty register with the demo, and gives it occupations and skills. The caller has asked `demo_refused` first."""
    from doorleren.register.commands.load_demo import load_demo, load_demo_skills
    from doorleren.web.surroundings import now

    day, at = environment.read().shown_day, now()
    load_demo(at=at if day is None else datetime.combine(day, at.timetz()))
    load_demo_skills()


def _new_secret() -> str:
    return secrets.token_urlsafe(48)
