"""Renders every part of the look with sample words, in both languages: for the eye and for axe, never in production.

python front/specimen/render.py            writes front/specimen/out/*.html and the static files beside them
"""

import shutil
import sys
import types
from pathlib import Path

import django
from django.conf import settings
from django.urls import path

HERE = Path(__file__).resolve().parent
WEB = HERE.parents[1] / "src" / "doorleren" / "web"
OUT = HERE / "out"
PAGES = ("home", "question", "answers", "all", "scheme", "parts")


def prepare() -> None:
    """A Django without database: our templates, our tags, and addresses that lead nowhere."""
    sys.path[:0] = [str(HERE), str(WEB.parents[1])]
    addresses = types.ModuleType("specimen_addresses")
    addresses.urlpatterns = [
        path(f"{name}.html", lambda request: None, name=name) for name in ("finder", "schemes", "overview", "figures")
    ]
    sys.modules["specimen_addresses"] = addresses
    settings.configure(
        ROOT_URLCONF="specimen_addresses",
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATIC_URL="static/",
        LANGUAGE_CODE="nl",
        LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
        LOCALE_PATHS=[WEB / "locale"],
        USE_TZ=True,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [WEB / "templates", HERE / "templates"],
                "OPTIONS": {
                    "libraries": {"look": "doorleren.web.templatetags.look"},
                    "builtins": ["django.templatetags.i18n"],
                },
            }
        ],
    )
    django.setup()


def main() -> int:
    prepare()
    from django.template.loader import render_to_string
    from django.urls import set_script_prefix
    from django.utils import translation
    from samples import context

    set_script_prefix("./")
    shutil.rmtree(OUT, ignore_errors=True)
    shutil.copytree(WEB / "static", OUT / "static")
    for language in ("nl", "en"):
        with translation.override(language):
            for page in PAGES:
                target = OUT / f"{page}.{language}.html"
                target.write_text(render_to_string(f"{page}.html", context(page, language)), encoding="utf-8")
                print(f"specimen: {target.relative_to(HERE.parents[1])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
