"""Makes a site ready to be served or worked on: its database, its key, its tables, its static files.

Called by `serve` and by `manage`. Each step can be repeated and can be done by several processes at once.
"""

import secrets
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

import django
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from doorleren.letters.templates import templates_of_schemes
from doorleren.people.national_number import new_keys
from doorleren.rules.library import open_library
from doorleren.server import database_roles, environment
from doorleren.server.databases import settings_of
from doorleren.server.embedded import OpenDatabase, cluster, open_database
from doorleren.server.environment import Environment
from doorleren.server.keys import kept_key
from doorleren.shipped import folder

_MIGRATION_LOCK = 0x646F6F72  # "door": an advisory lock, so that two processes do not migrate at once


class Unreachable(RuntimeError):
    """The database that `DATABASE_URL` names cannot be used; the message says why, without the password."""


def check_schemes() -> None:
    """Reads the schemes of one's own and every letter, so that a fault in them is told at the start. Raises SchemeFault."""
    library = open_library(environment.read().schemes)
    library.check_extra()
    templates_of_schemes(library.places, law=folder("law"), schemes=library.folders)


def open_site(*, as_owner: bool = False) -> OpenDatabase | None:
    """Starts or joins the embedded database and loads Django; None where `DATABASE_URL` names another.

    Django works as the application, which `migrate` makes where it is not there yet; `as_owner`: as who owns the tables.
    """
    surroundings = environment.read()
    database = None
    if surroundings.demo_refused() is None:  # decided before DATABASE_URL names our own database
        environment.announce_default(DOORLEREN_DEMO="1")
    if surroundings.database_url is None:
        database = open_database(surroundings.home)
        environment.announce(DATABASE_URL=database.url if as_owner else database.application_url)
    elif surroundings.database_owner_url is not None:
        settings_of(surroundings.database_owner_url, "DATABASE_OWNER_URL")
        if as_owner:
            environment.announce(DATABASE_URL=surroundings.database_owner_url)
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


def migrate() -> str | None:
    """Brings the tables up to date, and the rights of the application on them. Raises Unreachable.

    As the owner of the tables, where that is known; whoever comes second waits, and finds nothing to do. Afterwards Django is
    connected as the application. Gives a warning for who runs the site where the application owns its tables itself.
    """
    surroundings = environment.read()
    owner = owner_url(surroundings)
    if owner is None:
        return _migrate_as_the_application()
    embedded = surroundings.database_owner_url is None
    role, database = (cluster.APPLICATION, "") if embedded else _reached("DATABASE_URL")
    with database_roles.connected(owner):
        own_role, own_database = _reached("DATABASE_URL" if embedded else "DATABASE_OWNER_URL")
        if database not in ("", own_database):
            raise Unreachable("DATABASE_OWNER_URL and DATABASE_URL name two databases; allowed is one, as two roles")
        if own_role == role:
            _bring_up_to_date()
            return _OWNS.format(role=role)
        _bring_up_to_date(role, make_role=embedded)
    return None


def owner_url(surroundings: Environment) -> str | None:
    """Give the database as the owner of its tables; None where only the application is known."""
    home = surroundings.home
    if surroundings.database_owner_url is None and surroundings.database_url == cluster.application_url(home):
        return cluster.url(home)
    return surroundings.database_owner_url


def as_owner() -> AbstractContextManager[None]:
    """Let Django be connected as the owner of the tables, where that is known: for measurements that make tables of their own."""
    owner = owner_url(environment.read())
    return nullcontext() if owner is None else database_roles.connected(owner)


def _migrate_as_the_application() -> str | None:
    """Where only `DATABASE_URL` is given: as it, if it may; else the tables must be up to date."""
    role, _ = _reached("DATABASE_URL")
    try:
        if database_roles.may_make_tables():
            _bring_up_to_date()
            return _OWNS.format(role=role)
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except ProgrammingError:
        behind = True
    finally:
        connection.close()
    if behind:
        raise Unreachable(_BEHIND.format(role=role))
    return None


_OWNS = (
    "Warning: the role {role!r} of DATABASE_URL owns the tables it works in, so triggers alone guard the record, the ledger and "
    "decisions. Give the site a second role, and name the owner in DATABASE_OWNER_URL: README.md, 'Two roles of the database'."
)
_BEHIND = (
    "the tables are not those of this version, and the role {role!r} of DATABASE_URL may not change them: start once with "
    "DATABASE_OWNER_URL"
)


def _reached(variable: str) -> tuple[str, str]:
    try:
        return database_roles.who()
    except OperationalError as error:
        raise Unreachable(f"the database of {variable} cannot be used: {' '.join(str(error).split())}") from error


def _bring_up_to_date(application: str | None = None, *, make_role: bool = False) -> None:
    """Do so as who we are connected as, and give the application its rights; one process at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
            if application is not None:
                if make_role:
                    database_roles.make_role(application)
                database_roles.give_rights(application)
        except database_roles.TooMuch as error:
            raise Unreachable(str(error)) from error
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
