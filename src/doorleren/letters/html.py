"""A letter as HTML, for the person's file: the same content as the PDF, without style or script of its own."""

from collections.abc import Iterator
from html import escape

from doorleren.letters.filled import Content, Piece


def as_html(content: Content) -> str:
    """Write a letter as one <article>; every text in it is escaped."""
    words = content.words
    head = (
        f'<article class="dl-letter" lang="{escape(content.language)}">',
        f"<p><strong>{escape(content.body)}</strong></p>",
        f"<address>{'<br>'.join(escape(one) for one in (content.recipient, *content.address))}</address>",
        f"<p>{escape(words['date'])}: {escape(content.day)}<br>{escape(words['reference'])}: {escape(content.reference)}</p>",
        f"<h2>{escape(content.subject)}</h2>",
    )
    return "".join([*head, *(part for piece in content.pieces for part in _piece(piece)), "</article>"])


def _piece(piece: Piece) -> Iterator[str]:
    if piece.kind == "heading":
        yield f"<h3>{escape(piece.text)}</h3>"
    elif piece.kind == "attachment":
        yield f"<h2>{escape(piece.text)}</h2>"
    elif piece.kind == "list":
        yield f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in piece.lines)}</ul>"
    elif piece.kind == "table":
        heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in piece.heads)
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        for place, row in enumerate(piece.rows):
            strong = place in piece.strong
            cells = (f"<strong>{escape(one)}</strong>" if strong else escape(one) for one in row)
            yield f"<tr>{''.join(f'<td>{one}</td>' for one in cells)}</tr>"
        yield "</tbody></table>"
    else:
        yield f"<p>{escape(piece.text)}</p>"
