"""Reads a page as a strict reader would: every element closed, every id once, nothing inline that the policy forbids."""

import re
from html import unescape
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Markup(HTMLParser):
    """What is wrong with a page (`faults`), and what it holds: `links`, `ids`, `words`."""

    def __init__(self, page: str) -> None:
        """Read the page to its end."""
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.page = page
        self.lang = ""
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"the id {name!r} stands twice" for name in set(self.ids) if self.ids.count(name) > 1]
        self.faults += [f"nothing has the id {name!r}" for name in self.labelled if name not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens, and what the policy of the site forbids."""
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if (
            tag == "style"
            or "style" in given
            or (tag == "script" and "src" not in given and given.get("type") != "application/ld+json")
        ):
            self.faults.append(f"inline style or script in <{tag}>")
        self.faults += [f"{name} in <{tag}>" for name in given if name.startswith("on")]
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.labelled += (given.get(name) or "").split()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Hold what closes against what was opened last."""
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} where {self.open[-1:]} is open")
            if tag not in self.open:
                return
            while self.open[-1] != tag:
                self.open.pop()
        self.open.pop()

    @property
    def words(self) -> str:
        """All words of the page in one line."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.page)).split())
