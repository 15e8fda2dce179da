"""A site of its own for the measurements of an opening: a fresh embedded database with its usual, durable settings.

Everything runs as in the product: the database and the intake are started by the same code. The load comes from
`client/submit.c`, compiled here.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NOT_OURS = ("DATABASE_URL", "DJANGO_", "DOORLEREN_")
SOURCE = Path(__file__).parent / "client" / "submit.c"
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
CREATED, WELL = 201, 200
PATIENCE_SECONDS = 10.0


class NotMeasured(RuntimeError):
    """It cannot be measured here, or what was measured would mean nothing; the message says why."""


@contextlib.contextmanager
def fresh_site() -> Iterator[Path]:
    """Start a site in a folder of its own, with its tables, and load Django; give the folder. Once per process."""
    from doorleren.server import environment, site

    with tempfile.TemporaryDirectory(prefix="doorleren-bench-") as folder:
        for name in [name for name in os.environ if name.startswith(NOT_OURS)]:
            del os.environ[name]
        environment.announce(DOORLEREN_HOME=folder)
        database = site.open_site()
        assert database is not None
        try:
            site.migrate()
            _check_durable()
            yield Path(folder)
        finally:
            database.close(patience=PATIENCE_SECONDS)


def _check_durable() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for name, value in DURABLE.items():
            cursor.execute(f"SHOW {name}")
            found = cursor.fetchone()[0]
            if found != value:
                raise NotMeasured(f"{name} is {found}, and only {value!r} is durable")


def open_round(order: str = "arrival", cents: int = 10**12) -> int:
    """Announce and open a round of its own; give its number."""
    from doorleren.server.rush.rounds import announce_rehearsal

    return announce_rehearsal(order, cents)


def token_lines(round_: int, people: int, seed: int, key: bytes) -> str:
    """Seal the tokens of so many people, one on a line."""
    from doorleren.server.rush.people import tokens

    return "\n".join(tokens(round_, people, seed, 1 << 40, key)) + "\n"


def compiled(folder: Path) -> Path:
    """Compile the client. Raises NotMeasured where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NotMeasured("the load comes from a small C program, and there is no C compiler here (cc, gcc or clang)")
    program = folder / "submit"
    subprocess.run([compiler, "-O2", "-Wall", "-o", str(program), str(SOURCE)], check=True)
    return program


@dataclass(frozen=True)
class Told:
    """What a run of the client gave: answers in so many seconds, their times in milliseconds, sorted, by status."""

    seconds: float
    times: Sequence[float]
    statuses: Sequence[int]

    @property
    def per_second(self) -> float:
        """Give how many were answered per second."""
        return len(self.times) / self.seconds

    def all_well(self, what: str) -> None:
        """Raise NotMeasured unless something was answered, and all of it well."""
        if not self.statuses or any(one != WELL for one in self.statuses):
            raise NotMeasured(f"{what}: {sorted(set(self.statuses))} where {WELL} was expected")

    def all_created(self, number: int) -> None:
        """Raise NotMeasured unless so many were answered, each with a receipt."""
        wrong = [one for one in self.statuses if one != CREATED]
        if wrong or len(self.statuses) != number:
            raise NotMeasured(f"{len(self.statuses)} of {number} were answered, {len(wrong)} of them without a receipt")


def read_told(seconds: float, answers: Path) -> Told:
    """Read the answers of a run."""
    parts = [line.split(b" ", 2) for line in answers.read_bytes().splitlines()]
    return Told(seconds, sorted(float(one[0]) for one in parts), [int(one[1]) for one in parts])


def words_of(
    program: Path,
    port: int,
    connections: int,
    lines: Path,
    answers: Path,
    path: str,
    rate: float = 0,
    *,
    headers: str = "",
    keep: str = "-",
) -> list[str]:
    """Write the command line of the client; `headers` go with every request, each with its end of line."""
    return [str(program), str(port), str(connections), str(lines), str(answers), path, f"{rate:g}", keep, headers]


def submit(program: Path, port: int, connections: int, lines: str, path: str = "/tickets", headers: str = "") -> Told:
    """Submit lines as fast as they are answered. Raises NotMeasured when the client gives up."""
    with tempfile.TemporaryDirectory() as folder:
        file, answers = Path(folder) / "lines", Path(folder) / "answers"
        file.write_text(lines)
        words = words_of(program, port, connections, file, answers, path, headers=headers)
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotMeasured(f"the client stopped: {done.stderr.strip()}")
        return read_told(float(done.stdout.split()[1]), answers)


@contextlib.contextmanager
def load(
    program: Path, port: int, connections: int, lines: str, rate: float, path: str = "/", headers: str = ""
) -> Iterator[Callable[[], Told]]:
    """Ask lines at a rate for as long as this lasts; gives a function that stops it and tells what came of it, once."""
    with tempfile.TemporaryDirectory() as folder:
        file, answers = Path(folder) / "lines", Path(folder) / "answers"
        file.write_text(lines)
        words = words_of(program, port, connections, file, answers, path, rate, headers=headers, keep="times")
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def stopped() -> Told:
            process.terminate()
            out, wrong = process.communicate()
            if process.returncode:
                raise NotMeasured(f"the client stopped: {wrong.strip()}")
            return read_told(float(out.split()[1]), answers)

        try:
            yield stopped
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that such a share of the sorted values does not exceed."""
    return values[min(len(values) - 1, int(len(values) * share))]
