"""What the register tells of the region for which a municipality files: its code, from the imported postcodes. Reads only.

A region is no organisation (access.py): one of its municipalities files for it, and each municipality lies in one region.
"""

from typing import Any

from doorleren.applications.models import PartyKind
from doorleren.applications.parties import Named
from doorleren.people.models import Organisation
from doorleren.register.models import Postcode

CODE = "region.code"
CALLED = ("gemeente ", "municipality of ")


def facts_of_region(applicant: Named, used: frozenset[str]) -> dict[str, Any]:
    """Give the facts of a region that are used and known, of an organisation that is called as one municipality is.

    Nothing where no postcodes were imported, where none has that name, or where they lie in more regions than one.
    """
    if CODE not in used or applicant.kind != PartyKind.ORGANISATION:
        return {}
    name = Organisation.objects.filter(pk=applicant.number or 0).values_list("name", flat=True).first() or ""
    called = " ".join(name.split())
    for before in CALLED:
        if called.casefold().startswith(before):
            called = called[len(before) :]
    found = (
        Postcode.objects.filter(municipality__iexact=called).exclude(region_code="")
        if called
        else Postcode.objects.none()
    )
    codes = set(found.values_list("region_code", flat=True).distinct()[:2])
    return {CODE: codes.pop()} if len(codes) == 1 else {}
