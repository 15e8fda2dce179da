"""Finds every sentence that is marked for translation, in templates and in Python, without the tools of gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[2] / "src" / "doorleren" / "web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
SINGLE, PLURAL = {"_", "gettext", "gettext_lazy"}, {"ngettext", "ngettext_lazy"}
TEXT = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_TEMPLATE = re.compile(rf"\b(_|gettext|ngettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?", re.DOTALL)


def sentences() -> dict[tuple[str, ...], str]:
    """Every sentence (with its plural, if it has one) and a file in which it stands."""
    found: dict[tuple[str, ...], str] = {}
    for path in sorted(WEB.rglob("*.html")):
        found |= dict.fromkeys(of_template(path.read_text("utf-8")), path.name)
    for path in sorted(WEB.rglob("*.py")):
        found |= dict.fromkeys(of_python(path.read_text("utf-8")), path.name)
    return found


def of_template(source: str) -> Iterator[tuple[str, ...]]:
    """The sentences of a template; Django turns it into what looks like calls."""
    for match in IN_TEMPLATE.finditer(templatize(source)):
        yield tuple(ast.literal_eval(text) for text in match.groups()[1:] if text)


def of_python(source: str) -> Iterator[tuple[str, ...]]:
    """The sentences of a module: literal arguments of the functions of gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SINGLE | PLURAL:
            texts = node.args[: 2 if node.func.id in PLURAL else 1]
            if all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                yield tuple(text.value for text in texts)
