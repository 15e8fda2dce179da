"""What a file is, by its content alone: never by its name, nor by what a browser says of it. Pure.

Called when a document has been received whole, before anybody may open it. Nothing is unpacked to look: of archives the
list of their parts is read, and a few small parts that say what the whole is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from doorleren.applications.evidence import archives, pdfs, pictures
from doorleren.applications.evidence.faults import LARGEST, NotAccepted
from doorleren.applications.evidence.foreign import refuse_foreign

OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that can be evidence: its name in scheme files, which is also its ending, and its media type."""

    name: str
    media_type: str


KINDS: Mapping[str, Kind] = {
    name: Kind(name, media_type)
    for name, media_type in (
        ("pdf", "application/pdf"),
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
        ("docx", OFFICE + "wordprocessingml.document"),
        ("xlsx", OFFICE + "spreadsheetml.sheet"),
        ("odt", ODF + "text"),
        ("ods", ODF + "spreadsheet"),
    )
}
ALSO_CALLED = {"jpg": "jpeg"}
FORM = "form"
"""Stands among the types of evidence that is filled in as answers: there is no file to give."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def kinds_of(types: Iterable[str]) -> tuple[Kind, ...]:
    """Give the kinds that a scheme's types allow: all where it names none; none where it names only others ("form")."""
    named = list(types)
    if not named:
        return tuple(KINDS.values())
    known = [KINDS.get(ALSO_CALLED.get(one, one)) for one in named]
    return tuple(one for one in known if one is not None)


def kind_of(raw: bytes) -> Kind:
    """Say what a whole file is. Raises NotAccepted for any other kind, and for what is damaged, locked or dangerous."""
    if not raw:
        raise NotAccepted("empty")
    if len(raw) > LARGEST:
        raise NotAccepted("too_large")
    name = _name_of(raw)
    refuse_foreign(raw, name)
    return KINDS[name]


def _name_of(raw: bytes) -> str:
    if raw.startswith(b"%PDF-"):
        pdfs.check(raw)
        return "pdf"
    if raw.startswith(pictures.PNG):
        pictures.check_png(raw)
        return "png"
    if raw.startswith(b"\xff\xd8\xff"):
        pictures.check_jpeg(raw)
        return "jpeg"
    if raw.startswith(b"PK\x03\x04"):
        return archives.name_of(raw)
    if raw.startswith(_COMPOUND):
        raise NotAccepted("encrypted" if _ENCRYPTED_OFFICE in raw else "old_office")
    raise NotAccepted("unknown_kind")
