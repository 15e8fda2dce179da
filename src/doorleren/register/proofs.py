"""Documents that prove a recognition: what a file is follows from its content, never from its name or what a browser says."""

import hashlib
from dataclasses import dataclass

from doorleren.core.texts import Texts
from doorleren.register.models.provider import LARGEST_PROOF

ALLOWED: Texts = {
    "nl": f"een PDF, PNG of JPEG van hoogstens {LARGEST_PROOF // 1_000_000} MB",
    "en": f"a PDF, PNG or JPEG of at most {LARGEST_PROOF // 1_000_000} MB",
}

_END_OF_PDF = 1024
"""Bytes at the end of a PDF among which its end mark stands."""


class NotAProof(ValueError):
    """The file is none of the allowed kinds, is damaged, or is too large."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A document as it was read: its name without folders, what it is, its hash, its bytes."""

    file_name: str
    media_type: str
    sha256: str
    content: bytes


def read_proof(file_name: str, content: bytes) -> Proof:
    """Read a document. Raises NotAProof for what is none of `ALLOWED`; nothing is guessed from the name."""
    if not 0 < len(content) <= LARGEST_PROOF:
        raise NotAProof(file_name)
    kind = media_type_of(content)
    if kind is None:
        raise NotAProof(file_name)
    name = "".join(sign for sign in file_name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return Proof(name.strip()[-200:] or "bewijs", kind, hashlib.sha256(content).hexdigest(), content)


def media_type_of(content: bytes) -> str | None:
    """Say what a whole file is by how it begins and how it ends; None for anything else, also for one that is cut off."""
    end = content.rstrip(b"\x00\r\n ")
    if content.startswith(b"%PDF-") and b"%%EOF" in end[-_END_OF_PDF:]:
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and end.endswith(b"IEND\xaeB`\x82"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and end.endswith(b"\xff\xd9"):
        return "image/jpeg"
    return None
