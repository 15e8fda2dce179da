"""What every template needs to say something the same way: a sign, a sum of money, a field's id."""

from decimal import Decimal
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from doorleren.web.public import words

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """A sign from icons.svg beside a word that says the same; screen readers pass it by.

    The word is the caller's duty: no meaning rests on a sign or a colour alone.
    """
    return _drawn(static("doorleren/icons.svg"), name, extra_class)


@lru_cache(maxsize=256)
def _drawn(signs: str, name: str, extra_class: str) -> SafeString:
    """Write a sign once: a page has dozens, of a few kinds."""
    return format_html(
        '<svg class="dl-icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra_class}" if extra_class else "",
        signs,
        name,
    )


@register.filter
def euro(amount: Decimal | int | str | None) -> str:
    """Euros as people write them: Dutch "€ 1.250" and "€ 699,95", English "€1,250" and "€699.95".

    Takes a decimal, an int or text with a point ("699.95"); nothing gives nothing. Whole euros lose their cents.
    """
    if amount is None or amount == "":
        return ""
    exact = Decimal(amount)
    written = f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.2f}"
    if get_language() == "en":
        return f"€{written}"
    return f"€{NBSP}{written.translate(str.maketrans(',.', '.,'))}"


@register.filter
def cited(source: str) -> str:
    """A source as `doorleren.web.public.words.cited` says it, for templates that show what a contract or a table gives."""
    return words.cited(source)


@register.filter
def by_four(number: str) -> str:
    """An account number as it stands on a bank card: without the spaces that were typed, in capitals, four signs at a time."""
    bare = "".join(number.split()).upper()
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


@register.filter
def field_id(name: str) -> str:
    """The id of a question's field from the name of its fact: "person.birth_date" gives "q-person-birth_date"."""
    return "q-" + name.replace(".", "-")
