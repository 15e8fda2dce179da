"""What the web server runs: Django as a WSGI application, in a worker process that ends with its parent."""

from django.core.wsgi import get_wsgi_application

from doorleren.server import environment
from doorleren.server.children import die_with_parent

environment.announce_default(DJANGO_SETTINGS_MODULE="doorleren.server.settings")
die_with_parent()
application = get_wsgi_application()
