"""Reading never writes: a GET is held to it by the database, and a page that asks nothing opens no connection."""

from collections.abc import Iterator

import pytest
from django.db import InternalError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from doorleren.people.models import Body
from doorleren.server import urls
from doorleren.web.people import callback
from doorleren.web.reading import EXCEPTIONS


def write(request: HttpRequest) -> HttpResponse:
    Body.objects.create(code=f"b{Body.objects.count()}", name="B")
    return HttpResponse("written")


def write_first(request: HttpRequest) -> HttpResponse:
    Body.objects.create(code="first", name="B")
    return HttpResponse("written")


def write_in_a_transaction(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Body.objects.count()
    with transaction.atomic():
        Body.objects.create(code="atomic", name="B")
    return HttpResponse("written")


def write_while_streaming(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        yield b"one"
        Body.objects.create(code="streamed", name="B")
        yield b"two"

    return StreamingHttpResponse(parts())


def read(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return HttpResponse(f"{cursor.fetchone()[0]} {len(connection.atomic_blocks)}")


def read_nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("connected" if connection.connection else "not connected")


urlpatterns = [
    path("write", write),
    path("write-first", write_first),
    path("write-in-a-transaction", write_in_a_transaction),
    path("write-while-streaming", write_while_streaming),
    path("read", read),
    path("read-nothing", read_nothing),
    path("sign-in/callback", write, name="sign-in-callback"),
    *urls.urlpatterns,
]
WRITING = ("write", "write-first", "write-in-a-transaction", "write-while-streaming")

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client() -> Client:
    """A client on this machine."""
    return Client(headers={"host": "localhost"})


def fails_to_write(client: Client, place: str, method: str) -> None:
    with pytest.raises(InternalError, match="read-only transaction"):
        list(client.generic(method, f"/{place}"))


@pytest.mark.django_db
@pytest.mark.parametrize("place", WRITING)
def test_a_page_that_writes_on_get_fails(client: Client, place: str) -> None:
    """Whether it reads first, opens a transaction or writes while it is being sent: the database refuses."""
    with transaction.atomic():
        fails_to_write(client, place, "GET")
        transaction.set_rollback(True)
    assert Body.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", WRITING)
def test_the_same_without_a_transaction_around_the_test(client: Client, place: str) -> None:
    """As a real request runs, and the connection can write again afterwards."""
    fails_to_write(client, place, "GET")
    assert Body.objects.count() == 0
    assert client.post("/write").status_code == 200
    assert Body.objects.count() == 1


@pytest.mark.django_db
def test_head_is_reading_too(client: Client) -> None:
    """HEAD is held to the same."""
    with transaction.atomic():
        fails_to_write(client, "write", "HEAD")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_post_writes(client: Client) -> None:
    """What may write does."""
    assert client.post("/write").content == b"written"
    assert Body.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_is_one_transaction(client: Client) -> None:
    """All questions of a GET are asked in one read-only transaction, which ends with it."""
    assert client.get("/read").content == b"on 1"
    assert not connection.in_atomic_block
    assert connection.execute_wrappers == []


@pytest.mark.django_db(transaction=True)
def test_a_page_that_asks_nothing_opens_no_connection(client: Client) -> None:
    """Without a question to the database no connection is made, on a page of the finder neither."""
    connection.close()
    assert client.get("/read-nothing").content == b"not connected"
    assert client.get("/").status_code == 200
    assert connection.connection is None


@pytest.mark.django_db
def test_the_exceptions_are_a_closed_list(client: Client) -> None:
    """Only the call-back of signing in may write on GET, and it exists."""
    assert {"sign-in-callback"} == EXCEPTIONS
    assert client.get("/sign-in/callback").content == b"written"
    assert [one.callback for one in urls.urlpatterns if getattr(one, "name", "") in EXCEPTIONS] == [callback.come_back]
