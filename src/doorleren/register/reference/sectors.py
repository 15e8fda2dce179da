"""Branches of industry (SBI 2008) from the JSON of Statistics Netherlands: a list of objects with code and description."""

import json
from pathlib import Path

from doorleren.register.reference.entries import Sector
from doorleren.register.reference.rows import Reading, ReferenceFault, RowFault, read_text


def read_sectors(path: Path) -> Reading[Sector]:
    """Read the branches; `line` of a fault is the place in the list, from 1. Raises ReferenceFault."""
    allowed = "a JSON list of objects with code and description"
    try:
        listed = json.loads(read_text(path))
    except ValueError as error:
        raise ReferenceFault(f"{path.name}: {error}; allowed is {allowed}") from error
    except RecursionError:
        raise ReferenceFault(f"{path.name}: nested too deeply; allowed is {allowed}") from None
    if not isinstance(listed, list):
        raise ReferenceFault(f"{path.name}: no list; allowed is {allowed}")
    sectors: dict[str, Sector] = {}
    faults: list[RowFault] = []
    for place, one in enumerate(listed, start=1):
        found = one if isinstance(one, dict) else {}
        code, label = (str(found.get(name) or "").strip() for name in ("code", "description"))
        if not code or not label:
            name = "description" if code else "code"
            faults.append(RowFault(path.name, place, name, str(found.get(name, "")), "a text that is not empty"))
        elif code in sectors:
            faults.append(RowFault(path.name, place, "code", code, "one entry each"))
        else:
            sectors[code] = Sector(code, label, str(found.get("parent") or ""))
    return Reading(tuple(sectors.values()), tuple(faults))
