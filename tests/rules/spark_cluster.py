"""A real Spark cluster on this machine: a standalone master and two workers, each a process of its own.

They are started through Spark's own `spark-class` and talk over the loopback address only. The program that asks
the questions (`spark_questions.py`) is one more process, connected to the master like any client.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

HERE = "127.0.0.1"
SECONDS_TO_START = 60
MASTER_AT = re.compile(r"Starting Spark master at (spark://\S+)")
REGISTERED = "Successfully registered with master"


@dataclass(frozen=True)
class Question:
    """A query over a Parquet file, and the folder for the answer."""

    query: str
    answer: Path


def why_absent() -> str:
    """Say what this machine lacks for a cluster; empty if nothing."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed (make test-long installs it)"
    return "" if which("java") else "there is no Java (Debian: openjdk-17-jre-headless)"


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """Start a master and workers and give the master's address; all of them are stopped at the end."""
    with ExitStack() as stack:
        master = _start(
            stack, folder / "master.log", "master.Master", "--host", HERE, "--port", "0", "--webui-port", "0"
        )
        address = _wait_for(folder / "master.log", MASTER_AT, master).group(1)
        for number in range(workers):
            log = folder / f"worker{number}.log"
            own = folder / f"worker{number}"
            size = ("--cores", "1", "--memory", "1g", "--work-dir", str(own))
            worker = _start(
                stack, log, "worker.Worker", *size, "--host", HERE, "--port", "0", "--webui-port", "0", address
            )
            _wait_for(log, re.compile(REGISTERED), worker)
        yield address


def ask(address: str, questions: list[Question], folder: Path) -> str:
    """Have all questions answered by the cluster; give what the program printed. Raises if it failed."""
    asked = folder / "questions.json"
    asked.write_text(json.dumps([{"query": one.query, "answer": str(one.answer)} for one in questions]), "utf-8")
    program = Path(__file__).with_name("spark_questions.py")
    done = subprocess.run(
        [sys.executable, str(program), address, str(asked)],
        env=_surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Spark failed:\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}")
    return done.stdout


def _start(stack: ExitStack, log: Path, name: str, *arguments: str) -> subprocess.Popen:
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    starter = Path(spec.origin).parent / "bin" / "spark-class"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(starter), f"org.apache.spark.deploy.{name}", *arguments],
            env=_surroundings(),
            stdout=output,
            stderr=output,
        )
    stack.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(log: Path, wanted: re.Pattern[str], process: subprocess.Popen) -> re.Match[str]:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        found = wanted.search(log.read_text("utf-8", "replace"))
        if found:
            return found
        time.sleep(0.2)
    raise RuntimeError(f"{log.name}: not started\n{log.read_text('utf-8', 'replace')[-4000:]}")


def _surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return kept | {
        "SPARK_LOCAL_IP": HERE,
        "SPARK_LOCAL_HOSTNAME": HERE,
        "SPARK_NO_DAEMONIZE": "1",
        "PYSPARK_PYTHON": sys.executable,
    }
