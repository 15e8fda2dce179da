"""The addresses of the site and its pages for errors: those of `web`."""

from doorleren.web.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
