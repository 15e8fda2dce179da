"""Announcing a round as its scheme's file says, once: the version is published with it."""

from dataclasses import replace
from datetime import datetime

from doorleren.audit.acts import Party
from doorleren.cases.frameworks import frameworks
from doorleren.people.models import Body
from doorleren.rounds.announced import Announced, announced_of
from doorleren.rounds.commands.announce_round import announce_round
from doorleren.rounds.models import Round
from doorleren.rules.caps import caps_of
from doorleren.rules.library import Library
from doorleren.rules.packages import RoundInPackage, in_package_of
from doorleren.rules.versions import Version
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.schemes.models import PublishedVersion


class NoSuchRound(KeyError):
    """No version of the scheme has a round of that name; `known` are the names that there are."""

    def __init__(self, scheme: str, code: str, known: list[str]) -> None:
        """Keep the names."""
        super().__init__(f"{scheme} has no round {code!r}")
        self.known = known


def announce_from_scheme(
    library: Library, scheme: str, code: str, *, rehearsal: bool = False, by: Party, at: datetime
) -> Round:
    """Announce a round of a scheme's file, or give it as it was announced before. Raises KeyError or NoSuchRound.

    A rehearsal of a round that is over by now does not close by itself.
    Raises ValueError where the parts that the file sets apart do not fit its ceiling, RoundRefused where it goes above its package.
    """
    version = version_with(library, scheme, code)
    opened = next(one for one in version.rounds if one.id == code)
    row = publish_version(library.resolved(version), by=by, at=at)
    known = Round.objects.filter(version=row, code=code).first()
    if known is not None:
        return known
    package = in_package_of(library.packages, scheme, code)
    return announce_round(
        row,
        code,
        within_package(announced_of(opened, frameworks().get(version.framework), caps_of(version, opened)), package),
        package=package,
        body=executing_body(version),
        opens_at=opened.opens,
        closes_at=None if rehearsal and opened.closes is not None and opened.closes <= at else opened.closes,
        rehearsal=rehearsal,
        by=by,
        at=at,
    )


def within_package(announced: Announced, package: RoundInPackage | None) -> Announced:
    """Give the rules of a round with the money that its package gives it as its ceiling. Raises ValueError where it has one."""
    if package is None or package.round.money is None:
        return announced
    ceiling = announced.pot.ceiling
    if ceiling.cents is not None:
        raise ValueError(
            f"ceiling_money: the scheme gives {ceiling.cents} cents, so package {package.package.id} names none"
        )
    pot = replace(announced.pot, ceiling=replace(ceiling, cents=int(package.round.money * 100)))
    return replace(announced, pot=pot)


def announced_round(library: Library, scheme: str, code: str) -> Round | None:
    """Find a round as it was announced; None when it was not. Raises KeyError or NoSuchRound.

    A rehearsal is found by a name of its own too, which no file of the scheme has; where there is neither, both are named.
    """
    try:
        digest = version_with(library, scheme, code).digest
    except NoSuchRound as fault:
        rehearsals = Round.objects.filter(rehearsal=True, version__scheme=scheme).order_by("-pk")
        rehearsal = rehearsals.filter(code=code).first()
        if rehearsal is None:
            own = dict.fromkeys(one for one in rehearsals.values_list("code", flat=True) if one not in fault.known)
            raise NoSuchRound(scheme, code, [*fault.known, *reversed(own)]) from None
        return rehearsal
    row = PublishedVersion.objects.filter(digest=digest).first()
    return None if row is None else Round.objects.filter(version=row, code=code).first()


def version_with(library: Library, scheme: str, code: str) -> Version:
    """Find the newest version of a scheme that has a round of that name."""
    versions = library.scheme(scheme).versions
    for version in reversed(versions):
        if any(one.id == code for one in version.rounds):
            return version
    raise NoSuchRound(scheme, code, [one.id for version in versions for one in version.rounds])


def executing_body(version: Version) -> Body:
    """Give the body that executes a version; one that nobody entered yet is entered by its name."""
    name = version.body.get("executes") or version.body.get("decides") or version.id
    found = Body.objects.filter(name__iexact=name).first()
    if found is not None:
        return found
    code = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.lower()).split())[:50]
    return Body.objects.get_or_create(code=code.strip("-") or "body", defaults={"name": name[:200]})[0]
