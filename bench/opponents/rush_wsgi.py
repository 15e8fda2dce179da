"""What granian runs for `rush_view`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.opponents.rush_settings"
application = get_wsgi_application()
