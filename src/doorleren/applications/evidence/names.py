"""The name of a file: what is kept of the one that somebody gave, and under which name it is handed out. Pure."""

import unicodedata

from doorleren.applications.evidence.kinds import Kind

LONGEST = 150
_NOT_IN_A_NAME = frozenset('<>:"|?*/\\')


def cleaned(given: str) -> str:
    """Give a name without folders, control signs or signs that turn the reading direction; "bewijs" if nothing is left.

    Example: "C:\\\\scan\\\\offerte .pdf" becomes "offerte .pdf".
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in _NOT_IN_A_NAME)
    return kept.strip(" .")[-LONGEST:].strip(" .") or "bewijs"


def handed_out_as(name: str, kind: Kind) -> str:
    """Give the name to keep a document under: its ending is that of what it is, whatever the name said before."""
    stem, dot, ending = name.rpartition(".")
    if dot and (ending.lower() == kind.name or (kind.name == "jpeg" and ending.lower() == "jpg")):
        return name
    return f"{stem if dot and len(ending) <= 5 and stem else name}.{kind.name}"
