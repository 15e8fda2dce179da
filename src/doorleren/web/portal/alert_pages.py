"""What the mails of alerts need of the pages: a search as it is kept, in words, and the addresses of links.

The address of the site comes from a setting and never from a request: the Host header is the visitor's word, and a
mail sent at night has no request at all.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from doorleren.register.queries import occupation_names
from doorleren.register.search.asking import Query
from doorleren.web import known
from doorleren.web.portal import facets
from doorleren.web.portal.asking import Search, search_of


def kept(search: Search) -> str:
    """Write the search as an alert keeps it: the words and choices, without order, page, comparison or answers.

    Of a postcode only the four digits stay.
    """
    query = search.query
    plain = Query(
        text=query.text, chosen=query.chosen, postcode=query.postcode, within_km=query.within_km,
        occupation=query.occupation, match=query.match,
    )  # fmt: skip
    return Search(plain, typed_postcode=query.postcode).written(paging=False)


def words(search: str) -> str:
    """Say a search that is kept in words, in the language that is spoken now."""
    read = search_of(QueryDict(search))
    query, titles = read.query, facets.titles()
    told = [f"“{query.text}”"] if query.text else []
    told += [
        _("beroep: %(name)s") % {"name": name}
        for name in occupation_names((query.occupation,) if query.occupation else ())
    ]
    told += [
        f"{titles[facet]}: {', '.join(facets.value_words(facet, one) for one in values)}"
        for facet, values in query.chosen.items()
    ]
    if query.postcode and query.within_km:
        told.append(_("binnen %(km)s km van %(postcode)s") % {"km": query.within_km, "postcode": query.postcode})
    elif query.postcode:
        told.append(_("postcode: %(postcode)s") % {"postcode": query.postcode})
    return ", ".join(told) or _("alle opleidingen")


def scheme_named(scheme: str, language: str) -> str:
    """Name a scheme in a language as its last version does; by its id where this site does not know it any more."""
    library = known.library()
    return library.scheme(scheme).versions[-1].called(language) if scheme in library.places else scheme


@dataclass(frozen=True, slots=True)
class AlertPages:
    """The pages of a site, for its mails. `site` is its address without a path (the setting DOORLEREN_SITE)."""

    site: str

    def query(self, search: str) -> Query:
        """Read a search as it is kept with an alert."""
        return search_of(QueryDict(search)).query

    def words(self, search: str, language: str) -> str:
        """Say a search in words."""
        with override(language):
            return words(search)

    def scheme_name(self, scheme: str, language: str) -> str:
        """Name a scheme."""
        return scheme_named(scheme, language)

    def results(self, search: str, language: str) -> str:
        """Give the address of the results of a search, written anew so that it stands on one line whatever was kept."""
        written = kept(search_of(QueryDict(search)))
        return self.address("trainings", language) + (f"?{written}" if written else "")

    def training(self, key: int, language: str) -> str:
        """Give the address of a training."""
        return self.address("trainings-one", language, key)

    def confirming(self, token: str, language: str) -> str:
        """Give the address of the page that confirms."""
        return self.address("trainings-alerts-confirm", language, token)

    def ending(self, token: str, language: str) -> str:
        """Give the address of the page that ends."""
        return self.address("trainings-alerts-end", language, token)

    def address(self, name: str, language: str, *named: object) -> str:
        """Give the whole address of a page by its name."""
        with override(language):
            return self.site + reverse(name, args=named)
