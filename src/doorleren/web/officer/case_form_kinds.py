"""What a form of an act on a case is: its words, its fields, whose rights it asks, its command and what it tells before.

The forms themselves stand in case_act_kinds.py and in the modules that it names, one row per act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.access import may
from doorleren.cases.acts import ACTS
from doorleren.cases.models import Case
from doorleren.cases.rules import Moments, stopped, why_not
from doorleren.cases.stops import After
from doorleren.core.texts import Texts
from doorleren.people.access import Allowed, Refused
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_stands import CaseStands
from doorleren.web.officer.official import Official
from doorleren.web.spoken import once_per_language


@dataclass(slots=True)
class Typed:
    """What was typed in a form: texts, ticked boxes, what was read of them by field, and what is wrong, by field.

    `days`, `moments`, `cents` and `counts` hold what was read; `named` the ticked boxes in the words of the letter.
    """

    texts: Mapping[str, str]
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    cents: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def says(self, name: str) -> str:
        """Give a text."""
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act with a form. `fields`: keys of case_fields.py; `run`: its command; `ahead`: what it does, in sentences.

    `letter`, `values`: the letter that it makes, and what that names of its own. `harm`: it asks a confirmation with a
    preview. `decides`: the preview is the act itself, done and undone. `rights`: the act whose rights it asks, where that is
    another than its own; `after`, `stopped_by`: what must have happened, and what forbids it (cases/stops.py), besides what the
    table of acts says; `open`: why a case leaves nothing to do it on, where its moments do not tell; `stands`: the same, of what
    more acts ask. `phase`: where it is offered
    (PHASES), if not among those of its act. `rests`: on a decision that an objection may still change, so that it says so. `place`: what it does to the place in the order of the round (case_place.py); it is
    given the act itself. `procedure`: the only kind of procedure that has it; empty for all. `ground`: the article that it rests on,
    where that is another than its act's.
    """

    name: str
    act: str
    words: Callable[[], str]
    button: Callable[[], str]
    fields: tuple[str, ...]
    run: Callable[[Case, Typed, Official], object]
    ahead: Callable[[Typed], list[str]] = lambda typed: []
    letter: str = ""
    values: Callable[[Typed], dict[str, Any]] = lambda typed: {}
    harm: bool = True
    decides: bool = False
    rights: str = ""
    after: tuple[After, ...] = ()
    stopped_by: tuple[str, ...] = ()
    open: Callable[[Case], Texts | None] = lambda case: None
    stands: Callable[[CaseStands], Texts | None] = lambda stands: None
    phase: str = ""
    rests: bool = False
    ground: Callable[[], str] = lambda: ""
    place: Callable[[AtHand, Typed, Callable[[], object]], list[str]] | None = None
    procedure: str = ""

    @property
    def right(self) -> str:
        """Name the act whose rights it asks."""
        return self.rights or self.act

    def may(self, asking: Official, case: Case) -> Allowed | Refused:
        """Say whether somebody may do it, by role and by different hands."""
        return may(asking.who, self.right, case, at=asking.at, held=asking.held)

    def why_not(self, case: Case, moments: Moments, stands: CaseStands | None = None) -> Texts | None:
        """Give the sentence why it is not possible as the case stands, which has these moments; None where it is.

        `stands`: what its records leave to do on it, where that is asked for several acts.
        """
        texts = why_not(self.act, moments) or stopped(self.stopped_by, moments)
        if texts is None:
            lacking = (one for one in self.after if all(moments.get(name) is None for name in one.any_of))
            texts = next((one.texts for one in lacking), None)
        return texts or self.stands(stands or CaseStands(case)) or self.open(case)

    @property
    def rests_on(self) -> str:
        """Give the article that it rests on."""
        return self.ground() or ACTS[self.act].ground

    @property
    def where(self) -> str:
        """Name the phase among whose acts it is offered."""
        return self.phase or phase_of(self.act)


_BEGINS: Mapping[str, str] = {
    "opened": "preparing", "granted": "deciding", "progress_reported": "afterwards", "objection_received": "objecting",
    "declared_in_default": "late", "dispatched": "noting", "closed": "ending",
}  # fmt: skip
"""The act with which each phase begins, in the order of the table of acts."""


def phase_of(act: str) -> str:
    """Name the phase of an act."""
    found = ""
    for name in ACTS:
        found = _BEGINS.get(name, found)
        if name == act:
            break
    return found


@once_per_language
def phases() -> dict[str, str]:
    """Name the phases of a case, in order."""
    return {
        "preparing": _("Voorbereiden"), "deciding": _("Beslissen"), "afterwards": _("Na de toekenning"),
        "objecting": _("Bezwaar en beroep"), "late": _("Te laat beslist"), "noting": _("Noteren"), "ending": _("Afsluiten"),
    }  # fmt: skip


def final(sentence: Callable[[], str]) -> Callable[[Typed], list[str]]:
    """Say what an act does, and that it cannot be undone."""
    return lambda typed: [sentence(), _("Dit kunt u niet terugdraaien.")]


def by_letter(sentence: Callable[[], str]) -> Callable[[Typed], list[str]]:
    """Say what an act does, and that the letter below goes out by itself."""
    return lambda typed: [sentence(), _("De brief hieronder wordt vanzelf verzonden.")]
