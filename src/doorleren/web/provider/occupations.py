"""Occupations as a provider types them: a name that ESCO knows, or its id; shown again by name."""

from collections.abc import Iterable

from doorleren.register.intake.codes import read_esco
from doorleren.register.intake.faults import Misread
from doorleren.register.models import Occupation

KNOWN = {
    "nl": "per regel een naam of id van een beroep zoals ESCO dat kent",
    "en": "on each line a name or id of an occupation as ESCO knows it",
}


def read_occupations(text: str) -> tuple[str, ...]:
    """Read one occupation per line as its id of ESCO. Raises Misread for a name that is not known, or not of one alone."""
    found: dict[str, None] = {}
    for line in (one.strip() for one in text.split("\n")):
        if line:
            found |= dict.fromkeys(_ids(line))
    return tuple(found)


def _ids(line: str) -> tuple[str, ...]:
    try:
        return read_esco(line)
    except Misread:
        if "\x00" in line:
            raise Misread(KNOWN) from None
        named = list(Occupation.objects.filter(label__iexact=line[:300]).values_list("key", flat=True)[:2])
        if len(named) != 1:
            raise Misread(KNOWN) from None
        return (named[0],)


def labels_of(keys: Iterable[str]) -> list[str]:
    """Give occupations by name where the register has it and no other has the same, else by id."""
    wanted = list(keys)
    labels = dict(Occupation.objects.filter(key__in=wanted).values_list("key", "label"))
    return [labels[key] if _leads_back(labels.get(key, ""), key) else key for key in wanted]


def _leads_back(label: str, key: str) -> bool:
    return bool(label) and list(Occupation.objects.filter(label__iexact=label).values_list("key", flat=True)) == [key]
