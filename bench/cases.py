"""Cases of one round from complete to paid: `make bench-cases`, or `python -m bench.cases [--cases N] [--only PART]`.

Only the product's own commands and jobs do the work, as the site does by itself and officials through their pages: cases
open, the rules assess, one official proposes a batch and another releases it, each case is decided on with a letter, the
ledger follows, letters go out and their dispatch is noted, a payment run is proposed, released and handed to the bank. What
is measured is processor time, of ours and of all processes of the database; see bench/README.md.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.cases_made import STATED, Scene, a_scene, library_in
from bench.measuring import Report
from bench.rush_growth import slope
from bench.rush_site import NotMeasured, fresh_site
from doorleren.core.days import day_of

CASES, LETTERS, LEAST = 20_000, 1_000, 20
TENTH, MORE = 10, 2.5
"""The growth is measured over a tenth of the cases, all of them, and two and a half times as many."""
SLOPE = "<=1.05"
PARTS = ("all", "round", "growth", "lists", "due")
AT_ONCE = 200
"""How much the site does of each kind before the next kind has its turn (server/cases_keeper.py)."""


@dataclass
class Spent:
    """Seconds of processor of ours, of the database and of setting letters (part of ours), and by the clock."""

    python: float = 0.0
    database: float = 0.0
    letters: float = 0.0
    wall: float = 0.0

    def add(self, other: "Spent") -> None:
        """Add what something else took."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def processor(self) -> float:
        """Give the seconds of processor of both."""
        return self.python + self.database


@dataclass
class Measured:
    """What a round took, stage by stage."""

    stages: dict[str, Spent] = field(default_factory=dict)

    def total(self) -> Spent:
        """Add up all stages."""
        found = Spent()
        for one in self.stages.values():
            found.add(one)
        return found


class Watch:
    """Tells what something took. Made once: from then on the setting of letters is counted apart."""

    def __init__(self) -> None:
        """Put a clock around the one place that sets a letter."""
        from doorleren.letters.commands import make_letter

        self._letters, self._set = 0.0, make_letter.as_pdf

        def timed(content: object) -> bytes:
            begun = time.process_time()
            try:
                return self._set(content)  # type: ignore[arg-type]
            finally:
                self._letters += time.process_time() - begun

        make_letter.as_pdf = timed  # type: ignore[assignment]

    @contextmanager
    def __call__(self, spent: Spent) -> Iterator[None]:
        """Add to `spent` what happens within."""
        before = (time.process_time(), database_seconds(), self._letters, time.perf_counter())
        yield
        after = (time.process_time(), database_seconds(), self._letters, time.perf_counter())
        spent.add(Spent(*(one - other for one, other in zip(after, before, strict=True))))


def database_seconds() -> float:
    """Give the processor time of all processes of the database so far, also of those that have ended."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    try:
        server = int(_stat(own)[1])
        ticks = sum(int(one) for one in _stat(server)[11:15])  # its own, and those of its children that have ended
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                told = _stat(int(path.parent.name))
            except OSError:  # ended meanwhile, and is counted with the server's next time
                continue
            ticks += int(told[11]) + int(told[12]) if int(told[1]) == server else 0
    except OSError as error:
        raise NotMeasured("the processor time of the database cannot be read here") from error
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def through(scene: Scene, watch: Watch) -> Measured:
    """Bring all cases of a round from complete to paid; give what each stage took. Raises NotMeasured unless all got there."""
    found = Measured()
    for name, stage in stages(scene):
        with watch(found.stages.setdefault(name, Spent())):
            stage()
    check(scene)
    return found


def stages(scene: Scene) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give the stages by name, in their order."""
    from doorleren.decisions.commands.open_cases import open_cases
    from doorleren.decisions.jobs import assess_waiting, note_dispatches, run_batches
    from doorleren.decisions.openings import Opening
    from doorleren.letters.jobs import send_waiting
    from doorleren.payments.jobs import follow_all
    from doorleren.server.clock import now

    opening = Opening()
    yield "open", lambda: _drained(lambda: open_cases(at=now(), most=AT_ONCE, opening=opening))
    yield "assess", lambda: _drained(lambda: assess_waiting(scene.library, now=now, most=AT_ONCE))
    yield "release", lambda: _drained(lambda: release(scene))
    yield "decide", lambda: _drained(lambda: run_batches(now=now, most=AT_ONCE))
    yield "ledger", lambda: follow_all(now)
    yield "send", lambda: _drained(lambda: send_waiting(now, most=AT_ONCE)[0])
    yield "note", lambda: _drained(lambda: note_dispatches(now=now, most=AT_ONCE))
    yield "pay", lambda: _drained(lambda: pay(scene))


def _drained(some: Callable[[], int]) -> None:
    while some():
        pass


def release(scene: Scene) -> int:
    """Propose a batch and have another official release it; give how many cases are in it, 0 when nothing is left."""
    from doorleren.decisions.commands.propose_batch import digest_now, propose_batch
    from doorleren.decisions.commands.release_batch import release_batch
    from doorleren.decisions.refusing import DecisionRefused
    from doorleren.server.clock import now

    try:
        batch = propose_batch(scene.round.pk, [STATED], by=scene.by("decider", now()), at=now())
    except DecisionRefused as why:
        if why.code != "empty":
            raise
        return 0
    release_batch(batch.pk, digest_now(batch), by=scene.by("second", now()), at=now())
    return batch.items.count()


def pay(scene: Scene) -> int:
    """Propose a payment run, have another release it, hand its file to the bank; give how many lines it has, 0 for none."""
    from doorleren.payments.banking_days import next_banking_day
    from doorleren.payments.commands.hand_over import file_of, hand_over
    from doorleren.payments.commands.propose_run import propose_run
    from doorleren.payments.commands.release_run import release_run
    from doorleren.payments.refusing import PaymentRefused
    from doorleren.server.clock import now

    try:
        run = propose_run(
            scene.round.body_id, pay_on=next_banking_day(day_of(now())), by=scene.by("paymaster", now()), at=now()
        ).run
    except PaymentRefused as why:
        if "te betalen" not in str(why):
            raise
        return 0
    ordered = release_run(run.pk, by=scene.by("other", now()), at=now()).ordered
    by = scene.by("paymaster", now())
    hand_over(run.pk, file_of(run.pk, by=by, at=now()), by=by, at=now())
    return len(ordered)


def check(scene: Scene) -> None:
    """Raise NotMeasured unless every case was decided on, told of by letter, and paid where it was granted."""
    from doorleren.decisions.models import ActLetter, Decision
    from doorleren.payments.models import PaymentEvent

    own = Decision.objects.filter(round=scene.round)
    granted = own.exclude(kind="refused").count()
    told = ActLetter.objects.filter(act__decision__in=own, noted_at__isnull=False).count()
    paid = PaymentEvent.objects.filter(line__round=scene.round, event="ordered").count()
    if (own.count(), told) != (scene.number, scene.number) or not 0 < granted == paid:
        raise NotMeasured(
            f"of {scene.number} cases {own.count()} were decided on, {told} told, {granted} granted and {paid} paid"
        )


def report_round(report: Report, scene: Scene, found: Measured) -> None:
    """Print what the cases of a round took: per second, per stage, and the shares."""
    total = found.total()
    for name, one in found.stages.items():
        each = 1000 / scene.number
        report.figure(f"cases_{name}_each", one.processor * each, "ms of processor")
        report.figure(f"cases_{name}_each_database", one.database * each, "ms of processor")
    report.figure("cases", scene.number, "cases")
    report.figure("cases_per_second", scene.number / total.wall, "cases/s by the clock")
    report.figure("cases_per_processor_second", scene.number / total.processor, "cases/s of processor")
    report.figure("cases_share_letters", total.letters / total.processor, "of the processor time")
    report.figure("cases_share_database", total.database / total.processor, "of the processor time")
    report.figure("cases_share_python", (total.python - total.letters) / total.processor, "of the processor time")


def letters(report: Report, scene: Scene, watch: Watch) -> Measured:
    """Take a round through with its letters in one batch, asking after each fifty how far it is; print what they took."""
    from doorleren.decisions.commands.run_batch import progress_of, run_batch
    from doorleren.decisions.models import Batch
    from doorleren.letters.jobs import send_waiting
    from doorleren.server.clock import now

    found, heard = Measured(), []
    for name, stage in stages(scene):
        with watch(found.stages.setdefault(name, Spent())):
            if name == "decide":
                (batch,) = Batch.objects.filter(round=scene.round, finished_at__isnull=True).values_list(
                    "pk", flat=True
                )
                while run_batch(batch, now=now, most=50):
                    heard.append(progress_of(batch).decided)
            elif name == "send":
                send_waiting(now, most=scene.number, tell=lambda place, of: heard.append(place))
            else:
                stage()
    check(scene)
    if heard != [*range(50, scene.number, 50), scene.number, *range(1, scene.number + 1)]:
        raise NotMeasured(f"the progress of {scene.number} letters was told as {heard}")
    made, sent = found.stages["decide"], found.stages["send"]
    report.figure("letters", scene.number, "letters in one batch, with progress")
    report.figure("letters_decided_made_seconds", made.wall, "s by the clock")
    report.figure("letters_sent_seconds", sent.wall, "s by the clock")
    report.figure("letters_set_each", made.letters / scene.number * 1000, "ms of processor")
    return found


def grow(report: Report, sizes: Sequence[int], found: Sequence[Measured]) -> None:
    """Print how the processor time grows with the cases of a round: the slope of its logarithm."""
    totals = [one.total() for one in found]
    for size, one in zip(sizes, totals, strict=True):
        report.figure(f"cases_{size}_each", one.processor / size * 1000, "ms of processor")
    for name in found[0].stages:
        steps = [one.stages[name].processor for one in found]
        report.figure(f"cases_slope_{name}", slope(sizes, [max(one, 0.01) for one in steps]), "")
    report.ratio(
        f"cases_growth_slope_{sizes[0]}_to_{sizes[-1]}", slope(sizes, [one.processor for one in totals]), SLOPE
    )


def measured(report: Report, home: Path, cases: int, only: str) -> None:
    """Do the parts that are asked, and print what came of them."""
    from bench.cases_lists import due, lists
    from doorleren.server import site
    from doorleren.server.clock import now

    schemes = home / "bench-schemes"
    known, watch = library_in(schemes), Watch()
    first = a_scene(known, min(LETTERS, cases), at=now())
    letters(report, first, watch)  # warms up as well
    if only in ("all", "round", "growth"):
        sizes = [cases] if only == "round" else [cases // TENTH, cases, int(cases * MORE)]
        found = []
        for size in sizes:
            scene = a_scene(known, size, at=now())
            found.append(through(scene, watch))
            if size == cases:
                report_round(report, scene, found[-1])
        if len(sizes) > 1:
            grow(report, sizes, found)
    if only in ("all", "lists"):
        site.collect_static()
        lists(report, first, home, schemes)
    if only in ("all", "due"):
        due(report, first)


def main() -> int:
    """Measure, print, and say by the exit code whether the bars were reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=CASES, help=f"cases of the round (default: {CASES})")
    asked.add_argument("--only", choices=PARTS, default="all", help="one part (default: all)")
    options = asked.parse_args()
    if options.cases < LEAST * TENTH:
        asked.error(f"--cases must be {LEAST * TENTH} or more")
    report = Report()
    report.machine()
    print("load of the machine", *(f"{load:.1f}" for load in os.getloadavg()))
    try:
        with fresh_site() as home:
            measured(report, home, options.cases, options.only)
    except NotMeasured as error:
        print(f"bench.cases: {error}", file=sys.stderr)
        return 1
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
