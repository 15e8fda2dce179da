"""The American Classification of Instructional Programs (CIP, NCES 2020) as a sector of the register.

Only families and groups that lie within one sector are listed; any other code tells no sector.
"""

import re

from doorleren.register.intake.faults import Misread

_SECTORS = {
    "01": "agriculture", "09": "culture_creative", "10": "culture_creative", "11": "ict", "12.05": "hospitality", "13": "education",
    "14": "technology", "15": "technology", "22": "business_services", "31": "recreation", "36": "recreation", "43": "government",
    "44.07": "care_welfare", "46": "construction", "47": "technology", "48": "manufacturing", "49": "transport_logistics",
    "50": "culture_creative", "51": "care_welfare", "52": "business_services", "52.09": "hospitality", "52.18": "retail",
}  # fmt: skip
_POINTED = re.compile(r"(\d{1,2})(?:\.(\d{1,4}))?\Z", re.A)
_WHOLE = re.compile(r"(\d{1,2})(\d{4})\Z", re.A)

A_CIP = {"nl": "een CIP-code, zoals 51.3801", "en": "a CIP code, such as 51.3801"}


def read_cip(text: str) -> str | None:
    """Give the sector of a code, None where it tells none: "51.3801", "513801" and "51" are care; "10102" is 01.0102."""
    found = _WHOLE.match(text.strip()) or _POINTED.match(text.strip())
    if not found:
        raise Misread(A_CIP)
    family = found[1].rjust(2, "0")
    return _SECTORS.get(f"{family}.{(found[2] or '')[:2]}") or _SECTORS.get(family)
