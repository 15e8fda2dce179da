"""How a file in a form is received: in memory, never as a readable file on the disk, and never more than is allowed."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class TooLarge(SimpleUploadedFile):
    """Stands in the place of a file of which more came than is allowed; it holds none of it."""


class InMemory(FileUploadHandler):
    """Receives files of one form; what comes beyond `most` bytes together is not kept."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self.left = most

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file."""
        super().new_file(*told, **more)
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
