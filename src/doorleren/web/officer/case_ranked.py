"""Where an application stands in the list of the committee, in a sentence; nothing for who declared a conflict of interest in it."""

from django.utils.translation import gettext as _

from doorleren.decisions.committee.places import place_of
from doorleren.decisions.committee.ranking import most_of
from doorleren.decisions.models import ConflictDeclaration
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.public.values import number


def ranked_shown(found: AtHand) -> str:
    """Say it; nothing where no committee ranks the round, or while there is no list. Schemes without criteria ask nothing of the database."""
    matter = found.matter
    if matter is None or not matter.version.criteria:
        return ""
    place = place_of(found.case.pk)
    own = ConflictDeclaration.objects.filter(case=found.case, member__person=found.asking.who.person)
    last = own.order_by("at", "pk").last()
    if place is None or (last is not None and last.conflict):
        return ""
    told = {
        "score": number(place.score), "most": number(most_of(matter.version.criteria)), "rank": place.rank,
        "among": place.among,
    }  # fmt: skip
    if place.rank is None:
        return _("%(score)s van ten hoogste %(most)s punten: onder een drempel, en dus zonder plek.") % told
    said = _("Plek %(rank)s van %(among)s, met %(score)s van ten hoogste %(most)s punten.") % told
    return f"{said} {_('Bij gelijke punten besliste het lot.')}" if place.drawn else said
