"""What the mails need of the pages: how a search is read and said in words, and the addresses of links.

The register does not know the pages; `doorleren.web.portal.alert_pages` makes them.
"""

from typing import Protocol

from doorleren.register.search.asking import Query


class Pages(Protocol):
    """The pages of a site, for its mails. Addresses are absolute and in a language, "nl" or "en"."""

    @property
    def site(self) -> str:
        """Give the address of the site without a path, as "https://doorleren.example"."""

    def query(self, search: str) -> Query:
        """Read a search as it is kept with an alert."""

    def words(self, search: str, language: str) -> str:
        """Say a search in words, on one line."""

    def scheme_name(self, scheme: str, language: str) -> str:
        """Name a scheme."""

    def results(self, search: str, language: str) -> str:
        """Give the address of the results of a search."""

    def training(self, key: int, language: str) -> str:
        """Give the address of a training."""

    def confirming(self, token: str, language: str) -> str:
        """Give the address of the page that confirms."""

    def ending(self, token: str, language: str) -> str:
        """Give the address of the page that ends."""
