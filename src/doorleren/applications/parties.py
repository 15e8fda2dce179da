"""Who takes which of the four roles of an application, as far as it follows from the track of the scheme. Pure."""

from dataclasses import dataclass

from doorleren.rules.versions import Track


@dataclass(frozen=True, slots=True)
class Named:
    """A party by its kind ("person", "organisation") and number; without a kind it is not known yet."""

    kind: str = ""
    number: int | None = None


NOBODY = Named()


@dataclass(frozen=True, slots=True)
class Parties:
    """Who files, for whom it is, who is paid, and who proves delivery."""

    applicant: Named
    beneficiary: Named
    payee: Named
    reporter: Named

    def columns(self) -> dict[str, object]:
        """Give them as the columns of an application."""
        found: dict[str, object] = {}
        for name in ("applicant", "beneficiary", "payee", "reporter"):
            one: Named = getattr(self, name)
            found |= {f"{name}_kind": one.kind, f"{name}_number": one.number}
        return found


def parties_of(track: Track, applicant: Named) -> Parties:
    """Give the parties: who has the applicant's role in the scheme is the applicant, another is still to be named.

    A track that names no reporter or payee leaves that to the applicant.
    """

    def who(role: str) -> Named:
        return applicant if role in ("", track.applicant) else NOBODY

    return Parties(applicant, who(track.beneficiary), who(track.payee), who(track.reporter))


def may_name(track: Track) -> tuple[str, ...]:
    """Give the parties that are to be named: an organisation with another role in the scheme than who files.

    A person is never named by another; one comes in through a registration of one's own.
    """
    roles = {"beneficiary": track.beneficiary, "payee": track.payee, "reporter": track.reporter}
    return tuple(name for name, role in roles.items() if role not in ("", "person", track.applicant))
