"""The members of a zip, read in memory one by one within limits; nothing is ever unpacked to a disk.

A bomb as a whole is unreadable at once, by what the archive says of itself; a member that lies is stopped at the
limit while it is read. A member with a path outside, a nested archive or a lock is passed over with a word.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from doorleren.core.texts import Texts
from doorleren.register.intake.faults import Unreadable

MOST_MEMBERS = 50_000
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_WHOLE = 1024 * 1024 * 1024
HIGHEST_RATIO = 200
SMALL = 1024 * 1024
"""A ratio is only looked at above this many bytes: a short file of spaces is no bomb."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name and content, or what is wrong with it instead."""

    name: str
    content: bytes = b""
    wrong: Texts | None = None


def members(path: Path) -> Iterator[Member]:
    """Give the files of an archive in their order; raises Unreadable before the first if the whole is not to be trusted."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [
                one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
            ]
            _check(listed)
            left = LARGEST_WHOLE
            for one in listed:
                member = _member(archive, one, left)
                left -= len(member.content)
                yield member
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"Het zipbestand is beschadigd: {error}.", f"The zip file is damaged: {error}.") from error


def _check(listed: list[zipfile.ZipInfo]) -> None:
    names = {one.filename for one in listed}
    if names & {"[Content_Types].xml", "mimetype"}:
        raise Unreadable(
            "Dit is een werkblad of document. Bewaar het als CSV.", "This is a spreadsheet or document. Save it as CSV."
        )
    unpacked, packed = sum(one.file_size for one in listed), sum(one.compress_size for one in listed)
    if (
        len(listed) > MOST_MEMBERS
        or unpacked > LARGEST_WHOLE
        or (unpacked > SMALL and unpacked > HIGHEST_RATIO * packed)
    ):
        raise Unreadable(
            f"Het zipbestand is te groot: toegestaan zijn {MOST_MEMBERS} bestanden, samen {LARGEST_WHOLE} bytes,"
            f" en ten hoogste {HIGHEST_RATIO} keer zo groot als ingepakt.",
            f"The zip file is too large: allowed are {MOST_MEMBERS} files, {LARGEST_WHOLE} bytes together,"
            f" and {HIGHEST_RATIO} times the packed size at most.",
        )


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> Member:
    name = one.filename[:200]
    place = PurePosixPath(one.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in one.filename:
        return Member(name, wrong={"nl": "een bestand binnen het zipbestand", "en": "a file inside the archive"})
    if one.flag_bits & 0x1:
        return Member(name, wrong={"nl": "een bestand zonder wachtwoord", "en": "a file without a password"})
    most = min(LARGEST_MEMBER, left, max(SMALL, HIGHEST_RATIO * one.compress_size))
    try:
        with archive.open(one) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError, zlib.error):
        return Member(name, wrong={"nl": "een onbeschadigd bestand", "en": "an undamaged file"})
    if len(content) > most:
        return Member(
            name, wrong={"nl": f"een bestand van ten hoogste {most} bytes", "en": f"a file of at most {most} bytes"}
        )
    if content.startswith(b"PK\x03\x04"):
        return Member(name, wrong={"nl": "geen zipbestand in een zipbestand", "en": "no archive in an archive"})
    return Member(name, content)
