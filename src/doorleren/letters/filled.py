"""Filling a template: the letter as plain content, in one language, that PDF and HTML both show. Pure.

Content is what is hashed and kept: nothing of a letter follows from anything else than this and the release that set it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from doorleren.core.days import written_day
from doorleren.core.money import euros
from doorleren.core.texts import in_language, sentences
from doorleren.letters.templates import NAMED, Block, Template
from doorleren.letters.variables import SPOKEN, VARIABLES, Reason, Sum

WORDS = {
    "nl": {"condition": "Voorwaarde", "met": "Voldaan", "why": "Toelichting", "yes": "ja", "no": "nee",
           "unknown": "niet te zeggen", "what": "Omschrijving", "amount": "Bedrag", "date": "Datum",
           "reference": "Kenmerk", "about": "Onderwerp", "page": "Bladzijde", "attachment": "Bijlage",
           "meets": "Aan deze voorwaarden voldoet u:", "meets_too": "Aan deze voorwaarden voldoet u wel:"},
    "en": {"condition": "Condition", "met": "Met", "why": "Explanation", "yes": "yes", "no": "no",
           "unknown": "cannot be told", "what": "Description", "amount": "Amount", "date": "Date",
           "reference": "Reference", "about": "Subject", "page": "Page", "attachment": "Attachment",
           "meets": "You meet these conditions:", "meets_too": "You do meet these conditions:"},
}  # fmt: skip
"""The few words that no template says: heads of tables, and what stands above a letter."""


BLANKS = re.compile(r"[ \n]+")


class NotFilled(ValueError):
    """Something that the template names has no value, or one of another kind; the message names it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a letter as it is shown: a heading, a paragraph, a list, a table with its heads, or where an attachment begins.

    A table's last column is aligned right where `sums`; `strong` are the places of its rows that are a total.
    """

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sums: bool = False
    strong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """What goes along with a letter, on pages of its own: what it is called, and its parts."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole letter in one language."""

    template: str
    language: str
    subject: str
    body: str
    recipient: str
    address: tuple[str, ...]
    day: str
    made_on: str
    reference: str
    words: Mapping[str, str]
    pieces: tuple[Piece, ...]

    def plain(self) -> dict[str, Any]:
        """Give it as what JSON can hold."""
        return asdict(self)


def fill(template: Template, values: Mapping[str, Any], *, on: date, language: str) -> Content:
    """Fill a template for a day; what goes along with it (`attached` of the values) is listed in it and comes after it.

    Raises NotFilled, which names the variable.
    """
    along = _titled(values.get("attached", ()), WORDS[language]["attachment"])
    values = {**values, "attachments": tuple(one.title for one in along)} if along else values
    needed = template.variables | {"body", "recipient", "address", "reference"}
    for name in sorted(needed):
        _check(name, values)
    spoken = {name: _spoken(name, values[name], language) for name in needed if _in_sentence(name)}
    pieces = [
        piece for one in template.blocks if not one.when or values[one.when] for piece in _pieces(one, values, spoken, language)
    ]  # fmt: skip
    return Content(
        template.id, language, _said(in_language(template.subject, language), spoken), spoken["body"], spoken["recipient"],
        tuple(values["address"]), written_day(on, language), on.isoformat(), spoken["reference"], WORDS[language],
        (*pieces, *(piece for one in along for piece in (Piece("attachment", one.title), *one.pieces))),
    )  # fmt: skip


def _titled(attachments: Iterable[Attachment], word: str) -> tuple[Attachment, ...]:
    """Give attachments their number. Example: "Bijlage 1: stukken waarop het besluit rust"."""
    return tuple(replace(one, title=f"{word} {place}: {one.title}") for place, one in enumerate(attachments, 1))


def _check(name: str, values: Mapping[str, Any]) -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "text": str, "sentences": str, "day": date, "money": int, "number": int, "truth": bool, "reasons": (list, tuple),
        "sums": (list, tuple), "lines": (list, tuple),
    }  # fmt: skip
    kind = VARIABLES[name].kind
    if name not in values:
        raise NotFilled(f"{name}: given nothing, allowed is a {kind}")
    if not isinstance(values[name], kinds[kind]) or (kind in ("money", "number") and isinstance(values[name], bool)):
        raise NotFilled(f"{name}: given {values[name]!r}, allowed is a {kind}")


def _in_sentence(name: str) -> bool:
    return VARIABLES[name].kind in SPOKEN


def money(cents: int, language: str) -> str:
    """Write cents as people write euros, always with cents: "€ 1.250,00", which does not break over two lines."""
    written = f"{Decimal(euros(cents)):,.2f}"
    return f"€\N{NO-BREAK SPACE}{written.translate(str.maketrans(',.', '.,'))}" if language == "nl" else f"€{written}"


def _spoken(name: str, value: Any, language: str) -> str:
    kind = VARIABLES[name].kind
    if kind == "day":
        return written_day(value, language)
    if kind == "sentences":
        return sentences(value)
    return money(value, language) if kind == "money" else str(value)


def _said(text: str, spoken: Mapping[str, str]) -> str:
    return NAMED.sub(lambda found: spoken[found[1]], text)


def _pieces(block: Block, values: Mapping[str, Any], spoken: Mapping[str, str], language: str) -> list[Piece]:
    said = _said(in_language(block.texts, language), spoken) if block.texts else ""
    if block.kind == "heading":
        return [Piece("heading", said)]
    paragraphs = [Piece("text", BLANKS.sub(" ", one.strip())) for one in said.split("\n\n") if one.strip()]
    if block.kind == "list":
        listed = tuple(values[block.of])
        return [*paragraphs, Piece("list", lines=listed)] if listed else []
    if block.kind == "reasons":
        return _reasons(paragraphs, values[block.of], WORDS[language])
    if block.kind == "sums":
        return [*paragraphs, _sums(values[block.of], language)] if values[block.of] else []
    return paragraphs


def _reasons(said: list[Piece], reasons: Sequence[Reason], words: Mapping[str, str]) -> list[Piece]:
    """Put what was not met first, with why, under what the template says; then, in short, what was."""
    lacking = sorted((one for one in reasons if not one.met), key=lambda one: one.met is None)
    met = tuple(f"{one.text} ({one.source})" if one.source else one.text for one in reasons if one.met)
    told = [*said, _why(lacking, words)] if lacking else []
    return [*told, Piece("text", words["meets_too" if lacking else "meets"]), Piece("list", lines=met)] if met else told


def _why(reasons: Iterable[Reason], words: Mapping[str, str]) -> Piece:
    met = {False: words["no"], None: words["unknown"]}
    rows = tuple(
        (
            one.text,
            met[one.met],
            f"{one.ground} ({one.source})" if one.source and one.ground else one.ground or one.source,
        )
        for one in reasons
    )
    return Piece("table", heads=(words["condition"], words["met"], words["why"]), rows=rows)


def _sums(sums: tuple[Sum, ...], language: str) -> Piece:
    rows = tuple((one.text, "" if one.cents is None else money(one.cents, language)) for one in sums)
    heads = (WORDS[language]["what"], WORDS[language]["amount"])
    strong = tuple(place for place, one in enumerate(sums) if one.total)
    return Piece("table", heads=heads, rows=rows, sums=True, strong=strong)
