"""How everything here is measured and told: runs that take turns, processor time, and one line per figure.

A run is measured in the process's own processor time (all its threads) and by the clock on the wall. The first run of
everything warms up and does not count.
"""

import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("polars", "numpy", "openfisca-core")


@dataclass
class Spent:
    """Seconds of processor and of wall clock, run by run."""

    processor: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def median(self) -> float:
        """Give the median of the processor time."""
        return statistics.median(self.processor)


def in_turns(contenders: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Spent]:
    """Run all contenders `runs` times after a warm-up, each round in another order: who runs after whom matters."""
    spent = {name: Spent() for name in contenders}
    turns = list(contenders.items())
    for number in range(runs + 1):
        random.Random(number).shuffle(turns)
        for name, run in turns:
            wall, processor = time.perf_counter(), time.process_time()
            kept = run()
            processor, wall = time.process_time() - processor, time.perf_counter() - wall
            del kept
            if number:
                spent[name].processor.append(processor)
                spent[name].wall.append(wall)
    return spent


@dataclass
class Report:
    """Prints figures and ratios, and remembers which bars were missed."""

    missed: list[str] = field(default_factory=list)

    def machine(self) -> None:
        """Print where this was measured."""
        models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
        memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
        print(f"machine {platform.system()} {platform.machine()}, {models[0] if models else 'processor unknown'}, "
              f"{len(models)} cores, {int(memory) // 1024**2} GB")  # fmt: skip
        print("versions Python", platform.python_version(), *(f"{name} {version(name)}" for name in PACKAGES))

    def runs(self, name: str, values: list[float], unit: str, scale: float = 1.0) -> None:
        """Print median, least and most of some runs."""
        scaled = sorted(value * scale for value in values)
        print(f"runs {name} {len(scaled)}: median {short(statistics.median(scaled))}, "
              f"min {short(scaled[0])}, max {short(scaled[-1])} {unit}")  # fmt: skip

    def figure(self, name: str, value: float, unit: str) -> None:
        """Print what was measured."""
        print(f"figure {name} {short(value)} {unit}", flush=True)

    def ratio(self, name: str, value: float, bar: str) -> None:
        """Print what has a bar, ">=20" or "<=2", and whether it was reached."""
        limit = float(bar[2:])
        reached = value >= limit if bar.startswith(">=") else value <= limit
        print(f"ratio {name} {short(value)} {bar}", flush=True)
        if not reached:
            self.missed.append(f"{name} {short(value)} {bar}")

    def close(self) -> int:
        """Say which bars were missed and give the exit code."""
        for line in self.missed:
            print(f"missed: {line}", file=sys.stderr)
        return 1 if self.missed else 0


def short(value: float) -> str:
    """Write a number with four digits that count."""
    return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def median_ratio(above: list[float], below: list[float]) -> float:
    """Give the median of the ratios of runs that took turns."""
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
