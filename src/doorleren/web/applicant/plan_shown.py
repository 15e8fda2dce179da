"""A path of a plan in words, with the estimate of people beside the range that was told (P05)."""

from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.plans.forecast import Forecast, Shared, forecast
from doorleren.applications.plans.paths import Path
from doorleren.core.money import euros
from doorleren.register.ways import SharedSkills
from doorleren.web import known
from doorleren.web.applicant.plan_form import components, sector_words
from doorleren.web.public.values import number


def path_shown(one: Path) -> dict[str, Any]:
    """Describe a path for templates/applicant/plan_version.html."""
    words, sectors = components(), sector_words()
    return {
        "name": one.name, "from_work": one.from_work, "to_work": one.to_work,
        "components": ", ".join(words[each] for each in words if each in one.components),
        "fewest": number(one.fewest), "most": number(one.most), "cost": "" if one.cents is None else euros(one.cents),
        "sectors": [sectors[each] for each in (one.from_sector, one.to_sector) if each in sectors],
        "from_sector": sectors.get(one.from_sector, ""), "to_sector": sectors.get(one.to_sector, ""),
        "forecast": _forecast_shown(one),
    }  # fmt: skip


def _forecast_shown(one: Path) -> dict[str, Any] | None:
    if one.people is None and one.vacancies is None:
        return None
    shared = known.portal().shared_skills(one.from_work, one.to_work)
    found = forecast(one, Shared(shared.had, shared.asked) if shared else None)
    assert found is not None
    return {"people": _between(found), "basis": _basis(one, shared), "outside": not found.holds(one)}


def _between(found: Forecast) -> str:
    if found.fewest is None:
        return _("hoogstens %(most)s") % {"most": number(found.most)}
    return _("%(fewest)s tot en met %(most)s") % {"fewest": number(found.fewest), "most": number(found.most)}


def _basis(one: Path, shared: SharedSkills | None) -> list[str]:
    """Say on what the estimate rests, and what is not known."""
    said = []
    if one.people is not None:
        said.append(_("Mensen die dit werk nu doen: %(n)s.") % {"n": number(one.people)})
    if one.vacancies is not None:
        said.append(_("Vacatures in het nieuwe werk: %(n)s.") % {"n": number(one.vacancies)})
    if shared is None or not shared.asked:
        said.append(_("Welke vaardigheden gelijk zijn, is niet bekend. Daarom staat er geen laagste aantal."))
        return said
    told = {"had": shared.had, "asked": shared.asked, "origin": shared.origin, "target": shared.target}
    said.append(_("Vaardigheden: %(had)s van de %(asked)s die '%(target)s' vraagt, heeft '%(origin)s' ook.") % told)
    return said
