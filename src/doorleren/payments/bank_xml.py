"""Reading XML that comes from outside: no document type, so no entities and nothing fetched; bounded in size and depth."""

from dataclasses import dataclass, field
from xml.parsers import expat

from doorleren.core.texts import Texts

MOST_BYTES = 64_000_000
DEEPEST = 40


class NotReadable(ValueError):
    """The file is no XML that we read; `texts` says why, in words for who imports it."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep both."""
        super().__init__(en)
        self.texts: Texts = {"nl": nl, "en": en}


@dataclass(slots=True)
class Element:
    """An element: its name without namespace, its attributes, its text, and what is in it."""

    name: str
    told: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self, path: str) -> list["Element"]:
        """Give the elements at a path ("Refs/EndToEndId"), in order."""
        found = [self]
        for name in path.split("/"):
            found = [one for element in found for one in element.inside if one.name == name]
        return found

    def first(self, *paths: str) -> str:
        """Give the text of the first of these paths that there is; empty where there is none."""
        for path in paths:
            for one in self.all(path):
                return one.text.strip()
        return ""


class _Tree:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]

    def start(self, name: str, told: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise NotReadable(f"de onderdelen liggen dieper dan {DEEPEST}", f"elements lie deeper than {DEEPEST}")
        made = Element(name.rpartition(" ")[2], told)
        self._open[-1].inside.append(made)
        self._open.append(made)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._open[-1].text += text


def read_xml(content: bytes) -> tuple[Element, str]:
    """Give the root element and its namespace. Raises NotReadable."""
    if len(content) > MOST_BYTES:
        raise NotReadable(
            f"het bestand heeft {len(content)} bytes, wij lezen er ten hoogste {MOST_BYTES}",
            f"the file has {len(content)} bytes, at most {MOST_BYTES} are read",
        )
    tree, parser = _Tree(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = _refuse_declared
    namespaces: list[str] = []
    parser.StartNamespaceDeclHandler = lambda prefix, address: None if prefix else namespaces.append(address or "")
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, NotReadable):
            raise
        raise NotReadable("het bestand is geen heel XML-bestand", "the file is no whole XML") from error
    return tree.root.inside[0], namespaces[0] if namespaces else ""


def _refuse_declared(*_told: object) -> None:
    raise NotReadable(
        "het bestand heeft een eigen documenttype, dat lezen wij niet",
        "the file declares a document type of its own, which is not read",
    )
