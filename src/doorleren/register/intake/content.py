"""What a file is, judged by its bytes and never by its name, and in which encoding its text stands."""

import codecs
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from doorleren.register.intake.faults import Unreadable

SAMPLE = 65_536
CHUNK = 1 << 20
_FOREIGN = (
    (b"%PDF", "PDF"), (b"\xd0\xcf\x11\xe0", "Excel (.xls)"), (b"\x1f\x8b", "gzip"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"),
    (b"PAR1", "Parquet"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "RAR"), (b"BZh", "bzip2"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What the bytes are: "zip", "json" or "text", and the encoding of text. `damaged` is text with some wrong bytes."""

    shape: str
    encoding: str = ""
    damaged: bool = False


def content_of(path: Path) -> Content:
    """Look at a file; raises Unreadable for an empty file, markup, pictures, spreadsheets and other programs' files."""
    try:
        with path.open("rb") as file:
            start = file.read(SAMPLE)
    except OSError as error:
        raise Unreadable(
            f"Het bestand {path.name} is niet te openen: {error.strerror}.",
            f"Cannot open the file {path.name}: {error.strerror}.",
        ) from error
    if not start.strip(b"\x00 \t\r\n"):
        raise Unreadable("Het bestand is leeg.", "The file is empty.")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content("zip")
    for magic, name in _FOREIGN:
        if start.startswith(magic):
            raise _foreign(name)
    encoding, damaged = _encoding(path, start)
    text = start.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        raise _foreign("XML of HTML")
    return Content("json" if text[:1] in ("{", "[") else "text", encoding, damaged)


def _foreign(name: str) -> Unreadable:
    return Unreadable(
        f"Dit is een bestand van de soort {name}. Lever CSV aan, of JSON van EDU-DEX of de Open Onderwijs API.",
        f"This file is {name}. Give CSV, or JSON of EDU-DEX or the Open Onderwijs API.",
    )


def opened(path: Path, content: Content) -> TextIO:
    """Open the text of a file with its line ends as they are; a damaged byte becomes U+FFFD, which rows look for."""
    return path.open(encoding=content.encoding, errors="replace" if content.damaged else "strict", newline="")


def text_of(raw: bytes) -> str:
    """Give bytes that stand in memory as text, or raise UnicodeDecodeError: UTF-8 or UTF-16, as JSON is written."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding)
    return raw.decode("utf-8")


def _encoding(path: Path, start: bytes) -> tuple[str, bool]:
    """Read the whole file once, so that no row far down can surprise: the encoding, and whether some bytes are wrong."""
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding, not _decodes(path, encoding)
    zeros = [start[place::2].count(0) * 4 > len(start) for place in (0, 1)]
    if zeros == [False, True] or zeros == [True, False]:
        encoding = "utf-16-le" if zeros[1] else "utf-16-be"
        return encoding, not _decodes(path, encoding)
    if start.count(0) * 20 > len(start):
        raise Unreadable("Het bestand is geen tekst.", "The file is no text.")
    good, wrong = _utf8(path)
    if not wrong:
        return "utf-8", False
    if wrong > good:
        return "cp1252", not _decodes(path, "cp1252")
    return "utf-8", True


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(CHUNK):
                pass
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True


def _utf8(path: Path) -> tuple[int, int]:
    """Count the letters beyond ASCII that are right UTF-8, and the bytes that are not."""
    good = wrong = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb", buffering=0) as file:
        reader = io.BufferedReader(file, CHUNK)
        while True:
            raw = reader.read(CHUNK)
            text = decoder.decode(raw, final=not raw)
            if not text.isascii():
                bad = sum(1 for sign in text if "\udc80" <= sign <= "\udcff") if _has_surrogates(text) else 0
                wrong += bad
                good += sum(1 for sign in text if sign > "\x7f") - bad if not good or bad else 0
            if not raw:
                return good, wrong


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
