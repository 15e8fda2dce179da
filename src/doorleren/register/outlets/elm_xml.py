"""Documents of the European Learning Model as XML, valid against the schema of version 3.1.0.

The schema wants all opportunities first, then all specifications, and so on; each section is spooled to a file of its own
while the nodes pass by once, so that a register of any size fits in memory.
"""

import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from xml.etree import ElementTree
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from doorleren.register.outlets.elm_tree import NAMESPACES, SECTIONS, Concept, Literal, Node, Reference, Text, Value
from doorleren.register.outlets.plain import clean, replacing

VERSION = "3.1.0"
ROOT = "Courses"

for _prefix, _address in NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _address)


def element(name: str, value: Value) -> ElementTree.Element:
    """Give one element: words with their language, a term by its address, a reference, or a node with all it holds."""
    made = ElementTree.Element(_qualified(name))
    match value:
        case Text():
            made.text = _lines(value.value)
            made.set("language", value.language)
        case Literal():
            made.text = _lines(value.value)
        case Concept():
            made.set("uri", value.address)
        case Reference():
            made.set("idref", value.address)
        case Node():
            if value.address:
                made.set("id", value.address)
            made.extend([element(*field) for field in value.fields])
    return made


def write_xml(nodes: Iterable[Node], path: Path) -> None:
    """Write a whole document. Each node with an address must come once."""
    with ExitStack() as open_files:
        spools: dict[str, IO[bytes]] = {
            section: open_files.enter_context(TemporaryFile())
            for section in dict.fromkeys(one for one, _ in SECTIONS.values())
        }
        for node in nodes:
            section, name = SECTIONS[node.type]
            spools[section].write(ElementTree.tostring(element(name, node), encoding="utf-8") + b"\n")
        _assemble(spools, open_files.enter_context(replacing(path)))


def _assemble(spools: dict[str, IO[bytes]], file: IO[bytes]) -> None:
    """Write the root and the sections that hold anything, and pour each spool into its section."""
    out = XMLGenerator(file, encoding="utf-8")
    out.startDocument()
    out.startElement(ROOT, AttributesImpl({"xmlns": NAMESPACES["loq"], "xsdVersion": VERSION}))
    for section, spool in spools.items():
        if not spool.tell():
            continue
        spool.seek(0)
        name = section.removeprefix("loq:")
        out.startElement(name, AttributesImpl({}))
        shutil.copyfileobj(spool, file)
        out.endElement(name)
    out.endElement(ROOT)
    out.endDocument()


@cache
def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _lines(text: str) -> str:
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")
