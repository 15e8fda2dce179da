"""A letter as PDF: tagged, in its language, the same bytes each time, with every word that it says."""

import io
from datetime import date

import pikepdf
import pytest

from doorleren.letters.filled import fill
from doorleren.letters.pdf import NotSet, as_pdf
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.shipped import folder

ALL = read_templates(folder("law") / "letters")
ON = date(2026, 3, 2)


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """Give the tags of the document's structure, from top to bottom."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_is_a_tagged_pdf_in_its_language(language: str) -> None:
    """It says that it is PDF/UA-1, which language it is in and what it is called, and has headings and tables as tags."""
    content = fill(ALL["granted"], examples(), on=ON, language=language)
    pdf = pikepdf.open(io.BytesIO(as_pdf(content)))
    meta = pdf.open_metadata()
    assert meta["pdfuaid:part"] == "1"
    assert meta["dc:title"] == content.subject
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    tags = structure(pdf)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= set(tags)
    assert tags.count("/H1") == 1


def test_every_font_is_inside() -> None:
    """No font is left to the machine that shows the letter."""
    pdf = pikepdf.open(io.BytesIO(as_pdf(fill(ALL["granted"], examples(), on=ON, language="nl"))))
    fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for name, font in fonts.items():
        inner = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()), name


def test_the_same_letter_is_the_same_bytes() -> None:
    """Set twice it is equal to the byte, so that its hash means something; another reference gives other bytes."""
    values = examples()
    first, again = (as_pdf(fill(ALL["refused"], values, on=ON, language="nl")) for _ in range(2))
    other = as_pdf(fill(ALL["refused"], values | {"reference": "DL-0000"}, on=ON, language="nl"))
    assert first == again != other


def test_a_long_letter_goes_on_over_pages() -> None:
    """A calculation of a thousand rows is set over many pages, and still tagged."""
    rows = tuple(values for values in examples()["calculation"] for _ in range(400))
    pdf = pikepdf.open(
        io.BytesIO(as_pdf(fill(ALL["granted"], examples() | {"calculation": rows}, on=ON, language="nl")))
    )
    assert len(pdf.pages) > 20
    assert structure(pdf).count("/TR") > 1000


def test_a_sign_that_no_typeface_has_is_refused_by_name() -> None:
    """A name in a script that the typeface lacks gives a clear error and no letter with holes in it."""
    with pytest.raises(NotSet, match="\u540d"):
        as_pdf(fill(ALL["granted"], examples() | {"recipient": "\u540d"}, on=ON, language="nl"))
