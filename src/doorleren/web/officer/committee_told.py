"""What the pages of a committee show: criteria, cases with how far their scoring is, points, and the list. Reads only."""

from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.decisions.commands.rank_round import needs_draw
from doorleren.decisions.committee.ranking import most_of, total_of
from doorleren.decisions.committee.scores import Committee, OfCase, committee_of, motivations_of, points_of
from doorleren.decisions.models import Ranked
from doorleren.people.file_keys import Destroyed
from doorleren.people.models import Person
from doorleren.rounds.freed import REFUSED
from doorleren.rounds.models import Place, Round, Ticket
from doorleren.rounds.queries import PlaceNow, last_changes
from doorleren.web.officer.asked import table
from doorleren.web.officer.official import Official
from doorleren.web.public.questions import language
from doorleren.web.public.scheme_cards import source
from doorleren.web.public.values import euros, number


def waits_for_scores(row: Round) -> bool:
    """Say whether a draw of a round would come too early: where a committee ranks it only settles scores that are fixed and the same."""
    if row.order != "ranking":
        return False
    found = committee_of(row)
    return not (found.fixed and needs_draw(found))


def criteria_told(found: Committee) -> list[dict[str, Any]]:
    """Describe the criteria: id, name, scale, weight, threshold in words, source, and the numbers for a script."""
    return [
        {
            "id": one.id, "name": one.says(language()), "least": one.least, "most": one.most, "weight": number(one.weight),
            "factor": str(float(one.weight)), "threshold": "" if one.threshold is None else number(one.threshold),
            "source": source(one.citation),
        }
        for one in found.criteria
    ]  # fmt: skip


def cases_told(found: Committee, asking: Official) -> dict[str, Any]:
    """Describe the table of cases: how far each is, and what the official who looks must still do with it."""
    me = asking.who.person
    columns = [_("Zaak"), _("Punten van"), _("Belang verklaard"), _("Voor u")]
    rows: list[list[str | dict[str, Any]]] = [
        [
            {"text": one.case.reference, "url": reverse("officer-committee-case", args=[one.case.reference])},
            _("%(given)s van %(of)s leden") % {"given": len(one.sheets), "of": len(one.sheets) + len(one.waiting) + len(one.undeclared)},
            str(len(one.conflicts)) if one.conflicts else "-",
            _for_me(one, me),
        ]
        for one in found.cases
    ]  # fmt: skip
    return {
        "table": table("cases", _("Aanvragen om te scoren"), columns, rows), "any": bool(rows),
        "lacking": found.without_a_case, "too_few": sum(one.too_few for one in found.cases), "left": sum(not one.done for one in found.cases),
    }  # fmt: skip


def _for_me(one: OfCase, me: int) -> str:
    if me in one.conflicts:
        return _("u hebt een belang")
    if me in one.undeclared:
        return _("eerst verklaren of u een belang hebt")
    if me in one.waiting:
        return _("punten geven")
    return _("klaar") if me in one.sheets else "-"


def given_told(found: Committee, one: OfCase) -> dict[str, Any]:
    """Describe the points that all members gave a case, with the means and what they come to."""
    people = {row.pk: row.name or str(row.pk) for row in Person.objects.filter(pk__in=one.sheets)}
    points = {person: points_of(sheet) for person, sheet in one.sheets.items()}
    total = total_of(found.criteria, tuple(points.values()))
    columns = [_("Criterium"), *(people[person] for person in points), _("Gemiddeld")]
    rows = [
        [each.says(language()), *(str(points[person][each.id]) for person in points), number(total.means[each.id])]
        for each in found.criteria
    ]
    return {
        "table": table("given", _("Punten van de commissie"), columns, rows),
        "score": number(total.score), "most": number(most_of(found.criteria)), "below": bool(total.below),
        "why": [{"name": people[person], "told": _why(found, one, person)} for person in points],
    }  # fmt: skip


def _why(found: Committee, one: OfCase, person: int) -> list[dict[str, str]]:
    try:
        told = motivations_of(one.sheets[person])
    except Destroyed:
        return []
    return [{"name": each.says(language()), "text": told.get(each.id, "")} for each in found.criteria]


def list_told(found: Committee, asking: Official) -> dict[str, Any] | None:
    """Describe the list that was made: rank, score and place of each case; None while there is none.

    Whoever has a conflict of interest in a case sees no score of it.
    """
    if found.ranking is None or found.ranking.ranked_at is None:
        return None
    places, changed = _places(found), last_changes(found.round.pk)
    hidden = {one.case.pk for one in found.cases if asking.who.person in one.conflicts}
    tickets = {one.case.pk: one.ticket for one in found.cases}
    ranks = Ranked.objects.filter(ranking=found.ranking).select_related("case").order_by("rank", "case")
    rows = [
        [
            str(one.rank or "-"), one.case.reference,
            _("niet te zien") if one.case_id in hidden else number(Fraction(one.numerator, one.denominator)),
            _("ja") if one.drawn else "-", _place(one, tickets.get(one.case_id), places, changed),
        ]
        for one in ranks
    ]  # fmt: skip
    columns = [_("Plek"), _("Zaak"), _("Score"), _("Geloot"), _("Plaats")]
    return {"table": table("list", _("De lijst"), columns, rows), "most": number(most_of(found.criteria))}


def _places(found: Committee) -> dict[int, Place]:
    return Place.objects.in_bulk([one.ticket.pk for one in found.cases])


def _place(one: Ranked, ticket: Ticket | None, places: dict[int, Place], changed: dict[int, PlaceNow]) -> str:
    """Say in words what place a case has now."""
    first = None if ticket is None else places.get(ticket.pk)
    now = None if ticket is None else changed.get(ticket.pk, first)
    if now is None:
        return _("ingetrokken")
    if one.rank is None:
        return _("buiten: niet goed genoeg")
    if isinstance(now, PlaceNow) and now.reason == REFUSED:
        return _("afgewezen: het geld ging verder")
    if now.outcome == "inside":
        return _("binnen: %(amount)s") % {"amount": euros(now.cents)}
    return _("wacht") if now.outcome == "waiting" else _("buiten: het geld is op")
