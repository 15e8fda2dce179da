"""To which single undertakings a grant is aid under the ceiling over three years: an organisation with the firms that are linked with it.

Of a partnership each member has its part of the grant, as it bears the cost, and a ceiling of its own; members that are linked
with each other share one. Firms are those that who applied named. Reads only.
"""

from collections.abc import Collection, Iterable

from doorleren.applications.answers import Counted
from doorleren.applications.models import Member, Subject
from doorleren.applications.other_money import aided, firms_in
from doorleren.applications.partnerships.bearing import bearing
from doorleren.applications.partnerships.commands.divide_cost import own_kvk
from doorleren.applications.partnerships.totals import AID, LINKED
from doorleren.applications.values import UNKNOWN
from doorleren.decisions.double_funding import Undertaking
from doorleren.decisions.matters import Matter


def undertakings_of(matter: Matter, answers: Collection[Counted]) -> tuple[Undertaking, ...]:
    """Give the undertakings with what was told of each; nothing where a grant is no such aid, or a person applies."""
    kvk = own_kvk(matter.application)
    if not kvk or not aided(matter.track, matter.version.stacking):
        return ()
    weights = bearing(matter.application.pk)
    if not weights:
        return (_told("", kvk, 1, answers, (Subject.APPLICATION, 0)),)
    members = Member.objects.filter(application=matter.application, number__in=weights).order_by("number")
    return linked_together(
        _told(one.name, one.kvk, weights[one.number], answers, (Subject.MEMBER, one.number)) for one in members
    )


def linked_together(found: Iterable[Undertaking]) -> tuple[Undertaking, ...]:
    """Put those that are linked with each other together: each told what all of them had, so the most of that counts."""
    kept: list[Undertaking] = []
    for one in found:
        for other in [each for each in kept if each.firms & one.firms]:
            kept.remove(other)
            one = Undertaking(
                f"{other.name} en {one.name}", other.firms | one.firms, other.part + one.part, max(other.aid, one.aid)
            )
        kept.append(one)
    return tuple(kept)


def _told(name: str, kvk: str, part: int, answers: Iterable[Counted], of: tuple[str, int]) -> Undertaking:
    told = {one.fact: one.value for one in answers if (one.subject_kind, one.subject_number) == of}
    aid = told.get(AID, UNKNOWN)
    return Undertaking(name, firms_in(told.get(LINKED)) | {kvk}, part, aid if isinstance(aid, int) else 0)
