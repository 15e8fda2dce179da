"""The addresses under /api/v1/, every one of them framed; whatever else is asked there gets a problem, not a page."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from doorleren.web.api.answers import framed, not_found, published
from doorleren.web.api.description import as_bytes
from doorleren.web.api.interface import api


@require_http_methods(["GET"])
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Publish the OpenAPI description."""
    return published(request, as_bytes(), language="en")


app_name = "api"
_operations, _app, _namespace = api.urls
urlpatterns = [
    *(
        URLPattern(one.pattern, framed(one.callback), one.default_args, one.name)
        for one in _operations
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    path("openapi.json", framed(openapi), name="openapi"),
    re_path(r"", framed(not_found), name="nothing"),
]
