"""Reading never writes: whatever a GET or HEAD asks of the database runs in one read-only transaction.

The transaction begins with the first question, so that a page without one opens no connection. Three things that a GET
may write are outside of it: sessions and the log of who viewed, which the middleware above this one keep
(people/sessions.py, viewing.py), and the pages of `EXCEPTIONS`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from psycopg.pq import TransactionStatus

SAFE = ("GET", "HEAD")
EXCEPTIONS = frozenset({"sign-in-callback"})
"""Names of the pages that may write on GET: the provider of identities sends people back with one."""

_READ_ONLY = "SET TRANSACTION READ ONLY"


def reading_never_writes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: hold every GET and HEAD to reading, also while a streamed answer is being sent."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE or _excepted(request):
            return get_response(request)
        with reading_only():
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _streamed(response.streaming_content)  # type: ignore[arg-type]
        return response

    return answer


@contextmanager
def reading_only() -> Iterator[None]:
    """Hold what is asked of the database within to one read-only transaction, begun when it is needed."""
    with ExitStack() as stack:
        reading = _BeginReading(stack)
        stack.callback(reading.over)  # after the transaction
        stack.enter_context(connection.execute_wrapper(reading))
        yield


class _BeginReading:
    """Comes before every question: begins the transaction at the first, and closes one that a page began itself."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.outside = len(connection.atomic_blocks)
        self.closed: object = None
        self.busy = False
        self.begins: Any = None

    def __call__(self, execute: Callable[..., Any], *question: Any) -> Any:
        """Put the question, in a transaction that cannot write."""
        if not self.busy:
            self.busy = True
            try:
                self._close()
            finally:
                self.busy = False
        return execute(*question)

    def _close(self) -> None:
        """Make the outermost transaction of this request read-only, once."""
        blocks = connection.atomic_blocks
        if len(blocks) == self.outside:
            self.stack.enter_context(transaction.atomic())
            self.stack.callback(self._rest)
        if self.closed is not blocks[self.outside]:
            self.closed = blocks[self.outside]
            if not self.outside and connection.connection.info.transaction_status == TransactionStatus.IDLE:
                self.begins = connection.connection
                self.begins.read_only = True  # it has yet to say BEGIN, and says BEGIN READ ONLY
            else:
                with connection.cursor() as cursor:
                    cursor.execute(_READ_ONLY)

    def over(self) -> None:
        """Let the connection begin transactions that write again."""
        if self.begins is not None and not self.begins.closed:
            self.begins.read_only = None

    def _rest(self) -> None:
        """Ask nothing more: what comes now is the end of the transaction itself."""
        self.busy = True


def _streamed(parts: Iterable[bytes]) -> Iterator[bytes]:
    with reading_only():
        yield from parts


def _excepted(request: HttpRequest) -> bool:
    return any(request.path == _address(name) for name in EXCEPTIONS)


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
