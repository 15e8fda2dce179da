"""What somebody has in hand afterwards, explained for who hires: diploma, certificate, statement; and who goes further.

The difference follows the letter of 27 September 2021 (the papers of the mission, section 2.3): certificates of mbo
have civil effect, those of higher education have not, a practice statement says what somebody can do at work.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from doorleren.register.entries import CERTIFICATE_VALUES, Entry
from doorleren.web.public.questions import language


@dataclass(frozen=True)
class Certificate:
    """One kind of proof: its name, what it says, whether the state stands behind it (None: nothing is handed out)."""

    name: str
    says: str
    civil_effect: bool | None
    employer: str


def certificate(value: str | None) -> Certificate | None:
    """Explain a value of `CERTIFICATE_VALUES`; None if it is not told."""
    return _explained(language()).get(value or "")


@lru_cache(maxsize=8)
def _explained(spoken: str) -> dict[str, Certificate]:
    """Explain all in the language of the page, which the key of the cache names: a page of results asks twenty times."""
    return certificates()


def certificates() -> dict[str, Certificate]:
    """Explain all of them, most worth first."""
    explained = {
        "diploma": Certificate(
            _("diploma"),
            _("Het bewijs van een hele opleiding, met een vast niveau. De overheid staat erachter."),
            True,
            _("U weet welk niveau iemand heeft en wat hij of zij minstens kan."),
        ),
        "mbo_certificate": Certificate(
            _("mbo-certificaat van een beroepsgericht deel"),
            _("Het bewijs van een deel van een mbo-opleiding dat op zichzelf telt op de arbeidsmarkt. Het ministerie van OCW wijst aan welke delen dat zijn."),
            True,
            _("U weet dat iemand dit deel van het beroep beheerst. Wie later het hele diploma wil, heeft dit deel al."),
        ),
        "mbo_elective": Certificate(
            _("mbo-certificaat van een keuzedeel"),
            _("Een keuzedeel geeft extra kennis naast een mbo-opleiding. Aan dit keuzedeel heeft het ministerie van OCW een certificaat verbonden."),
            True,
            _("U weet dat iemand dit onderwerp beheerst, ook als hij of zij de rest van de opleiding niet volgde."),
        ),
        "higher_certificate": Certificate(
            _("certificaat van een hogeschool of universiteit"),
            _("Het bewijs van een deel van een opleiding in het hoger onderwijs. De school geeft het zelf; in de wet zijn er geen rechten aan verbonden."),
            False,
            _("De school staat voor de inhoud. Of het meetelt voor een heel diploma, beslist de school waar iemand verder leert."),
        ),
        "practice_statement": Certificate(
            _("praktijkverklaring"),
            _("Een leerbedrijf en een school beschrijven welk werk iemand op de werkplek heeft geleerd."),
            False,
            _("U ziet welk werk iemand zelfstandig kan. Het zegt niets over de andere delen van een opleiding en is geen diploma."),
        ),
        "sector_certificate": Certificate(
            _("certificaat van een sector"),
            _("De branche geeft dit bewijs zelf en bepaalt wat iemand ervoor moet kunnen."),
            False,
            _("In deze branche kent men het. Daarbuiten kunt u het best vragen wat er is getoetst."),
        ),
        "none": Certificate(
            _("geen diploma of certificaat"),
            _("Na afloop is er geen bewijs dat buiten de opleider telt."),
            None,
            _("Vraag de opleider om een bewijs van deelname met daarop wat er is geleerd."),
        ),
    }  # fmt: skip
    return {value: explained[value] for value in CERTIFICATE_VALUES}


@dataclass(frozen=True)
class Elsewhere:
    """Another portal that goes further: its name, address and what one finds there."""

    name: str
    url: str
    finds: str


PART_TIME = frozenset({"part_time", "dual", "modular"})
HIGHER = frozenset({"ad", "hbo"})


def elsewhere(entry: Entry) -> list[Elsewhere]:
    """Give the portals that the papers name and that go further for this training."""
    found = []
    if entry.level in HIGHER and (entry.intensity is None or entry.intensity in PART_TIME):
        found.append(part_time_education())
    if entry.level == "wo" or (entry.route == "ho_module" and entry.level not in HIGHER):
        found.append(universities())
    return [*found, packages()]


def part_time_education() -> Elsewhere:
    """The site of the universities of applied sciences."""
    finds = _("alle deeltijdopleidingen en losse modules van hogescholen")
    return Elsewhere("Heel veel in deeltijd", "https://www.heelveelindeeltijd.nl", finds)


def universities() -> Elsewhere:
    """The platform of the universities."""
    finds = _("de losse modules en cursussen van alle universiteiten")
    return Elsewhere(_("Universiteiten van Nederland"), "https://www.universiteitenvannederland.nl", finds)


def packages() -> Elsewhere:
    """The national overview of learning and working."""
    finds = _("alle regelingen en hulp bij leren en werken, en ontwikkelpaden per sector")
    return Elsewhere("Leeroverzicht", "https://www.leeroverzicht.nl", finds)
