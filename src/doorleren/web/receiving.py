"""Which pages take files, from whom, and how a file comes in. A page that does not say so takes none.

The middleware asks who may send before anything of the body is read, the token of the form among it. A file comes into memory
or, where the page says so, on the disk, and never more of it than is allowed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from doorleren.people.access import NotAllowed
from doorleren.web.people.refusals import not_allowed
from doorleren.web.people.unsent import FORM_WITH_FILES

READ_ON = 10
"""So many times what is allowed in memory is read and let go of, for a browser reads no answer while it still sends; beyond it the rest is left unread."""
AROUND = 100_000
"""Bytes of a form besides the file in it."""
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NotTaken(SuspiciousOperation):
    """A file came to a page that takes none."""


class TooLarge(SimpleUploadedFile):
    """Stands in the place of a file of which more came than is allowed; it holds none of it, and tells its size."""

    def __init__(self, name: str, size: int) -> None:
        """Hold nothing."""
        super().__init__(name, b"")
        self.size = size


class NoFile(FileUploadHandler):
    """Takes no file: what every page begins with."""

    def new_file(self, *told: Any, **more: Any) -> None:
        """Refuse it before it is read."""
        super().new_file(*told, **more)
        raise NotTaken(f"a file in the field {self.field_name}, on a page that takes none")

    def receive_piece(self, raw_data: bytes, start: int) -> None:
        """Take nothing."""

    receive_data_chunk = receive_piece  # as Django calls it

    def file_complete(self, file_size: int) -> None:
        """Give nothing."""


class Passed(NoFile):
    """Passes over files: of who may not send them, so that the rest of the form can be read."""

    def new_file(self, *told: Any, **more: Any) -> None:
        """Leave it out."""
        raise SkipFile


class InMemory(FileUploadHandler):
    """Receives files of one form; what comes beyond `most` bytes together is not kept. `stopped`: it was not even read."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self.left = most
        self.stopped = announced(request) > most * READ_ON

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file; one far beyond what is allowed not at all."""
        super().new_file(*told, **more)
        if self.stopped:
            raise StopUpload(connection_reset=True)
        self.pieces: list[bytes] = []

    def receive_piece(self, raw_data: bytes, start: int) -> None:
        """Keep a piece while there is room."""
        self.left -= len(raw_data)
        if self.left < 0:
            self.pieces.clear()
        else:
            self.pieces.append(raw_data)

    receive_data_chunk = receive_piece  # as Django calls it

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        """Give the file."""
        if self.left < 0:
            return TooLarge(self.file_name or "", file_size)
        return SimpleUploadedFile(self.file_name or "", b"".join(self.pieces))


class OnDisk(TemporaryFileUploadHandler):
    """Receives a file of one form on the disk, in a file that goes with the request; one beyond `most` bytes is not read."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self.stopped = announced(request) > most + AROUND

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file; one that is too large not at all."""
        if self.stopped:
            raise StopUpload(connection_reset=True)
        super().new_file(*told, **more)


@dataclass(frozen=True, slots=True)
class Taking:
    """What a page takes: so many bytes in a file, how they come in, and who may send them.

    `who` is asked with what the page is asked with, and raises NotAllowed or Http404; where it gives an answer, that is given.
    """

    most: int
    who: Callable[..., object]
    handler: Callable[[HttpRequest, int], InMemory | OnDisk]


def takes_files(most: int, who: Callable[..., object], *, on_disk: bool = False) -> Callable[[View], View]:
    """Let a page take files of at most so many bytes from those whom `who` lets pass."""

    def mark(view: View) -> View:
        view.takes_files = Taking(most, who, OnDisk if on_disk else InMemory)  # type: ignore[attr-defined]
        return view

    return mark


class NoFilesByDefault:
    """Middleware, above the check of the token of a form, which reads the body: who may not send a file sends none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on: which page it is for is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], given: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Ask who may send, and say how the file is received."""
        if request.content_type != FORM_WITH_FILES:
            return None
        taking: Taking | None = getattr(view, "takes_files", None)
        if taking is None:
            if announced(request) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
                raise RequestDataTooBig("a form larger than is taken, on a page that takes no files")
            return None
        try:
            answer = taking.who(request, *given, **named)
        except NotAllowed as error:
            _let_go(request)
            return not_allowed(request, error.refused)
        if isinstance(answer, HttpResponseBase):
            _let_go(request)
            return answer
        request.upload_handlers = [taking.handler(request, taking.most)]
        return None


def announced(request: HttpRequest) -> int:
    """Give how many bytes a request says to bring."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told[:18]) if told.isdecimal() else 0


def file_given(request: HttpRequest, field: str = "file") -> "UploadedFile[Any] | None":
    """Give the file that came in a field, or what stands in the place of one that is too large; None where none came."""
    given = request.FILES.get(field)
    if any(getattr(one, "stopped", False) for one in request.upload_handlers):
        return TooLarge("large", announced(request))
    return given if isinstance(given, UploadedFile) else None


def _let_go(request: HttpRequest) -> None:
    """Read what was typed in a small form and past its files, so that the browser reads the answer; a large one is left unread."""
    if announced(request) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        request.POST = QueryDict()  # what the answer would look at
        return
    request.upload_handlers = [Passed(request)]
    request.POST.get("", "")
