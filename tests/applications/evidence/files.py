"""Small files of every kind, written by hand so that each byte is known; and ways to spoil them."""

import io
import struct
import zipfile
import zlib

OFFICE = "application/vnd.openxmlformats-officedocument."
MAINS = {
    "docx": ("word/document.xml", OFFICE + "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet.main+xml"),
}
ODF = {"odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet"}


def pdf(inside: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one empty page, with more objects or more in its trailer where asked."""
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n"
    head += inside
    return head + b"xref\n0 1\ntrailer\n<</Root 1 0 R/Size 4" + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % len(head)


def object_stream(content: bytes) -> bytes:
    """A compressed stream of objects of a PDF."""
    packed = zlib.compress(content)
    told = b"4 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    return told + packed + b"\nendstream\nendobj\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 1, height: int = 1) -> bytes:
    """A grey PNG."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """The structure of a JPEG; what it draws does not matter."""
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return start + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34" + b"\xff\xd9"


def archive(parts: dict[str, bytes], *, stored: tuple[str, ...] = (), comment: bytes = b"") -> bytes:
    """A zip with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
        made.comment = comment
    return held.getvalue()


def types(main: str, part: str) -> bytes:
    """The list of content types of an Office document."""
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    ).encode()


def office(kind: str = "docx", more: dict[str, bytes] | None = None, **told: bytes) -> bytes:
    """A Word or Excel document, with more parts where asked."""
    part, main = MAINS[kind]
    parts = {"[Content_Types].xml": told.get("types", types(main, part)), part: b"<w/>", **(more or {})}
    return archive(parts)


def odf(kind: str = "odt", more: dict[str, bytes] | None = None, manifest: bytes = b"<manifest/>") -> bytes:
    """An OpenDocument, with more parts where asked."""
    parts = {"mimetype": ODF[kind].encode(), "content.xml": b"<c/>", "META-INF/manifest.xml": manifest, **(more or {})}
    return archive(parts, stored=("mimetype",))


GOOD = {
    "pdf": pdf(), "png": png(), "jpeg": jpeg(), "docx": office("docx"), "xlsx": office("xlsx"), "odt": odf("odt"),
    "ods": odf("ods"),
}  # fmt: skip


def locked(raw: bytes) -> bytes:
    """The same archive with the flag of a password on each part, in its list."""
    return raw.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def overlapping(raw: bytes) -> bytes:
    """The same archive whose list says that its last part lies where its first one does."""
    place = raw.rfind(b"PK\x01\x02")
    return raw[: place + 42] + bytes(4) + raw[place + 46 :]


def lying(raw: bytes, size: int) -> bytes:
    """The same archive whose list says another size of its last part when unpacked."""
    place = raw.rfind(b"PK\x01\x02")
    return raw[: place + 24] + struct.pack("<I", size) + raw[place + 28 :]
