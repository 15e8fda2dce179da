"""The settings of the site for `rush_view`: its own address, and no middleware."""

from doorleren.server import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
ROOT_URLCONF = "bench.opponents.rush_view"
MIDDLEWARE: list[str] = []
