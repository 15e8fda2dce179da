"""The package of a round on its page: as it was announced, with what was given of each component by now and in which rounds."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.rounds.models import Round
from doorleren.rounds.packages import standing_of
from doorleren.web import known
from doorleren.web.public.packages import package_told
from doorleren.web.public.questions import language
from doorleren.web.public.values import euros


def package_of(row: Round) -> dict[str, Any] | None:
    """Describe the package of a round, and how its components stand; None where it is in none. A rehearsal takes nothing of it."""
    told = row.announced.get("package")
    if told is None:
        return None
    found, standing = package_told(told, told["component"]), {} if row.rehearsal else standing_of(told["id"])
    for one in found["components"]:
        stands = standing.get(one["id"])
        if stands is not None and stands.rounds:
            one["given"] = euros(stands.given_cents)
            one["rounds"] = [_round(each) for each in stands.rounds if each.pk != row.pk]
    return found


def _round(row: Round) -> dict[str, str]:
    library, scheme = known.library(), row.version.scheme
    called = library.scheme(scheme).versions[-1].called(language()) if scheme in library.places else scheme
    name = _("%(scheme)s, tijdvak %(code)s") % {"scheme": called, "code": row.code}
    return {"url": reverse("rounds-one", args=[row.pk]), "name": name}
