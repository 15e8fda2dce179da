"""How much processor time `doorleren check` takes on one profile, from the first instruction to the last."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measuring import Report

PROFILE = {
    "asker": {"role": "person"},
    "person": {"birth_date": "1985-04-01", "work_status": "employee", "labour_market_link": True},
    "training": {"kind": "course", "price": "699.95"},
}
RUNS = 9


def measure(report: Report) -> None:
    """Print the figures of starting up."""
    print("\nstarting the program")
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile.json"
        profile.write_text(json.dumps(PROFILE))
        check = [sys.executable, "-m", "doorleren", "check", str(profile), "--json", "--on", "2021-09-01"]
        bare = [sys.executable, "-c", "pass"]
        spent = [(_processor_time(check), _processor_time(bare)) for _ in range(RUNS + 1)][1:]
    report.runs("check_start", [one for one, _ in spent], "s")
    report.runs("python_alone", [other for _, other in spent], "s")
    report.ratio("check_start_s", sorted(one for one, _ in spent)[RUNS // 2], "<=0.5")


def _processor_time(command: list[str]) -> float:
    """Run a program to its end and give the processor time of it and its children."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system
