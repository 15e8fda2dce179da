"""An opening during which the power fails, over and over, in a process of its own; prints JSON.

`python -m tests.faults.powercut FOLDER CUTS SEED [NAME=VALUE ...]`, as root in a namespace of its own for mounts. The
home of the site is on a file system in a file. When the power fails, everything is stopped, the file is copied, all is
killed, and the copy is mounted where the first was: what the kernel had not yet given to the disk is gone. The copy is
a disk without a cache of its own; the journal is written when somebody asks, never by itself, so that nothing moves
while it is copied. NAME=VALUE are options of PostgreSQL.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.faults.kills import Opening, answered, children_of, crowds, places_are_right, wait_for, write_down

PEOPLE, SIZE = 1500, 4 << 30
MEAN_CENTS, POT_SHARE = 60_000, 0.6


class Disk:
    """A file system in a file, mounted on a folder."""

    def __init__(self, folder: Path) -> None:
        """Make it and mount it."""
        self._folder, self._number, self.mounted = folder, 0, folder / "disk"
        self.mounted.mkdir()
        with self._image().open("wb") as file:
            file.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", self._image()], check=True)
        self._mount()

    def fail(self) -> None:
        """Keep what the disk has now, and put that in its place. Nobody may be writing."""
        before = self._image()
        self._number += 1
        subprocess.run(["cp", "--sparse=always", before, self._image()], check=True)

    def come_back(self) -> None:
        """Mount what the disk had when the power failed. Nobody may have anything open."""
        subprocess.run(["umount", self.mounted], check=True)
        (self._folder / f"image-{self._number - 1}").unlink()
        self._mount()

    def _image(self) -> Path:
        return self._folder / f"image-{self._number}"

    def _mount(self) -> None:
        subprocess.run(["mount", "-o", "loop,commit=3600", self._image(), self.mounted], check=True)


def everything(opening: Opening) -> list[int]:
    """Stop whatever runs of an opening, the parents first so that they start nothing; give what was stopped."""
    assert opening.database.pid is not None
    parents, stopped = [opening.database.pid, *(child.pid for child in opening.children.values())], []
    for parent in parents:
        os.kill(parent, signal.SIGSTOP)
        some = children_of(parent)
        for one in some:
            os.kill(one, signal.SIGSTOP)
        stopped += [parent, *some]
    return stopped


def cut(opening: Opening, disk: Disk) -> None:
    """Let the power fail, and come back."""
    from django.db import connection

    stopped = everything(opening)
    disk.fail()
    for one in stopped:
        os.kill(one, signal.SIGKILL)
    for child in opening.children.values():
        child.wait()
    opening.children.clear()
    connection.close()
    while not opening.database.gone():
        pass
    opening.database.close()
    disk.come_back()
    opening.database.renew()


def run(opening: Opening, disk: Disk, folder: Path, cuts: int, seed: int) -> dict[str, object]:
    """Let people come forward while the power fails; close, and count what became of everybody."""
    from doorleren.server import environment
    from doorleren.server.intake.keys import read_keys
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.people import tokens
    from doorleren.server.rush.rounds import announce_rehearsal, close_and_draw

    chance, pot = random.Random(seed), int(cuts * PEOPLE * POT_SHARE) * MEAN_CENTS
    keys = read_keys(environment.read().home)
    opening.round = announce_rehearsal("arrival", pot)
    every = list(tokens(opening.round, cuts * PEOPLE, seed, 1 << 40, keys.tokens))
    write_down()
    subprocess.run(["sync", "--file-system", disk.mounted], check=True)
    opening.keep_up()
    for number in range(cuts):
        with crowds(folder, number, every[number * PEOPLE : (number + 1) * PEOPLE], opening.port) as people:
            when = chance.randrange(PEOPLE // 10, PEOPLE * 2 // 3)
            wait_for(opening, lambda at=number, when=when: answered(folder, at) >= when)
            cut(opening, disk)
            wait_for(opening, lambda people=people: all(one.poll() is not None for one in people))
    opening.keep_up()
    close_and_draw(opening.round)
    wait_for(opening, lambda: opening.children["allocator"].poll() == 0)
    told = asdict(counted(opening.round, sorted(folder.glob("answers-*")), keys.public, pot, 0))
    return told | {"right": places_are_right(opening.round)}


def main() -> int:
    """Run it."""
    place, cuts, seed, *rest = sys.argv[1:]
    disk = Disk(Path(place))
    with tempfile.TemporaryDirectory() as folder:
        opening = Opening(Path(os.environ["DOORLEREN_HOME"]), dict(one.split("=", 1) for one in rest))
        try:
            told = run(opening, disk, Path(folder), int(cuts), int(seed))
        finally:
            opening.stop()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
