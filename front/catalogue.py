"""Compiles a catalogue of translated sentences from .po to .mo, with the standard library alone.

Reads the part of the format that we write: comments, msgid, msgid_plural, msgstr, msgstr[n] and strings that run
over lines. Anything else (a context, an entry marked fuzzy, an empty translation) is refused with file and line.
"""

import ast
import re
import struct
from pathlib import Path

LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr)(?:\[(\d)\])? )?(".*")')
MAGIC, REVISION, HEADER_BYTES = 0x950412DE, 0, 28


class Refused(ValueError):
    """A line that this reader does not know."""


def compiled(source: Path) -> bytes:
    """The bytes of the .mo file for a .po file in UTF-8; entries sorted as gettext wants them."""
    entries = sorted((original.encode(), said.encode()) for original, said in pairs(source).items())
    keys, values = b"", b""
    spots = []
    for original, said in entries:
        spots.append((len(original), len(keys), len(said), len(values)))
        keys += original + b"\0"
        values += said + b"\0"
    keys_at = HEADER_BYTES + 16 * len(entries)
    values_at = keys_at + len(keys)
    originals = b"".join(struct.pack("<II", length, keys_at + at) for length, at, _, _ in spots)
    translations = b"".join(struct.pack("<II", length, values_at + at) for _, _, length, at in spots)
    header = struct.pack(
        "<7I", MAGIC, REVISION, len(entries), HEADER_BYTES, HEADER_BYTES + 8 * len(entries), 0, keys_at
    )
    return header + originals + translations + keys + values


def pairs(source: Path) -> dict[str, str]:
    """Original to translation; plural forms joined by a zero byte, as .mo keeps them."""
    found: dict[str, str] = {}
    entry: dict[str, str] = {}
    part = ""
    for number, line in enumerate([*source.read_text("utf-8").splitlines(), ""], 1):
        line = line.strip()
        if not line or line.startswith("#"):
            if "fuzzy" in line:
                raise Refused(f"{source.name}:{number}: an entry marked fuzzy")
            if entry:
                keep(entry, found, f"{source.name}:{number}")
                entry, part = {}, ""
            continue
        match = LINE.fullmatch(line)
        if not match or not (match[1] or part):
            raise Refused(f"{source.name}:{number}: {line}")
        if match[1]:
            part = match[1] + (match[2] or "")
        entry[part] = entry.get(part, "") + ast.literal_eval(match[3])
    return found


def keep(entry: dict[str, str], found: dict[str, str], place: str) -> None:
    forms = [entry[name] for name in ("msgstr", "msgstr0", "msgstr1") if name in entry]
    original = "\0".join(entry[name] for name in ("msgid", "msgid_plural") if name in entry)
    if not forms or not all(forms):
        raise Refused(f"{place}: no translation of {original!r}")
    if original in found:
        raise Refused(f"{place}: twice {original!r}")
    found[original] = "\0".join(forms)
