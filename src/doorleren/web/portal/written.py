"""What repeats on a page of results, as HTML: the boxes to tick and the trainings.

Written here and not in a template, because a page has some hundred boxes and twenty to fifty trainings, and a template
takes ten times as long over each. Whoever changes this: every word that is put in goes through `escape`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

BETWEEN = '<span aria-hidden="true"> · </span>'
TICK = '<label class="dl-tick"><input class="dl-at-once" type="{}" name="{}" value="{}"{}><span>{}'
COUNT, TICK_END = ' <span class="dl-tick__count">({:d})</span>', "</span></label>"
TRAINING = """<li><article class="dl-verdict dl-training" aria-labelledby="training-{key}">
  <div class="dl-verdict__head dl-verdict__head--amount">
    <div><h3 class="nl-heading nl-heading--level-3 dl-verdict__title" id="training-{key}">{title}</h3>
    <p class="nl-paragraph dl-training__who">{who}</p></div>
    <p class="nl-paragraph dl-amount"><span class="dl-amount__label">{label}</span><span class="dl-amount__value">{value}</span>{note}</p>
  </div>
  <dl class="dl-training__facts">{facts}</dl>
  <div class="dl-training__foot">{because}{compare}</div>
</article></li>"""
TITLE = '<a class="nl-link" href="{}"{}>{}</a>'
TITLE_POSTED = '<button class="dl-asalink" formaction="{}"{}>{}</button>'
LANG = ' lang="{}"'
NOTE = '<span class="dl-amount__note">{}</span>'
FACT = "<div><dt>{}</dt><dd>{}</dd></div>"
BECAUSE = '<p class="nl-paragraph dl-small dl-muted">{} {}</p>'
COMPARE = '<a class="nl-link dl-small" href="?{}">{}<span class="dl-only-heard">: <span{}>{}</span></span></a>'
COMPARE_POSTED = (
    '<button class="dl-asalink dl-small" name="go" value="{}">{}<span class="dl-only-heard">: <span{}>{}</span></span>'
    "</button>"
)


def ticks(name: str, options: Iterable[Mapping[str, Any]], box: str = "checkbox") -> SafeString:
    """Write the boxes of a facet: options with value, label, whether they are chosen, and a count where there is one."""
    return SafeString("".join(
        f"{_tick(box, name, one['value'], one['label'], one['chosen'])}"
        f"{'' if one['count'] is None else COUNT.format(one['count'])}{TICK_END}"
        for one in options
    ))  # fmt: skip


@lru_cache(maxsize=2000)
def _tick(box: str, name: str, value: str, label: str, chosen: bool) -> str:
    """Write a box up to its count: the same on every page."""
    return TICK.format(escape(box), escape(name), escape(value), " checked" if chosen else "", escape(label))


def trainings(cards: Iterable[Mapping[str, Any]], with_answers: bool, full: bool) -> SafeString:
    """Write trainings as items of a list. cards: see `cards.card`, with url, compared and toggle.

    `with_answers`: what leads on posts the answers along. `full`: no more can be compared.
    """
    words = _Words()
    return SafeString("".join(_training(one, words, with_answers, full) for one in cards))


class _Words:
    """The words that every training repeats, in the language of the page."""

    def __init__(self) -> None:
        facts = {
            "start": _("Begint"), "duration": _("Duur"), "level": _("Niveau"), "certificate": _("Bewijs"),
            "paid_by": _("Betaalt mee"), "may_pay": _("Betaalt misschien mee"),
        }  # fmt: skip
        self.facts = [(name, escape(word)) for name, word in facts.items()]
        self.found, self.compare, self.stop = map(escape, (_("Gevonden:"), _("Vergelijk"), _("Niet meer vergelijken")))


def _training(card: Mapping[str, Any], words: _Words, with_answers: bool, full: bool) -> str:
    pay, title = card["pay"], escape(card["title"])
    lang = LANG.format(escape(card["lang"])) if card["lang"] else ""
    compare = ""
    if card["compared"] or not full:
        how = COMPARE_POSTED if with_answers else COMPARE
        compare = how.format(escape(card["toggle"]), words.stop if card["compared"] else words.compare, lang, title)
    return TRAINING.format(
        key=int(card["key"]),
        title=(TITLE_POSTED if with_answers else TITLE).format(escape(card["url"]), lang, title),
        who=BETWEEN.join(escape(one) for one in (card["provider"], card["place"], card["km"]) if one),
        label=escape(pay["label"]),
        value=escape(pay["value"]),
        note=NOTE.format(escape(pay["note"])) if pay["note"] else "",
        facts="".join(FACT.format(word, escape(card[name])) for name, word in words.facts if card[name]),
        because=BECAUSE.format(words.found, escape(card["because"])) if card["because"] else "",
        compare=compare,
    )
