"""The pages of the site with the stand-in of the register behind the portal, in a process of its own; no database is asked.

python -m tests.journeys.portal_site PORT
"""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

READY = "the portal is ready"


class Threads(ThreadingMixIn, WSGIServer):
    """One thread per request, as a browser asks several at once."""

    daemon_threads = True
    request_queue_size = 64


class Silent(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, *words: object) -> None:
        """Keep still."""


def main(port: int) -> None:
    """Serve until the process is ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "doorleren.server.settings"
    from django.core.wsgi import get_wsgi_application

    pages = get_wsgi_application()
    from doorleren.web.portal import register
    from doorleren.web.public import applying
    from tests.web.portal import stand_in

    register.portal = lambda: stand_in
    applying.rounds = dict
    with make_server("127.0.0.1", port, pages, Threads, Silent) as server:
        print(READY, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
