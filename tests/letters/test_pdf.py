"""A letter as PDF: tagged, in its language, the same bytes each time, with every word that it says."""

import io
import json
import random
import unicodedata
from datetime import date

import pikepdf
import pytest

from doorleren.letters.filled import Content, fill
from doorleren.letters.html import as_html
from doorleren.letters.pdf import NotSet, _compiled, as_pdf, has, left_out
from doorleren.letters.signs import NOTE, signs
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import VARIABLES, examples
from doorleren.shipped import folder
from tests.letters.reading import words_in

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


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_letter_can_be_set(name: str) -> None:
    """Each letter is set as PDF/UA, in both languages, with every block that it can have: as in the examples, and the other way round."""
    turned = {name: not one.example for name, one in VARIABLES.items() if one.kind == "truth"}
    for language in ("nl", "en"):
        for values in (examples(), examples() | turned):
            assert as_pdf(fill(ALL[name], values, on=ON, language=language)).startswith(b"%PDF")


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


ALPHABETS = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
"""Latin-1, Latin Extended-A and -B, and Latin Extended Additional: all that the civil registration writes names in, and more."""
WITH_MARKS = (
    "C\u0306",
    "M\u0302",
    "J\u030c",
    "H\u0331",
    "K\u0331",
    "r\u0323\u0304",
    "\u1ea1\u0306",
    "\u00e2\u0323",
    "L\u0325",
    "N\u0308",
)
"""Letters of names for which Unicode has no sign of their own."""
CHINESE, EMOJI, ARABIC = "\u738b\u5c0f\u660e", "\U0001f468\u200d\U0001f469", "\u0645\u062d\u0645\u062f"


def written(name: str, grounds: str = "Het is te laat.", language: str = "nl") -> Content:
    """Fill a refusal for a name, with grounds."""
    return fill(ALL["refused"], examples() | {"recipient": name, "grounds": grounds}, on=ON, language=language)


def test_every_name_of_the_civil_registration_is_set_as_it_is() -> None:
    """Each Latin letter, with whatever marks, is in the PDF by itself: none is left out, and the text is got out again."""
    names = [chr(code) for some in ALPHABETS for code in some if chr(code).isalpha()] + list(WITH_MARKS)
    assert {"\u0218", "\u011f", "\u015f", "\u0141", "\u0151", "\u1e9e", "\u01e6", "\u0132"} <= set(names)
    content = written(" ".join(names))
    assert left_out(content) == ()
    found = words_in(as_pdf(content)).split()
    assert [name for name in names if name not in found] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_with_signs_that_no_typeface_has_is_made(language: str) -> None:
    """Chinese and emoji become codes and the letter says so, Arabic is set; it is PDF/UA-1, and its content and HTML keep the signs."""
    content = written(f"{CHINESE} \u0141ucja", f"{EMOJI} {ARABIC}\ten\ufeff verder", language)
    assert left_out(content) == (*CHINESE, EMOJI)
    made = as_pdf(content)
    assert made == as_pdf(content)
    pdf, words = pikepdf.open(io.BytesIO(made)), words_in(made)
    assert (pdf.open_metadata()["pdfuaid:part"], str(pdf.Root.Lang)) == ("1", language)
    assert structure(pdf).count("/H1") == 1
    assert "[U+738B U+5C0F U+660E] \u0141ucja" in words
    assert "[U+1F468 U+200D U+1F469]" in " ".join(words.split())
    assert set(ARABIC) <= set(words)
    assert "\ufeff" not in words
    assert "FEFF" not in words
    assert " ".join(words.split()).count(NOTE[language].split(". ")[0]) == 1
    for kept in (as_html(content), json.dumps(content.plain(), ensure_ascii=False)):
        assert CHINESE in kept
        assert EMOJI in kept
        assert "U+738B" not in kept


def test_what_is_set_alone_and_refused_together_is_left_out_too() -> None:
    """Marks of another script hold up no letter: then all but Latin becomes codes, and Latin stays."""
    odd = "\u0341\u0902 \u0141"
    assert all(has(one) for one in signs(odd))
    with pytest.raises(NotSet):
        _compiled(written(odd))
    assert "\u0141" in words_in(as_pdf(written(odd)))
    assert left_out(written(odd)) == ("\u0341\u0902",)


def test_without_the_codes_such_a_letter_is_not_set() -> None:
    """The control: the same letter, set as it is, is refused by name; so the codes are what makes it."""
    with pytest.raises(NotSet, match="\u738b"):
        _compiled(written(CHINESE))
    assert not has("\u738b")
    assert has("\u0141")


def test_any_signs_at_all_can_be_in_a_letter() -> None:
    """Letters of signs drawn from all of Unicode are made, whatever stands beside what."""
    draw = random.Random(20261123)
    known = [chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) not in ("Cs", "Cn")]
    for _ in range(12):
        assert as_pdf(written("".join(draw.choices(known, k=25)))).startswith(b"%PDF")
