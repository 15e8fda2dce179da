"""The rows of a work list, each as it stands in the table of officer/cases_table.html.

Written here and not in a template: fifty rows of a dozen values are most of a list, and a template takes ten times as long
for them. What rows share (a day, a badge, a name) is written once; `format_html` escapes every value.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from doorleren.cases.queries import Row
from doorleren.cases.references import reference_of
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_asked import scheme_name
from doorleren.web.officer.case_words import TONES, due_terms, state_named
from doorleren.web.officer.official import Official
from doorleren.web.templatetags.look import icon

Key = TypeVar("Key", bound=Hashable)
PAST_EVERY = 5
"""After so many rows with a box the keyboard can go past the others, to what is done with the ticked ones."""

_CELL = '<td role="cell" class="utrecht-table__cell"><span class="dl-cell-label" aria-hidden="true">{}</span>'
_ROW = (
    '<tr class="utrecht-table__row" role="row"><th scope="row" role="rowheader" class="utrecht-table__header-cell">'
    '<span class="dl-ticked">{}<span><a class="nl-link dl-nowrap" href="{}">{}</a>{}</span></span>{}</th>'
    "{}{}</td>{}{}</td>{}{}</td>{}{}</td>{}{}</td></tr>"
)
_TICK = '<label class="dl-tick"><input type="checkbox" name="cases" value="{}"{}{}><span class="dl-only-heard">{}</span></label> '
_PAST = '<a class="nl-skip-link nl-skip-link--visible-on-focus" href="#q-assign">{}</a>'
_NAME = '<br><span class="dl-small">{}</span>'
_NOTHING, _NO_DAY = mark_safe(""), mark_safe("-")
_CHECKED, _WRONG = mark_safe(" checked"), mark_safe(' aria-describedby="q-cases-error"')


class Rows:
    """What rows of one page share. `boxes`: each has a box to tick; `chosen`: those that are ticked; `wrong`: none was.

    `names`: who applied, of the cases that were found by that name.
    """

    def __init__(
        self, asking: Official, *, boxes: bool, chosen: Collection[int] = (), wrong: bool = False,
        names: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        """Say everything once in the language of the page."""
        self._names = names or {}
        self._asking, self._boxes, self._chosen, self._wrong = asking, boxes, chosen, wrong
        self._terms = due_terms()
        self._mine, self._tick = format_html("<strong>{}</strong>", _("van u")), _("Kies %(reference)s")
        self._past = format_html(_PAST, _("Naar wat u hebt aangevinkt")) if boxes else _NOTHING
        self._late = format_html(
            ' <span class="dl-badge dl-badge--maybe">{}{}</span>', icon("warning"), _("te laat")
        )  # fmt: skip
        labels = (_("Regeling"), _("Stand"), _("Ontvangen"), _("Uiterste dag"), _("Van wie"))
        self._cells = [format_html(_CELL, one) for one in labels]
        self._before = reverse("officer-case", args=[reference_of(1)]).removesuffix(reference_of(1))
        self._day, self._due = _kept(written_day), _kept(self._due_cell)
        self._scheme, self._state = _kept(scheme_name), _kept(self._badge)

    def shown(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Give for each its reference and its row of the table."""
        return [{"reference": row.reference, "html": self._row(row, place)} for place, row in enumerate(rows, 1)]

    def _row(self, row: Row, place: int) -> SafeString:
        scheme, state, received, due, whose = self._cells
        return format_html(
            _ROW, self._ticked(row), self._before + row.reference, row.reference, self._name(row),
            _NOTHING if place % PAST_EVERY else self._past, scheme, self._scheme(row.scheme),
            state, self._state((row.state, row.procedure)), received, self._day(row.received_on),
            due, self._due((row.due_on, row.due_term)), whose, self._official(row),
        )  # fmt: skip

    def _ticked(self, row: Row) -> SafeString:
        if not self._boxes:
            return _NOTHING
        return format_html(
            _TICK, row.case, _CHECKED if row.case in self._chosen else _NOTHING, _WRONG if self._wrong else _NOTHING,
            self._tick % {"reference": row.reference},
        )  # fmt: skip

    def _name(self, row: Row) -> SafeString:
        return format_html(_NAME, self._names[row.case]) if row.case in self._names else _NOTHING

    def _badge(self, case: tuple[str, str]) -> SafeString:
        state, procedure = case
        tone = TONES.get(state, "")
        return format_html(
            '<span class="dl-badge{}">{}</span>', f" dl-badge--{tone}" if tone else "", state_named(state, procedure)
        )

    def _due_cell(self, due: tuple[date | None, str]) -> SafeString:
        day, term = due
        if day is None:
            return _NO_DAY
        return format_html(
            '<span>{}{}<br><span class="dl-small dl-muted">{}</span></span>', written_day(day),
            self._late if day < self._asking.today else _NOTHING, self._terms.get(term, term),
        )  # fmt: skip

    def _official(self, row: Row) -> str:
        if row.official == self._asking.who.person:
            return self._mine
        return "-" if row.official is None else row.official_name or str(row.official)


def _kept(write: Callable[[Key], str]) -> Callable[[Key], str]:
    """Write each value once."""
    found: dict[Key, str] = {}

    def written(value: Key) -> str:
        words = found.get(value)
        if words is None:
            words = found[value] = write(value)
        return words

    return written
