"""Which part of the cost of an application each member of its partnership bears, so that a grant can be told apart. Reads only."""

from doorleren.applications.models import Answer, Divided, Subject
from doorleren.applications.partnerships.standing import planned, standings
from doorleren.applications.partnerships.totals import COSTS, SUMS


def bearing(application: int) -> dict[int, int]:
    """Give a weight by number of each member that takes part; nothing where no partnership applies.

    As the cost was divided over them, else by what each has of it; evenly where neither was told.
    """
    members = {one.member.number for one in standings(application) if one.present}
    if not members:
        return {}
    told = planned(application, Divided.SHARES)
    if told is not None and told.told.members == members:
        weights = {one.member: one.part for one in told.told.parts if one.member is not None}
    else:
        rows = Answer.objects.filter(application=application, subject_kind=Subject.MEMBER, fact=SUMS[COSTS])
        weights = {number: cents or 0 for number, cents in rows.order_by("id").values_list("subject_number", "cents")}
    found = {number: weights.get(number, 0) for number in sorted(members)}
    return found if any(found.values()) else dict.fromkeys(found, 1)
