"""An opening on a disk that gets full in the middle and is freed again, in a process of its own; prints JSON.

`python -m tests.faults.full FOLDER [careless]`: FOLDER is a small file system of its own, with the home of the site on it;
careless is the control, with an intake that gives receipts on a full disk too (careless.py).
"""

import asyncio
import contextlib
import errno
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.faults.careless import UNTRUE
from tests.faults.kills import (
    PEOPLE,
    Opening,
    answered,
    crowds,
    places_are_right,
    wait_for,
    write_down,
)

FULL_SECONDS, BLOCK = 3.0, 1 << 16


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    block = BLOCK
    with file.open("ab", buffering=0) as out:
        while block:
            try:
                out.write(b"\0" * block)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                block //= 2


def asked(port: int, token: bytes) -> int:
    """Submit once; give the status."""
    from doorleren.server.rush.crowd import Line

    async def once() -> int:
        return (await asyncio.wait_for(Line(port).post(token), 20))[0]

    return asyncio.run(once())


def run(opening: Opening, home: Path, folder: Path) -> dict[str, object]:
    """Let people come, fill the disk, ask what it says, free it, and count."""
    from doorleren.server.intake.keys import read_keys
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.people import tokens
    from doorleren.server.rush.rounds import announce_rehearsal, close_and_draw

    keys, pot, statuses = read_keys(home), 100 * 60_000, []
    opening.round = announce_rehearsal("arrival", pot)
    *some, last = tokens(opening.round, 4 * PEOPLE + 1, 1, 1 << 40, keys.tokens)
    write_down()
    opening.keep_up()
    ballast, began = home.parent / "ballast", time.monotonic()
    with crowds(folder, 0, some, opening.port) as people:
        wait_for(opening, lambda: answered(folder, 0) >= PEOPLE)
        while time.monotonic() < began + FULL_SECONDS or not (503 in statuses or Path(os.environ[UNTRUE]).exists()):
            fill(ballast)
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                statuses.append(asked(opening.port, last.encode()))
            time.sleep(random.uniform(0, 0.1))
        ballast.unlink()
        wait_for(opening, lambda: all(one.poll() is not None for one in people))
    after = asked(opening.port, last.encode())
    close_and_draw(opening.round)
    wait_for(opening, lambda: opening.children["allocator"].poll() == 0)
    told = asdict(counted(opening.round, sorted(folder.glob("answers-*")), keys.public, pot, 0))
    return told | {"right": places_are_right(opening.round), "full": sorted(set(statuses)), "after": after}


def main() -> int:
    """Run it."""
    home = Path(sys.argv[1]) / "home"
    with tempfile.TemporaryDirectory() as folder:
        os.environ[UNTRUE] = str(Path(folder) / "untrue")
        opening = Opening(home, {}, intake="tests.faults.careless:create" if "careless" in sys.argv[2:] else "")
        try:
            told = run(opening, home, Path(folder))
        finally:
            opening.stop()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
