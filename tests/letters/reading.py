"""Reading the words of a letter's PDF as a screen reader or a search gets them: through ToUnicode and ActualText."""

import io
import re
from collections.abc import Iterator

import pikepdf


def words_in(pdf: bytes) -> str:
    """Give the words of all pages, in the order in which they are drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "\n".join("".join(_drawn(page)) for page in opened.pages)


def _drawn(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _unicode_of(font) for name, font in page.Resources.Font.items()}
    table: dict[int, str] = {}
    hidden = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            table = fonts[str(operands[0])]
        elif name == "BDC":
            actual = operands[1].get("/ActualText") if isinstance(operands[1], pikepdf.Dictionary) else None
            if actual is not None and not hidden:
                yield str(actual)
            hidden += 1 if hidden or actual is not None else 0
        elif name == "EMC":
            hidden = max(0, hidden - 1)
        elif name in ("Tj", "TJ") and not hidden:
            for one in operands[0] if name == "TJ" else operands:
                if isinstance(one, pikepdf.String):
                    yield "".join(table[code] for code in _codes(bytes(one)))
        elif name == "ET":
            yield " "


def _codes(raw: bytes) -> Iterator[int]:
    return (int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2))


def _unicode_of(font: pikepdf.Object) -> dict[int, str]:
    """Read which text each code of a font stands for."""
    told = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            found |= {int(first, 16) + add: chr(start + add) for add in range(int(last, 16) - int(first, 16) + 1)}
    return found
