"""What a file is follows from its content, and every dangerous or broken kind is refused with its own reason."""

import zlib

import pytest

from doorleren.applications.evidence.faults import LARGEST, REASONS, NotAccepted
from doorleren.applications.evidence.kinds import KINDS, kind_of, kinds_of
from doorleren.applications.evidence.names import cleaned, handed_out_as
from tests.applications.evidence import files

MACRO_TYPES = files.types("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml")
TEMPLATE = (
    b'<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="https://elsewhere.example/t.dotm" TargetMode="External"/></Relationships>'
)
LINK = TEMPLATE.replace(b"attachedTemplate", b"hyperlink")
JAVASCRIPT = b"5 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n"
SCRIPT_PAGE = b"<script>alert(1)</script>"

REFUSED = {
    "nothing": (b"", "empty"),
    "more than allowed": (b"%PDF-" + bytes(LARGEST), "too_large"),
    "text": (b"an offer of 500 euros", "unknown_kind"),
    "a page": (b"<html><script>1</script></html>", "unknown_kind"),
    "a program": (b"MZ\x90\x00" + bytes(100), "unknown_kind"),
    "a drawing with scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_kind"),
    "pdf, cut off": (files.pdf()[:-20], "damaged"),
    "pdf, after other bytes": (b"\n" + files.pdf(), "unknown_kind"),
    "pdf with a password": (files.pdf(trailer=b"/Encrypt 9 0 R"), "encrypted"),
    "pdf with a script": (files.pdf(JAVASCRIPT), "macros"),
    "pdf with a script, name escaped": (files.pdf(JAVASCRIPT.replace(b"/JavaScript", b"/J#61vaScript")), "macros"),
    "pdf with a script, compressed": (files.pdf(files.object_stream(JAVASCRIPT)), "macros"),
    "pdf that starts a program": (files.pdf(b"5 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"), "macros"),
    "pdf with files": (files.pdf(b"5 0 obj\n<</Names<</EmbeddedFiles 6 0 R>>>>\nendobj\n"), "macros"),
    "pdf that is a bomb": (files.pdf(files.object_stream(bytes(70_000_000))), "bomb"),
    "pdf and archive": (files.pdf() + files.archive({"a.txt": b"a"}), "two_in_one"),
    "pdf and rar": (files.pdf(b"Rar!\x1a\x07\x00"), "two_in_one"),
    "pdf and page": (files.pdf().replace(b"\n%\xe2", b"\n%" + SCRIPT_PAGE + b"\xe2", 1), "two_in_one"),
    "png, cut off": (files.png()[:-6], "damaged"),
    "png, changed": (files.png().replace(b"IDAT", b"IDAU"), "damaged"),
    "png with something after it": (files.png() + b"more", "two_in_one"),
    "png, huge when drawn": (files.png(60_000, 60_000), "bomb"),
    "png with a page in it": (
        files.png().replace(files.chunk(b"IEND", b""), files.chunk(b"tEXt", SCRIPT_PAGE) + files.chunk(b"IEND", b"")),
        "two_in_one",
    ),
    "jpeg, cut off": (files.jpeg()[:-2], "damaged"),
    "jpeg without a picture": (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9", "damaged"),
    "jpeg, huge when drawn": (files.jpeg(60_000, 60_000), "bomb"),
    "jpeg and archive": (files.jpeg() + files.archive({"a.txt": b"a"}), "two_in_one"),
    "jpeg and pdf": (files.jpeg()[:2] + b"\xff\xfe\x00\x0a%PDF-1.7" + files.jpeg()[2:], "two_in_one"),
    "any archive": (files.archive({"a.txt": b"a"}), "unknown_kind"),
    "archive, cut off": (files.office()[:-30], "damaged"),
    "word with a password": (files.locked(files.office()), "encrypted"),
    "office with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted",
    ),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old_office"),
    "word with macros": (files.office(more={"word/vbaProject.bin": b"x"}), "macros"),
    "excel with macros by its types": (files.office("xlsx", types=MACRO_TYPES), "macros"),
    "excel with old macros": (files.office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
    "word with a program inside": (files.office(more={"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    "word with an archive inside": (files.office(more={"word/media/a.zip": b"x"}), "macros"),
    "word that fetches a template": (files.office(more={"word/_rels/settings.xml.rels": TEMPLATE}), "macros"),
    "word with entities": (files.office(types=b'<!DOCTYPE t [<!ENTITY a "b">]><Types/>'), "damaged"),
    "word without a list that can be read": (files.office(types=b"<Types"), "damaged"),
    "word and excel in one": (
        files.office(types=files.types(files.MAINS["docx"][1], "a").replace(
            b"</Types>", b'<Override ContentType="%s"/></Types>' % files.MAINS["xlsx"][1].encode())),
        "two_in_one",
    ),
    "word that leads out of its folder": (files.office(more={"../../etc/passwd": b"x"}), "damaged"),
    "word and page": (files.office(more={"<script>": b"x"}), "two_in_one"),
    "word after a remark": (files.archive({"[Content_Types].xml": b"<Types/>"}, comment=b"more"), "two_in_one"),
    "word with something after it": (files.office() + b"more", "two_in_one"),
    "a bomb of many zeros": (files.office(more={"word/a.xml": bytes(40_000_000)}), "bomb"),
    "a bomb by its list": (files.lying(files.office(more={"word/a.xml": b"a"}), 2_000_000_000), "bomb"),
    "a bomb of many parts": (files.office(more={f"word/{n}.xml": b"" for n in range(2_001)}), "bomb"),
    "a bomb of one part many times": (files.overlapping(files.office()), "bomb"),
    "a list of types without end": (files.office(types=b" " * 3_000_000), "bomb"),
    "opendocument with macros": (files.odf(more={"Basic/script-lc.xml": b"x"}), "macros"),
    "opendocument with a password": (files.odf(manifest=b"<m><manifest:encryption-data/></m>"), "encrypted"),
    "opendocument of another kind": (
        files.archive({"mimetype": b"application/vnd.oasis.opendocument.graphics"}, stored=("mimetype",)), "unknown_kind",
    ),
    "opendocument without content": (
        files.archive({"mimetype": files.ODF["odt"].encode(), "META-INF/manifest.xml": b""}, stored=("mimetype",)),
        "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(files.GOOD))
def test_each_kind_is_recognised(name: str) -> None:
    """Every kind of the table has a file that is accepted as that kind; so the refusals below are not of everything."""
    assert kind_of(files.GOOD[name]).name == name


def test_every_kind_has_a_file_here() -> None:
    """The table of kinds has none that is not tried."""
    assert set(files.GOOD) == set(KINDS)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_refused(name: str) -> None:
    """Each kind of bad file is refused with the reason that says what to do."""
    raw, reason = REFUSED[name]
    with pytest.raises(NotAccepted) as refused:
        kind_of(raw)
    assert refused.value.reason == reason


def test_each_reason_of_content_is_tried() -> None:
    """Every reason that the content alone can give has a file above, and every one has its sentences."""
    by_others = {"other_kind", "not_the_same", "infected"}
    assert {reason for _, reason in REFUSED.values()} == set(REASONS) - by_others
    assert all(set(texts) == {"nl", "en"} for texts in REASONS.values())


@pytest.mark.parametrize(
    "raw",
    [
        files.pdf(b"5 0 obj\n<</EncryptMetadata false/Title(JavaScript)>>\nendobj\n"),
        files.pdf(files.object_stream(b"<</Type/Font>>")),
        files.pdf(b"5 0 obj\n<<>>\nstream\n" + files.archive({"a": b"a"})[:60] + b"\nendstream\nendobj\n"),
        files.jpeg() + files.jpeg(),
        files.jpeg() + b"SEFH" + bytes(60) + b"SEFT",
        files.office(more={"word/_rels/document.xml.rels": LINK}),
        files.office(more={"word/media/é.png": files.png()}),
    ],
    ids=[
        "words in a pdf",
        "objects",
        "bytes like an archive",
        "two pictures",
        "notes of a telephone",
        "link",
        "accent",
    ],
)
def test_what_is_not_mistaken(raw: bytes) -> None:
    """Ordinary documents that look a little like a danger are accepted."""
    assert kind_of(raw).name in KINDS


def test_the_types_of_a_scheme() -> None:
    """A scheme's types become kinds, under either name; none named allows all; a form allows no file."""
    assert [one.name for one in kinds_of(["pdf", "jpg"])] == ["pdf", "jpeg"]
    assert len(kinds_of([])) == len(KINDS)
    assert kinds_of(["form"]) == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\scan\\offerte.pdf", "offerte.pdf"),
        ("../../etc/passwd", "passwd"),
        ("off\x00er\u202efdp.exe", "offerfdp.exe"),
        ('a"b<c>:d|e?f*.pdf', "abcdef.pdf"),
        ("  .  ", "bewijs"),
        ("", "bewijs"),
        ("caf\u0065\u0301.pdf", "café.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
    ids=["folders", "up", "controls", "signs", "points", "none", "accent", "long"],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    """A name loses folders, control signs and what turns it round, and is never empty or long."""
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("name", "kind", "given_out"),
    [
        ("offerte.pdf", "pdf", "offerte.pdf"), ("offerte.exe", "pdf", "offerte.pdf"), ("foto.JPG", "jpeg", "foto.JPG"),
        ("offerte", "docx", "offerte.docx"), ("offerte van 3.500 euro", "pdf", "offerte van 3.500 euro.pdf"),
    ],
)  # fmt: skip
def test_the_ending_is_that_of_the_content(name: str, kind: str, given_out: str) -> None:
    """A document is handed out with the ending of what it is, whatever its name said."""
    assert handed_out_as(name, KINDS[kind]) == given_out


def test_a_bomb_is_never_unpacked() -> None:
    """Judging a file that would become hundreds of megabytes reads none of that; the limit holds, not the list's word."""
    packed = zlib.compress(bytes(1_000_000))
    assert len(packed) < 2_000
    raw = files.lying(files.office(types=bytes(5_000_000)), 10)
    with pytest.raises(NotAccepted):
        kind_of(raw)
