"""A TCP proxy between people and the intake that treats answers badly: drops, doubles, delays and swaps them."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
FAULTS = ("none", "dropped", "doubled", "asked twice", "delayed", "swapped")
MOST_SECONDS = 0.05


@dataclass
class BadProxy:
    """Forwards one request at a time per connection; what happens to its answer is drawn from a seed.

    `asked twice`: the request goes up twice, and one answer comes back. `swapped`: two people get each other's answer.
    Delayed answers come in another order than they were given.
    """

    to: int
    seed: int
    met: Counter[str] = field(default_factory=Counter)
    _lines: "set[asyncio.Task[Any] | None]" = field(default_factory=set)
    """What serves a connection: the loop itself does not hold on to it when the connection is gone."""
    _held: "list[tuple[bytes, asyncio.Future[bytes]]]" = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to draw."""
        self._chance = random.Random(self.seed)

    async def serve(self) -> asyncio.Server:
        """Listen on a port that is free."""
        return await asyncio.start_server(self._line, HOST, 0)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._lines.add(task)
        try:
            while True:
                request = await message(reader)
                fault = self._chance.choice(FAULTS)
                self.met[fault] += 1
                answer = await self._asked(request)
                if fault == "dropped":
                    break
                if fault == "asked twice":
                    answer = await self._asked(request)
                if fault == "delayed":
                    await asyncio.sleep(self._chance.uniform(0, MOST_SECONDS))
                if fault == "swapped":
                    answer = await self._swapped(answer)
                writer.write(answer * 2 if fault == "doubled" else answer)
                await writer.drain()
        except (OSError, EOFError):
            pass
        finally:
            writer.close()
            self._lines.discard(task)

    async def _asked(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, self.to)
        writer.write(request)
        answer = await message(reader)
        writer.close()
        return answer

    async def _swapped(self, answer: bytes) -> bytes:
        """Give the answer of the next one who is swapped, and that one ours; our own when nobody comes."""
        if self._held:
            other, waiting = self._held.pop()
            if not waiting.done():
                waiting.set_result(answer)
                return other
        mine: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._held.append((answer, mine))
        try:
            return await asyncio.wait_for(mine, MOST_SECONDS)
        except TimeoutError:
            return answer


async def message(reader: asyncio.StreamReader) -> bytes:
    """Read one message of HTTP/1.1 that says its length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
    return head + await reader.readexactly(length)
