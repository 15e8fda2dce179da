"""A real web server on loopback that behaves badly in each of the ways that a source can."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = b"title,price\nLassen,100\n"


class Source(BaseHTTPRequestHandler):
    """Answers by the path that is asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Behave as the last part of the path says."""
        self.close_connection = True
        getattr(self, self.path.strip("/").split("/")[0].split(".")[0])()

    def log_message(self, *given: object) -> None:
        """Say nothing."""

    def answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Send a whole answer, or one that promises more than it has."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def good(self) -> None:
        """A file."""
        self.answer(BODY)

    def chunked(self) -> None:
        """A file in chunks, without a length."""
        self._chunks(BODY[:5], BODY[5:], b"")

    def broken_chunks(self) -> None:
        """Chunks that never end."""
        self._chunks(BODY[:5])

    def broken_off(self) -> None:
        """Half of what was promised."""
        self.answer(BODY, length=2 * len(BODY))

    def empty(self) -> None:
        """Nothing."""
        self.answer(b"")

    def missing(self) -> None:
        """Not found, with a page."""
        self.answer(b"<h1>404</h1>", 404)

    def accepted(self) -> None:
        """A status of success that is not 200."""
        self.answer(BODY, 202)

    def failing(self) -> None:
        """An error of the server."""
        self.answer(BODY, 500)

    def silent(self) -> None:
        """Nothing at all, for a while."""
        time.sleep(1.5)

    def dripping(self) -> None:
        """A byte at a time, for ever in the eyes of who waits."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            time.sleep(0.03)
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def huge(self) -> None:
        """A promise of much."""
        self.answer(b"x", length=10**12)

    def huge_chunks(self) -> None:
        """Much, without saying so."""
        try:
            self._chunks(*[b"x" * 1000] * 1000, b"")
        except OSError:
            return

    def elsewhere(self) -> None:
        """A redirect to a file that is good."""
        self.answer(b"", 302, Location="/good.csv")

    def to_file(self) -> None:
        """A redirect to a file of the machine."""
        self.answer(b"", 302, Location="file:///etc/hostname")

    def to_ftp(self) -> None:
        """A redirect to ftp, which urllib would follow."""
        self.answer(b"", 301, Location="ftp://127.0.0.1/x.csv")

    def to_itself(self) -> None:
        """A redirect to what tells the authorization that came along."""
        self.answer(b"", 302, Location="/told")

    def to_another(self) -> None:
        """The same, on another port."""
        self.answer(b"", 302, Location=f"{self.server.other}/told")

    def told(self) -> None:
        """The authorization that came along."""
        self.answer(f"given: {self.headers.get('Authorization')}".encode())

    def around(self) -> None:
        """A redirect to itself."""
        self.answer(b"", 302, Location="/around")

    def nonsense(self) -> None:
        """No HTTP."""
        self.wfile.write(b"hello\r\n\r\n")

    def _chunks(self, *parts: bytes) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in parts:
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    other = ""

    def handle_error(self, *given: object) -> None:
        """A visitor that hangs up is what is tested."""


@contextmanager
def source_on_loopback(other: str = "") -> Iterator[str]:
    """Serves until the end of the block; gives the address. `other` is where a redirect to another site leads."""
    server = _Quiet(("127.0.0.1", 0), Source)
    server.other = other
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
