"""`doorleren serve`: everything on one machine, in the foreground, until it is told to stop.

Supervises the embedded database (unless `DATABASE_URL` names another), the web server and, where demo people are
allowed, the provider through which they sign in. They end with this process, also when it is killed. If a database
that another process started goes away, it is started here again and the site goes on.
"""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from doorleren.rules.faults import SchemeFault
from doorleren.server import environment, site
from doorleren.server.children import bound
from doorleren.server.databases import NotPostgreSQL
from doorleren.server.demo_provider import demo_provider
from doorleren.server.embedded import DatabaseFailed, OpenDatabase
from doorleren.server.intake.beside import Intake, WaitingRoom
from doorleren.server.stopping import StopRequests, ignore_requests, was_asked

HOST = "127.0.0.1"
BLOCKING_THREADS = 4  # per worker; each holds a connection to the database
MOST_WORKERS = 4
STOP_SECONDS = 10.0
READY_SECONDS = 30.0
WATCH_SECONDS = 0.5
HANGS_SECONDS = 60
"""A request that leaves a transaction alone for so long is ended by the database: others wait for what it holds."""


def main(argv: list[str]) -> int:
    """Serves until stopped; the exit status is 0 after a request to stop, 1 when something failed."""
    parser = argparse.ArgumentParser(prog="doorleren serve", description="start the site and its database")
    parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default 8000)")
    port = parser.parse_args(argv).port
    began = time.monotonic()
    requests = StopRequests()
    try:
        _refuse_taken_port(port)
        site.check_schemes()
        if environment.read().on_loopback:
            environment.announce_default(DOORLEREN_SITE=f"http://{HOST}:{port}")
        with (
            _demo() as demo, _database(demo) as database, _read_index(), _timetable(), _intake() as intake, _waiting_room() as room,
            _rounds(), _cases(), _web_server(port) as web,
        ):  # fmt: skip
            _wait_until_it_answers(port, web)
            requests.hold()
            _say_what_to_try(port, time.monotonic() - began)
            if demo:
                _demo_rounds(intake)
            _watch(web, intake, room, database, requests)
    except BaseException as error:
        return _ended(error)


def _ended(error: BaseException) -> int:
    """Say why it ended, and give the exit status; what nobody foresaw is raised again."""
    if was_asked(error):
        _say("Stopped.")
        return 0
    if isinstance(error, _FORESEEN):
        print(f"doorleren serve: {error}", file=sys.stderr)
        return 1
    raise error


class _Failed(RuntimeError):
    """It cannot be served; the message says why."""


_FORESEEN = (
    DatabaseFailed,
    NotPostgreSQL,
    SchemeFault,
    site.Unreachable,
    environment.BadVariable,
    PermissionError,
    _Failed,
)


@contextlib.contextmanager
def _demo() -> Iterator[bool]:
    """The provider of demo people, where they are allowed and no other provider is named; says whether there is a demo."""
    surroundings = environment.read()
    if surroundings.demo_refused():
        yield False
        return
    environment.announce(DOORLEREN_DEMO="1")  # decided here: from now on DATABASE_URL names our own database too
    if surroundings.oidc_issuer:
        yield True
        return
    with demo_provider() as issuer:
        environment.announce(DOORLEREN_DEMO_PROVIDER=issuer)
        yield True


@contextlib.contextmanager
def _database(demo: bool) -> Iterator[OpenDatabase | None]:
    """The database with up-to-date tables and the people of the demo, ours to stop if we started it."""
    _say("Starting the database ...")
    database = site.open_site()
    try:
        warning = site.migrate()
        if warning:
            _say(warning)
        if demo:
            site.enrol_demo_people()
            _qualify_demo_advisers()
            site.load_demo_register()
        site.collect_static()
        yield database
    finally:
        ignore_requests()
        if database is not None:
            database.close()


def _qualify_demo_advisers() -> None:
    """Lets the advisers of the demo register people; Django is loaded by now."""
    from doorleren.applications.commands.give_qualification import qualify_demo_advisers
    from doorleren.server.clock import now

    qualify_demo_advisers(at=now())


def _read_index() -> contextlib.AbstractContextManager[object]:
    """What keeps the index of the register up to date; Django is loaded by now."""
    from doorleren.server.read_index import IndexKeeper

    return IndexKeeper()


def _timetable() -> contextlib.AbstractContextManager[object]:
    """What pulls the sources and publishes the open data at their times; Django is loaded by now."""
    from doorleren.server.timetable import Timetable

    return Timetable()


@contextlib.contextmanager
def _intake() -> Iterator[Intake]:
    """The lean intake, started beside the web server, which hears where it is."""
    intake = Intake()
    environment.announce(DOORLEREN_INTAKE=intake.address)
    try:
        yield intake
    finally:
        ignore_requests()
        intake.stop()


@contextlib.contextmanager
def _waiting_room() -> Iterator[WaitingRoom]:
    """The waiting room, likewise."""
    room = WaitingRoom()
    environment.announce(DOORLEREN_WAITING=room.address)
    try:
        yield room
    finally:
        ignore_requests()
        room.stop()


def _rounds() -> contextlib.AbstractContextManager[object]:
    """What opens and closes rounds, gives places, records roots and keeps checkpoints; Django is loaded by now."""
    from doorleren.server.rounds_keeper import RoundsKeeper

    return RoundsKeeper()


def _cases() -> contextlib.AbstractContextManager[object]:
    """What opens cases, lets the rules assess them, works off batches and sends letters; Django is loaded by now."""
    from doorleren.server.cases_keeper import CasesKeeper

    return CasesKeeper()


def _demo_rounds(intake: Intake) -> None:
    """Rounds to rehearse in, with some tickets, beside the site that answers already."""
    from doorleren.server.demo_round import demo_rounds_beside

    demo_rounds_beside(intake)


@contextlib.contextmanager
def _web_server(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The web server with its workers; it gets the time to finish the requests it is answering."""
    _say("Starting the web server ...")
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    words += ["--workers", str(min(os.cpu_count() or 1, MOST_WORKERS))]
    words += ["--blocking-threads", str(BLOCKING_THREADS), "--no-ws", "--log-level", "warning"]
    words += ["--workers-kill-timeout", str(int(STOP_SECONDS)), "doorleren.server.wsgi:application"]
    web = subprocess.Popen(bound(words, at_death="TERM"), env=_for_requests(), start_new_session=True)
    try:
        yield web
    finally:
        ignore_requests()
        web.terminate()
        try:
            web.wait(STOP_SECONDS + 1)
        except subprocess.TimeoutExpired:
            web.kill()
            web.wait()


def _for_requests() -> dict[str, str]:
    """The variables of the web server: ours, and what its connections ask of the database."""
    ours = environment.inherited()
    asked = f"-c idle_in_transaction_session_timeout={HANGS_SECONDS}s {ours.get('PGOPTIONS', '')}"
    return ours | {"PGOPTIONS": asked.strip()}


def _watch(
    web: "subprocess.Popen[bytes]",
    intake: Intake,
    room: WaitingRoom,
    database: OpenDatabase | None,
    requests: StopRequests,
) -> NoReturn:
    """Looks after all four until we are asked to stop. _Failed when the web server ends by itself."""
    while web.poll() is None:
        requests.pause(WATCH_SECONDS)
        if database is not None and database.gone():
            _say("The database went away; starting it again ...")
            database.renew()
        if intake.gone():
            _say("The intake of applications went away; starting it again ...")
            intake.renew()
        if room.gone():
            _say("The waiting room went away; starting it again ...")
            room.renew()
    raise _Failed("the web server stopped by itself; its last words are above")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise _Failed(
                f"port {port} cannot be used ({reason}). Choose another: doorleren serve --port 8001"
            ) from error


def _wait_until_it_answers(port: int, web: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if web.poll() is not None:
            raise _Failed("the web server did not start; its words are above")
        try:
            with urlopen(f"http://{HOST}:{port}/", timeout=READY_SECONDS):
                return
        except HTTPError as answer:
            if answer.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise _Failed(f"the first page fails (HTTP {answer.code}); the reason is above") from answer
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise _Failed(f"the web server did not answer within {READY_SECONDS:g} seconds")


def _say_what_to_try(port: int, seconds: float) -> None:
    address = f"http://{HOST}:{port}"
    _say(f"""
Doorleren is ready: {address}  (started in {seconds:.1f} seconds)

  {address}/                      what can I get? for a person, an employer, a region
  {address}/trainings             every training, and what it costs after funding
  {address}/sign-in               sign in, in the demo as one of fourteen invented people
  {address}/api/v1/openapi.json   the same for programs
  doorleren schemes                             all schemes, in another window
  doorleren check PROFILE.json                  the verdicts for a profile

Everything is kept in {environment.read().home}
Ctrl-C stops everything.""")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
