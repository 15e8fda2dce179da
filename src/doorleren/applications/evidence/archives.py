"""Documents that are archives (DOCX, XLSX, ODT, ODS): judged by the list of their parts, without unpacking them. Pure.

Only the few small parts that say what the whole is are read, each up to a limit that holds whatever the list says.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import NoReturn
from xml.parsers import expat

from doorleren.applications.evidence.faults import NotAccepted

_MOST_PARTS = 2_000
_MOST_UNPACKED = 150_000_000
_MOST_TIMES = 100
"""How many times larger an archive may become; of small ones that says nothing (`_SMALL`)."""
_SMALL = 10_000_000
_MOST_READ = 2_000_000
_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Flags of a part."""
_LOCAL = 30
"""Bytes before the name in the head of a part."""

_OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex/|oleobject|^basic/|^scripts/|^configurations2/.*script|"
    r"\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|com|scr|docm|xlsm|dotm|xltm|zip|rar|7z)$",
    re.IGNORECASE,
)
_FETCHED = re.compile(rb'Type="[^"]*/(?:attachedTemplate|oleObject|frame)"', re.IGNORECASE)


def name_of(raw: bytes) -> str:
    """Say which kind of document an archive is. Raises NotAccepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            _refuse_wrong_list(raw, archive, parts)
            if parts[0].filename == "mimetype":
                return _odf(archive, parts)
            return _office(archive)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, UnicodeError, ValueError) as error:
        if isinstance(error, NotAccepted):
            raise
        raise NotAccepted("damaged") from error


def _refuse_wrong_list(raw: bytes, archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Hold the list of parts against what a word processor or spreadsheet writes."""
    if not parts:
        raise NotAccepted("damaged")
    if len(parts) > _MOST_PARTS:
        raise NotAccepted("bomb")
    if any(one.flag_bits & _ENCRYPTED for one in parts):
        raise NotAccepted("encrypted")
    unpacked, packed = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > _MOST_TIMES * max(packed, 1)):
        raise NotAccepted("bomb")
    names = [one.orig_filename for one in parts]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise NotAccepted("damaged")
    if any(_PROGRAMS.search(name) for name in names):
        raise NotAccepted("macros")
    _refuse_overlap(raw, archive, parts)


def _refuse_overlap(raw: bytes, archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse parts that share bytes (a bomb), and bytes before or after the parts that could be another file."""
    end = 0
    for one in sorted(parts, key=lambda one: one.header_offset):
        if one.header_offset < end:
            raise NotAccepted("bomb")
        if end == 0 and one.header_offset != 0:
            raise NotAccepted("two_in_one")
        end = one.header_offset + _LOCAL + _length_of_name(one) + one.compress_size
    if end > archive.start_dir:
        raise NotAccepted("bomb")
    if archive.comment or raw[-22:-18] != b"PK\x05\x06":
        raise NotAccepted("two_in_one")


def _length_of_name(one: zipfile.ZipInfo) -> int:
    """Give the bytes of a name: UTF-8 where the part says so, else one byte a sign."""
    return len(one.orig_filename.encode() if one.flag_bits & _UTF8 else one.orig_filename)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or "\x00" in name


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read one small part, never more than the limit, whatever the list says of its size."""
    with archive.open(name) as part:
        content = part.read(_MOST_READ + 1)
    if len(content) > _MOST_READ:
        raise NotAccepted("bomb")
    return content


def _office(archive: zipfile.ZipFile) -> str:
    """Read the list of content types; its main part says what the document is."""
    if "[Content_Types].xml" not in archive.namelist():
        raise NotAccepted("unknown_kind")
    types = _content_types(_read(archive, "[Content_Types].xml"))
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise NotAccepted("macros")
    found = {_OFFICE[one] for one in types if one in _OFFICE}
    if len(found) != 1:
        raise NotAccepted("two_in_one" if found else "unknown_kind")
    for name in archive.namelist():
        if name.endswith(".rels"):
            told = _read(archive, name)
            if b'TargetMode="External"' in told and _FETCHED.search(told):
                raise NotAccepted("macros")
    return found.pop()


def _content_types(written: bytes) -> list[str]:
    """Read what the parts say they are. A list with a document type of its own is refused: entities would follow."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, told: found.append(told.get("ContentType", ""))
    parser.StartDoctypeDeclHandler = _refuse_declared
    try:
        parser.Parse(written, True)
    except expat.ExpatError as error:
        raise NotAccepted("damaged") from error
    return found


def _refuse_declared(*_told: object) -> NoReturn:
    raise NotAccepted("damaged")


def _odf(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> str:
    """Read the first part, which says in plain words what the document is; the manifest says whether it is locked."""
    name = _ODF.get(_read(archive, "mimetype").strip())
    if name is None or parts[0].compress_type != zipfile.ZIP_STORED:
        raise NotAccepted("unknown_kind")
    manifest = _read(archive, "META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise NotAccepted("encrypted")
    if not any(one.filename == "content.xml" for one in parts):
        raise NotAccepted("damaged")
    return name
