"""Who pays what of the cost of a grant and who does what of it, as the letter of a decision and one's own file tell it."""

from collections.abc import Iterable

from doorleren.applications.models import FINANCIER_NAMES, MemberTask
from doorleren.applications.partnerships.financiers import Pays, payers
from doorleren.applications.partnerships.standing import tasks_of
from doorleren.applications.partnerships.totals import LEAD
from doorleren.core.texts import Texts, in_language
from doorleren.decisions.matters import Matter
from doorleren.letters.variables import Sum
from doorleren.rules.provisions import provision_of

_GRANT: Texts = {"nl": "deze {name}", "en": "this {name}"}
_REST: Texts = {
    "nl": "niet gedekt: dit betaalt u zelf, of u regelt het met wie meebetaalt",
    "en": "not covered: you pay this yourself, or arrange it with those who pay along",
}
_WHOLE: Texts = {"nl": "de kosten", "en": "the cost"}
_DOES: Texts = {"nl": "{name} is verantwoordelijk voor: {does}", "en": "{name} is responsible for: {does}"}
_REPORTS: Texts = {
    "nl": "{does}; {name} meldt bij de afronding: {reports}",
    "en": "{does}; {name} reports at the end: {reports}",
}
_LEAD_REPORTS: Texts = {
    "nl": "{does}; de penvoerder meldt de afronding",
    "en": "{does}; the lead partner reports the end",
}


def paid_together(matter: Matter, granted: int, language: str) -> tuple[Sum, ...]:
    """Give who pays which part of the cost with a grant of so many cents; together exactly the cost. Nothing where nobody told it."""
    if not matter.together:
        return ()
    return shares(payers(matter.application.pk), granted, language, procedure=matter.version.procedure)


def responsibilities(matter: Matter, language: str) -> tuple[str, ...]:
    """Say of each member what it is responsible for and who reports that, as far as it was told."""
    if not matter.together:
        return ()
    tasks = tasks_of(matter.application.pk)
    return tuple(_responsible(tasks[number], number == LEAD, language) for number in sorted(tasks))


def _responsible(task: MemberTask, lead: bool, language: str) -> str:
    name, does = task.member.name, task.does
    said = in_language(_DOES, language).format(name=name, does=does)
    if task.reports:
        return in_language(_REPORTS, language).format(does=said, name=name, reports=task.reports)
    return said if lead else in_language(_LEAD_REPORTS, language).format(does=said)


def shares(
    parts: Iterable[Pays], granted: int, language: str, *, procedure: str = "grant_settle"
) -> tuple[Sum, ...]:  # fmt: skip
    """Give the rows: the grant as it was given, each other part as it was told, what then is covered by nobody, the whole."""
    told = list(parts)
    if not told:
        return ()
    others = [one for one in told if one.line.financier != "scheme"]
    whole = sum(one.line.part for one in told)
    rest = whole - granted - sum(one.line.part for one in others)
    rows = [Sum(in_language(_GRANT, language).format(**provision_of(procedure).says(language)), granted)]
    rows += [
        Sum(one.line.name or in_language(FINANCIER_NAMES[one.line.financier], language), one.line.part)
        for one in others
    ]
    if rest > 0:
        rows.append(Sum(in_language(_REST, language), rest))
    return (*rows, Sum(in_language(_WHOLE, language), max(whole, whole - rest), True))
