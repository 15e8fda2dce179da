"""Who applies together and who pays what, on the page of a case: members with share and work, financiers with their word."""

from typing import Any

from doorleren.applications.partnerships.financiers import payers
from doorleren.decisions.matters import Matter
from doorleren.web.applicant.who_does_what import members_told
from doorleren.web.applicant.who_pays import who_pays


def together_shown(matter: Matter) -> dict[str, Any]:
    """Describe both; empty where nothing was told of either, and then nothing is looked up."""
    if not matter.together:
        return {}
    number = matter.application.pk
    return {"members": members_told(number), "paid": who_pays(payers(number))}
