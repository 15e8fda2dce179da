"""The crowd: a process that submits the tokens of a file over real connections, and writes down each answer at once.

`python -m doorleren.server.rush.crowd TOKENS PORT CONNECTIONS ANSWERS [fsync]`. Somebody whose answer is lost or who is
told to ask again asks again with the same token, after a while that differs per person (jitter), until there is an
answer. An answer with somebody else's receipt is none. A line of ANSWERS: the milliseconds of the last try, the status
and the body; with `fsync` it is on the disk before the next one is asked.
"""

import asyncio
import os
import random
import sys
import time
from pathlib import Path

from doorleren.server.children import follow_parent

HOST = "127.0.0.1"
MOST_TRIES = 100
JITTER_SECONDS = (0.1, 1.0)
CREATED, AGAIN = 201, 503


class Line:
    """One connection, made anew when it breaks."""

    def __init__(self, port: int) -> None:
        """Connect with the first request."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, token: bytes) -> tuple[int, bytes]:
        """Submit a token; give status and body. Raises OSError or EOFError when the connection breaks."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        try:
            writer.write(
                b"POST /tickets HTTP/1.1\r\nhost: intake\r\ncontent-length: %d\r\n\r\n%b" % (len(token), token)
            )
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r")[0])
            status, body = int(head[9:12]), await reader.readexactly(length)
            if status == CREATED and b'"key":"%b"' % token.split(b".")[1] not in body:
                raise ValueError("the receipt is of another application")
            return status, body
        except (OSError, EOFError, ValueError):
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


async def submit(line: Line, token: bytes, chance: random.Random) -> tuple[float, int, bytes]:
    """Submit until there is an answer; give the milliseconds of the last try, the status and the body."""
    for _ in range(MOST_TRIES):
        began = time.perf_counter()
        try:
            status, body = await line.post(token)
        except (OSError, EOFError, ValueError):
            status, body = AGAIN, b""
        if status != AGAIN:
            break
        await asyncio.sleep(chance.uniform(*JITTER_SECONDS))
    return (time.perf_counter() - began) * 1000, status, body


async def come_forward(
    tokens: list[bytes], port: int, connections: int, answers: Path, *, to_disk: bool = False
) -> None:
    """Submit all tokens over so many connections at once; every answer is written when it comes."""
    waiting = iter(tokens)
    with answers.open("ab", buffering=0) as file:

        async def one(number: int) -> None:
            line, chance = Line(port), random.Random(number)  # noqa: S311
            for token in waiting:
                milliseconds, status, body = await submit(line, token, chance)
                file.write(b"%.3f %d %b\n" % (milliseconds, status, body.replace(b"\n", b" ")))
                if to_disk:
                    os.fsync(file.fileno())
            line.close()

        await asyncio.gather(*(one(number) for number in range(connections)))


def main() -> int:
    """Let the crowd of a file come forward."""
    follow_parent()
    tokens, port, connections, answers, *rest = sys.argv[1:]
    some = Path(tokens).read_bytes().split()
    asyncio.run(come_forward(some, int(port), int(connections), Path(answers), to_disk=rest == ["fsync"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
