"""How a file in a form is received: in memory, never as a readable file on the disk, and never more than is allowed.

What stands before the file in a form is read however large the file is, so that nobody has to type it again.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

READ_ON = 10
"""So many times what is allowed is read and let go of, for a browser reads no answer while it still sends; beyond it the rest is left unread."""


class TooLarge(SimpleUploadedFile):
    """Stands in the place of a file of which more came than is allowed; it holds none of it."""


class InMemory(FileUploadHandler):
    """Receives files of one form; what comes beyond `most` bytes together is not kept. `stopped`: it was not even read."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self.left = most
        announced = request.META.get("CONTENT_LENGTH") or "0"
        self.stopped = announced.isdecimal() and (len(announced) > 18 or int(announced) > most * READ_ON)

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
            return TooLarge(self.file_name or "", b"")
        return SimpleUploadedFile(self.file_name or "", b"".join(self.pieces))


def receive(request: HttpRequest, most: int) -> None:
    """Let the files of a form come into memory; before anything of it is read, the token of the form among it."""
    request.upload_handlers = [InMemory(request, most)]


def file_given(request: HttpRequest) -> "UploadedFile[Any] | None":
    """Give the file that came in the field `file`, or what stands in the place of one that is too large; None where none came."""
    given = request.FILES.get("file")
    if any(isinstance(one, InMemory) and one.stopped for one in request.upload_handlers):
        return TooLarge("large", b"")
    return given if isinstance(given, UploadedFile) else None
