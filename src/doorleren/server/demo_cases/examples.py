"""Whom the demo lets apply, and for what: from the worked examples beside the schemes, chosen by what a file says. Pure.

For each kind of procedure the versions and tracks in which somebody of the demo can file, with facts that are enough. No
scheme is named here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from doorleren.applications.form import form_of, of_track
from doorleren.applications.other_money import NOTHING, needed_of_other_money
from doorleren.applications.rules import as_rehearsed
from doorleren.applications.several import needed_of_several
from doorleren.cli.cases import cases_of
from doorleren.rules.cases import Case
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.versions import EXACT_KINDS, Scheme, Track, Version

APPLICANTS = ("person", "career_adviser", "employer")
"""Who files alone; a partnership needs others, and a school its plan."""


@dataclass(frozen=True, slots=True)
class Example:
    """A track of a version with facts under which its applicant gets something, and the cents that are asked.

    `day`: the one that the facts were written for. `plain`: nobody needs to give or read a document, and the amount is exact.
    """

    version: Version
    track: Track
    profile: Profile
    day: date
    cents: int
    plain: bool

    def told(self, library: Library, today: date) -> Profile:
        """Give the facts as somebody would tell them today: what is planned moves along. Where a number is asked it is one, and there is no other money."""
        one: Profile = dict.fromkeys(needed_of_several(self.track), 1)
        one |= {name: NOTHING[name] for name in needed_of_other_money(self.track, self.version.stacking)}
        return as_rehearsed({**one, **self.profile}, today, self.day, library.vocabulary)


def examples(library: Library, procedure: str) -> list[Example]:
    """Give the examples of a kind of procedure, the best first: an amount, open to objection, a person, without documents, late."""
    found = [
        one
        for scheme in library.schemes.values()
        if any(version.procedure == procedure for version in scheme.versions)
        for one in _of_scheme(library, scheme, procedure)
    ]
    return sorted(found, key=_worth)


def _of_scheme(library: Library, scheme: Scheme, procedure: str) -> Iterator[Example]:
    """Give one example for each track of its versions with this procedure, where there is one."""
    cases = cases_of(library, scheme.id)
    for version in scheme.versions:
        for track in version.tracks:
            if version.procedure == procedure and track.applicant in APPLICANTS:
                yield from _most(library, version, track, cases)


def amounts(library: Library, version: Version, track: Track) -> list[Example]:
    """Give examples of one track that give something, one for each amount, the least first."""
    fitting = {one.cents: one for one in _fitting(library, version, track, cases_of(library, version.id)) if one.cents}
    return [fitting[cents] for cents in sorted(fitting)]


def _most(library: Library, version: Version, track: Track, cases: Sequence[Case]) -> Iterator[Example]:
    """Give the example of a track that gives the most, if any."""
    best = max(_fitting(library, version, track, cases), key=lambda one: one.cents, default=None)
    if best is not None:
        yield best


def _fitting(library: Library, version: Version, track: Track, cases: Sequence[Case]) -> Iterator[Example]:
    """Give every example with facts that are enough for a track."""
    asked = any(one.with_application and track.id in one.tracks for one in version.evidence)
    for case in cases:
        if not version.holds_on(case.asked.day):
            continue
        settled = of_track(version, track.id, case.asked.day, library.vocabulary, library.law)
        form = form_of(settled, case.profile, library.vocabulary)
        if form.judgement.truth and form.complete:
            exact = form.judgement.amount is not None
            yield Example(version, track, case.profile, case.asked.day, form.cents or 0, exact and not asked)


def plain(found: Sequence[Example]) -> list[Example]:
    """Give those that can be decided without a human looking."""
    return [one for one in found if one.plain and one.track.applicant == "person" and one.cents]


def _worth(one: Example) -> tuple[bool, bool, bool, bool, int, str, str]:
    version = one.version
    return (
        one.cents == 0,
        version.framework == "outside-awb",
        APPLICANTS.index(one.track.applicant) > 0,
        one.track.amount.kind not in EXACT_KINDS,
        -version.starts.toordinal(),
        version.id,
        one.track.id,
    )
