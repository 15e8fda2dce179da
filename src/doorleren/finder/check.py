"""The question "what can I get?": for every scheme in force on the day a finding, and the next best question.

Called by the command line, the pages and the API alike; it reads no clock, and stores nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doorleren.core.days import Asked
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.rounds import best_state, rounds_for
from doorleren.rules.verdicts import RANK, Judgement, judge
from doorleren.rules.versions import Round, Scheme, Track, Version
from doorleren.rules.vocabulary import Vocabulary

AUDIENCES = {
    "person": "person",
    "employer": "employer",
    "career_adviser": "region",
    "training_provider": "region",
    "partnership": "region",
    "region": "region",
    "education_institution": "region",
}
"""Which of the three audiences of the papers a role belongs to: individual, employer, sector or region."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one scheme says to the profile on the day; without a judgement the scheme is not in force then."""

    scheme: Scheme
    version: Version
    judgement: Judgement | None
    missing: frozenset[str]
    round_state: str
    round: Round | None

    @property
    def outcome(self) -> str:
        """Give the verdict in the words of the contract."""
        return self.judgement.outcome if self.judgement else "not_eligible"

    @property
    def track(self) -> Track:
        """Give the track that the verdict speaks of."""
        return self.judgement.best.track if self.judgement else self.version.tracks[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """All findings for a profile on a day, best first for who asks, and the fact to ask next."""

    asked: Asked
    profile: Profile
    findings: tuple[Finding, ...]
    next_question: str | None
    law_digest: str


def check(library: Library, profile: Profile, asked: Asked, only: Iterable[str] | None = None) -> Answer:
    """Judge all schemes in force on the day, or just those named (in force or not).

    Raises KeyError for a scheme that does not exist, SchemeFault for a file that is wrong.
    """
    if only is None:
        found = [scheme for scheme in library.schemes.values() if scheme.on(asked.day)]
    else:
        found = [library.scheme(name) for name in only]
    findings = sorted((find(library, scheme, profile, asked) for scheme in found), key=lambda one: _place(one, profile))
    return Answer(
        asked, profile, tuple(findings), next_question(findings, profile, library.vocabulary), library.law.digest
    )


def find(library: Library, scheme: Scheme, profile: Profile, asked: Asked) -> Finding:
    """Judge one scheme on the day and tell, apart from that, how its rounds stand."""
    version = scheme.on(asked.day)
    if version is None:
        nearest = scheme.nearest(asked.day)
        state, opened = best_state(rounds_for(scheme, nearest.tracks), asked)
        return Finding(scheme, nearest, None, frozenset(), state, opened)
    judgement = judge(library.settled(version, asked.day), profile)
    state, opened = best_state(rounds_for(scheme, _tracks_to_file(judgement)), asked)
    return Finding(scheme, version, judgement, judgement.missing(), state, opened)


def _tracks_to_file(judgement: Judgement) -> list[Track]:
    """Choose the tracks whose rounds matter: those with the verdict, for the role that asks where there is one."""
    role = judgement.profile.get("asker.role")
    tracks = list(zip(judgement.settled.tracks, judgement.tracks, strict=True))
    best = [one.track for one, truth in tracks if truth is judgement.truth]
    own = [track for track in best if track.applicant == role]
    return own or [one.track for one, _ in tracks if one.track.applicant == role] or best


def _place(finding: Finding, profile: Profile) -> tuple[object, ...]:
    """Sort: best verdict, then what the asker files or gets, then what is open, then the largest amount, then by id."""
    judgement, role = finding.judgement, profile.get("asker.role")
    truth = judgement.truth if judgement else False
    amount = (judgement.amount or judgement.amount_max or 0) if judgement else 0
    open_now = finding.round_state in ("open", "none")
    return (-RANK[truth], not concerns(finding, role), not open_now, -amount, finding.scheme.id)


def concerns(finding: Finding, role: str | None) -> bool:
    """Say whether who asks files or benefits in some track; employers also file together, as a partnership."""
    roles = {role, "partnership"} if role == "employer" else {role}
    return any(roles & {track.applicant, track.beneficiary} for track in finding.version.tracks)


def next_question(findings: Iterable[Finding], profile: Profile, vocabulary: Vocabulary) -> str | None:
    """Choose the fact to ask next: one that the asker can answer, that most undecided schemes wait for."""
    waiting = waiting_for(findings)
    audience = AUDIENCES.get(profile.get("asker.role", ""))
    order = {name: place for place, name in enumerate(vocabulary.facts)}

    def place(name: str) -> tuple[object, ...]:
        others = audience is not None and audience not in vocabulary.facts[name].audience
        schemes, share = waiting[name]
        return others, -schemes, -share, order[name]

    return min(waiting, key=place, default=None)


def waiting_for(findings: Iterable[Finding]) -> dict[str, tuple[int, Fraction]]:
    """Count, per missing fact, the undecided schemes that wait for it, and its share in settling them."""
    counted: dict[str, tuple[int, Fraction]] = {}
    for finding in findings:
        for name in finding.missing:
            schemes, share = counted.get(name, (0, Fraction(0)))
            counted[name] = (schemes + 1, share + Fraction(1, len(finding.missing)))
    return counted


def in_force_text(version: Version, day: date, language: str = "nl") -> str:
    """Say why a scheme that is not in force on the day gives nothing."""
    begun = version.starts <= day
    if language == "en":
        return f"the scheme ended after {version.ends}" if begun else f"the scheme starts on {version.starts}"
    return f"de regeling gold tot en met {version.ends}" if begun else f"de regeling begint op {version.starts}"
