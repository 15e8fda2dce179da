"""The file of a draw, for whoever wants to compute it again (docs/howto/check-a-draw.md)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doorleren.rounds.models import RoundDraw
from doorleren.web.rounds.written import LARGEST_NUMBER


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Send the file of a draw that was held, as a download; 404 for one that was not."""
    found = (
        RoundDraw.objects.filter(pk=min(number, LARGEST_NUMBER)).exclude(file="").values_list("file", flat=True).first()
    )
    if found is None:
        raise Http404
    reply = HttpResponse(found, content_type="application/json")
    reply["Content-Disposition"] = f'attachment; filename="draw-{number}.json"'
    reply["Cache-Control"] = "public, max-age=86400"
    return reply
