"""A visitor who can leave the site and come back: Django's client here, plain HTTP at the provider on loopback."""

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client


class Browser:
    """Signs in as one of the provider's people by clicking; `page` is the provider's last page."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.page = ""

    def leave(self, next_to: str = "", **pressed: str) -> str:
        """Press a way in; gives the address at the provider."""
        place = "/sign-in" + (f"?{urlencode({'next': next_to})}" if next_to else "")
        reply = self.client.post(place, pressed)
        assert reply.status_code == 302, reply.content.decode()
        return reply["Location"]

    def choose(self, address: str, subject: str) -> str:
        """Look at the provider's page and click on somebody; gives the address that leads back."""
        self.page = self.ask("GET", address)[1]
        way_back, _body = self.ask("POST", address, urlencode({"sub": subject}))
        return way_back

    def come_back(self, way_back: str) -> HttpResponse:
        """Follow the address that leads back to the site."""
        parts = urlsplit(way_back)
        assert parts.netloc == "localhost", way_back
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, subject: str, next_to: str = "", **pressed: str) -> HttpResponse:
        """All of it."""
        return self.come_back(self.choose(self.leave(next_to, **(pressed or {"way": "demo"})), subject))

    @staticmethod
    def ask(method: str, address: str, body: str | None = None) -> tuple[str, str]:
        """Ask the provider; gives where it leads to and its page."""
        parts = urlsplit(address)
        line = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            line.request(method, f"{parts.path}?{parts.query}", body, headers)
            answer = line.getresponse()
            assert answer.status < 400, answer.status
            return answer.getheader("Location") or "", answer.read().decode()
        finally:
            line.close()
