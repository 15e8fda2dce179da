"""The benchmark of the portal's pages: `make bench-pages`, or `python -m bench.pages [--activities N] [--home FOLDER]`.

See README.md beside it. Exit code 1 if a bar is missed.
"""

import argparse
import contextlib
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urljoin

from bench.catalogue import indexed, sources
from bench.measuring import Report
from bench.questions import three_words
from bench.site import fill, served
from bench.visits import Ask, fetch, visit
from doorleren.core.places import index_folder
from doorleren.register.search import prices
from doorleren.register.search.analysis import words_of
from doorleren.register.search.indexed import Indexed

ACTIVITIES, SMALLEST = 200_000, 500
VISITORS, ROUNDS, ASKED, WEIGHED, TRAININGS = 8, 9, 240, 40, 40
DRAWN_FROM = 5_000
PAID = prices.bands()[2:]
DRAWN_ON = date(2022, 9, 1)
TIMES, KILOBYTES = "<=8", "<=150"
EMPTY = Ask("/occupations")
"""The page on which one begins to look for another occupation: frame, middleware and two fields, nothing looked up."""

SITUATIONS = (
    {"person.work_status": "employee", "person.labour_market_link": "true"},
    {"person.work_status": "self_employed", "person.labour_market_link": "true"},
    {"person.work_status": "jobseeker"},
    {"person.work_status": "employee", "person.education_level": "mbo2"},
)
"""What visitors with a profile have answered, besides when they were born; two visitors for each."""


def main() -> int:
    """Fill a site, serve it, weigh its pages, measure them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=ACTIVITIES, help="how many (default: 200,000)")
    parser.add_argument("--home", type=Path, help="a home folder to fill, or that was filled before; it stays")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many turns each page has (default: {ROUNDS})")
    options = parser.parse_args()
    if options.activities < SMALLEST or options.rounds < 1:
        parser.error(f"--activities must be {SMALLEST} or more and --rounds 1 or more")
    report = Report()
    report.machine()
    with contextlib.ExitStack() as stack:
        home = options.home or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "home"
        if not home.exists():
            fill(home, options.activities)
        shutil.rmtree(index_folder(home, "activities"), ignore_errors=True)  # so that it is built before we measure
        port = stack.enter_context(served(home))
        drawn = Drawn(min(options.activities, DRAWN_FROM), port)
        weigh(report, port, drawn)
        measure(report, port, drawn, options.rounds)
    return report.close()


class Drawn:
    """What visitors ask, drawn from a seed; no two rounds ask the same."""

    def __init__(self, rows: int, port: int) -> None:
        """Draw the activities whose words are asked, and look up the addresses of some trainings."""
        self.rows: list[Indexed] = list(indexed(sources(), rows, today=DRAWN_ON))
        found: dict[str, None] = {}
        for one in self.searches(TRAININGS, -1):
            found |= dict.fromkeys(re.findall(r'href="(/trainings/\d+)"', fetch(port, one, plain=True)[1].decode()))
        self.trainings = tuple(found)

    def empty(self, count: int, _turn: int) -> list[Ask]:
        """Ask for the empty page."""
        return [EMPTY] * count

    def searches(self, count: int, turn: int) -> list[Ask]:
        """Search for three words of a title."""
        asked = three_words(self.rows, count, seed=100 + turn)
        return [Ask(f"/trainings?{urlencode({'q': one.text})}") for one in asked]

    def narrowed(self, count: int, turn: int) -> list[Ask]:
        """Search for a word of a title, narrowed to the sector and way of teaching of that activity, and by price."""
        random, found = Random(200 + turn), []
        while len(found) < count:
            entry = random.choice(self.rows).entry
            words = [word for word in words_of(entry.title) if len(word) > 4]
            if words:
                chosen = [("sector", entry.sector), ("delivery", entry.delivery), *(("to_pay", one) for one in PAID)]
                address = urlencode([("q", random.choice(words)), *((name, value or "") for name, value in chosen)])
                found.append(Ask(f"/trainings?{address}"))
        return found

    def with_profile(self, count: int, turn: int) -> list[Ask]:
        """Search for three words with the answers of a few visitors, who have searched before."""
        asked = three_words(self.rows, count, seed=300 + turn)
        return [Ask("/trainings", (*_answers(number % VISITORS), ("q", one.text))) for number, one in enumerate(asked)]

    def one_training(self, count: int, turn: int) -> list[Ask]:
        """Ask for the page of one training."""
        random = Random(400 + turn)
        return [Ask(random.choice(self.trainings)) for _ in range(count)]


def _answers(visitor: int) -> Iterator[tuple[str, str]]:
    born = {"day": 1, "month": 4, "year": 1970 + visitor}
    yield from SITUATIONS[visitor % len(SITUATIONS)].items()
    yield from ((f"person.birth_date.{part}", str(number)) for part, number in born.items())


def weigh(report: Report, port: int, drawn: Drawn) -> None:
    """Print how many bytes the heaviest of some search pages takes, with everything that it loads."""
    asks = [*drawn.searches(WEIGHED, -2), *drawn.narrowed(WEIGHED, -2), *drawn.with_profile(WEIGHED, -2)]
    heaviest = max(asks, key=lambda one: len(fetch(port, one)[1]))
    page = fetch(port, heaviest, plain=True)[1]
    sent, whole = {"page": len(fetch(port, heaviest)[1])}, {"page": len(page)}
    for address in _loaded(port, page.decode()):
        sent[address], whole[address] = (len(fetch(port, Ask(address), plain=plain)[1]) for plain in (False, True))
    for name, size in sent.items():
        report.figure(f"kilobytes_{name.rpartition('/')[2]}", size / 1000, "kB sent")
    report.figure("page_kilobytes_uncompressed", sum(whole.values()) / 1000, "kB")
    report.ratio("page_kilobytes_sent", sum(sent.values()) / 1000, KILOBYTES)


def _loaded(port: int, page: str) -> list[str]:
    """Give what a page loads: what it names, and everything that its style names, whether used on this page or not."""
    named = re.findall(
        r'<(?:script|img)\b[^>]*?src="([^"]+)"|<link\b[^>]*?href="([^"]+)"|<use\b[^>]*?href="([^"#]+)', page
    )
    found = dict.fromkeys(next(filter(None, one)) for one in named)
    for style in [one for one in found if one.endswith(".css")]:
        text = fetch(port, Ask(style), plain=True)[1].decode()
        inside = re.findall(r"""url\(["']?([^"')#]+)""", text)
        found |= dict.fromkeys(urljoin(style, one) for one in inside if not one.startswith("data:"))
    return list(found)


def measure(report: Report, port: int, drawn: Drawn, rounds: int) -> None:
    """Let the pages take turns with eight visitors at once, and print medians, 95th percentiles and their ratios."""
    pages = {
        "empty": drawn.empty, "search": drawn.searches, "search_narrowed": drawn.narrowed,
        "search_with_profile": drawn.with_profile, "training": drawn.one_training,
    }  # fmt: skip
    tell(
        report,
        take_turns(port, pages, rounds),
        dict.fromkeys(("search", "search_narrowed", "search_with_profile"), TIMES),
    )


def take_turns(
    port: int, pages: Mapping[str, Callable[[int, int], list[Ask]]], rounds: int, asked: int = ASKED
) -> dict[str, list[list[float]]]:  # fmt: skip
    """Give per page and turn the seconds of each of so many questions, by eight visitors at once; the first turn warms up.

    A page makes what is asked from the number of questions and the turn. Each turn has the pages in another order.
    """
    spent: dict[str, list[list[float]]] = {name: [] for name in pages}
    turns = list(pages.items())
    for turn in range(rounds + 1):
        Random(turn).shuffle(turns)
        for name, asks in turns:
            times = visit(port, asks(asked, turn), VISITORS)
            if turn:
                spent[name].append(times)
    return spent


def tell(
    report: Report, spent: Mapping[str, Sequence[Sequence[float]]], bars: Mapping[str, str], prefix: str = "page"
) -> None:
    """Print median and 95th percentile of each page, and the ratios to the page "empty": of the 95th percentile with its bar."""
    for name, turns in spent.items():
        every = [one for turn in turns for one in turn]
        report.figure(f"{prefix}_{name}_median", statistics.median(every) * 1000, "ms")
        report.figure(f"{prefix}_{name}_p95", percentile_95(every) * 1000, "ms")
    for name, bar in bars.items():
        middle = _against(spent[name], spent["empty"], statistics.median)
        report.figure(f"{prefix}_{name}_median_against_empty", middle, "times")
        report.ratio(f"{prefix}_{name}_p95_against_empty", _against(spent[name], spent["empty"], percentile_95), bar)


def _against(
    turns: Sequence[Sequence[float]], others: Sequence[Sequence[float]], of: Callable[[Sequence[float]], float]
) -> float:
    """Give the median over the turns of the ratio of one figure of each."""
    return statistics.median(of(one) / of(other) for one, other in zip(turns, others, strict=True))


def percentile_95(values: Sequence[float]) -> float:
    """Give the value that nineteen in twenty do not exceed."""
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    raise SystemExit(main())
