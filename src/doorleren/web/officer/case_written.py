"""What repeats on the page of a case, as HTML: rules beside facts and judgement, acts that happened, letters.

Written here and not in a template, because a case has dozens of each, and a template takes ten times as long over them.
Whoever changes this: every word that is put in goes through `escape`, but for what is HTML already.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from doorleren.web.spoken import once_per_language

RULE = """<tr class="utrecht-table__row" role="row"><th scope="row" role="rowheader" class="utrecht-table__header-cell"><div class="dl-first-capital">{rule}</div>{cited}</th>
<td role="cell" class="utrecht-table__cell"><span class="dl-cell-label" aria-hidden="true">{w_facts}</span>{facts}</td>
<td role="cell" class="utrecht-table__cell"><span class="dl-cell-label" aria-hidden="true">{w_found}</span>{badge} <div class="dl-small dl-muted dl-first-capital">{ground}</div>{documents}{computed}</td></tr>
"""
DOCUMENTS = '<div class="dl-small dl-break">{} {}</div>'
LINKED = '<a class="nl-link" href="{}">{}</a>'
COMPUTED = '<div class="dl-small">{} {}</div>'
FACT = '<div><dt class="dl-first-capital">{}</dt><dd>{} <span class="dl-small dl-muted">({})</span></dd></div>'
WHY = '<div class="dl-small dl-muted dl-first-capital"{}>{}</div>'
HAPPENED = """<li class="dl-flow dl-flow--tight"><p class="nl-paragraph dl-first-capital"><strong>{}</strong> {}</p><p class="nl-paragraph dl-small dl-muted">{} {} {}{}</p></li>
"""
LETTER = """<li class="dl-flow dl-flow--tight"><p class="nl-paragraph dl-first-capital"><a class="nl-link" href="{}">{} (PDF)</a> <span class="dl-badge dl-badge--{}">{}</span></p><p class="nl-paragraph dl-small dl-muted">{} {}</p></li>
"""


def rules(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write the rows of a table of rules (officer/case_rules.html), with the words above its columns for a narrow screen."""
    by_rules, words = _("Volgens de regels:"), {"w_facts": escape(_("Ingevuld")), "w_found": escape(_("Oordeel"))}
    return SafeString("".join(
        RULE.format(
            rule=escape(one["text"]), cited=one["cited"], facts=_facts(one), badge=one["badge"],
            ground=escape(one["ground"] or one["basis"]), documents=_documents(one["documents"]),
            computed=COMPUTED.format(escape(by_rules), one["computed"]) if one["computed"] else "", **words,
        )
        for one in rows
    ))  # fmt: skip


def facts(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write what was answered, as items of a list of facts. rows: applicant.words.answer_shown."""
    return SafeString("".join(
        FACT.format(escape(one["question"]), escape(one["answer"]), escape(one["origin"])) for one in rows
    ))  # fmt: skip


def _facts(rule: Mapping[str, Any]) -> str:
    """Write what was answered to what a rule looks at, or why nobody can compute it."""
    if rule["facts"]:
        return f'<dl class="dl-rules__facts">{facts(rule["facts"])}</dl>'
    return WHY.format(f' lang="{rule["why_lang"]}"' if rule["why_lang"] else "", escape(rule["why"]) or "-")


def _documents(looked_at: Iterable[Mapping[str, str]]) -> str:
    """Write the documents that an official looked at for a rule."""
    found = [(LINKED if one["file"] else "{1}").format(one["file"], escape(one["name"])) for one in looked_at]
    return DOCUMENTS.format(escape(_("Bekeken:")), ", ".join(found)) if found else ""


def happened(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write acts as items of a list. rows: case_shown.history."""
    return SafeString("".join(
        HAPPENED.format(
            escape(one["words"]), one["details"], escape(one["done"]), escape(one["letter"]), escape(one["ground"]),
            _assumed() if one["assumed"] and one["ground"] else "",
        )
        for one in rows
    ))  # fmt: skip


@once_per_language
def _assumed() -> SafeString:
    """Write the badge of a ground that no source gives."""
    return render_to_string("officer/assumed.html")


def letters(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write letters as items of a list. rows: case_shown.letters_shown."""
    return SafeString("".join(
        LETTER.format(*(escape(one[name]) for name in ("url", "words", "tone", "status", "made", "how"))) for one in rows
    ))  # fmt: skip
