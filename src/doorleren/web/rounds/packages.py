"""The package of a round on its page: as it was announced, with what was given of each component by now and in which rounds."""

from typing import Any

from django.urls import reverse

from doorleren.rounds.models import Round
from doorleren.rounds.packages import standing_of
from doorleren.web.public.packages import package_told
from doorleren.web.public.values import euros
from doorleren.web.rounds.written import name_of


def package_of(row: Round) -> dict[str, Any] | None:
    """Describe the package of a round, and how its components stand; None where it is in none. A rehearsal takes nothing of it."""
    told = row.announced.get("package")
    if told is None:
        return None
    found = package_told(told, told["component"], told["ceiling_source"])
    standing = {} if row.rehearsal else standing_of(told["id"])
    for one in found["components"]:
        stands = standing.get(one["id"])
        if stands is not None and stands.rounds:
            one["given"] = euros(stands.given_cents)
            others = [each for each in stands.rounds if each.pk != row.pk]
            one["rounds"] = [{"url": reverse("rounds-one", args=[each.pk]), "name": name_of(each)} for each in others]
    return found
