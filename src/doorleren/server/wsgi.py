"""What the web server runs: Django as a WSGI application, in a worker process that ends with its parent."""

from doorleren.server import environment
from doorleren.server.children import follow_parent

follow_parent()  # before Django, which takes its time to load

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import get_resolver  # noqa: E402

environment.announce_default(DJANGO_SETTINGS_MODULE="doorleren.server.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every worker loads the pages now, not for its first visitor
