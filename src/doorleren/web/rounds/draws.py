"""The file of a draw and of who was completed after it, for whoever wants to compute the order again (docs/howto/check-a-draw.md)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.core.draw_completed import written
from doorleren.rounds.completing import at_the_end
from doorleren.rounds.models import RoundDraw
from doorleren.rounds.queries import announced_for, completed_after_the_draw
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


@never_cache
@require_safe
def completed(request: HttpRequest, number: int) -> HttpResponse:
    """Send who is incomplete or was completed after a draw that was held, by sealed ticket; 404 where that moves nobody."""
    draw = RoundDraw.objects.filter(pk=min(number, LARGEST_NUMBER)).exclude(file="").select_related("round").first()
    if draw is None or not at_the_end(announced_for(draw.round)):
        raise Http404
    reply = JsonResponse(written(draw.announced["drawn_for"], *completed_after_the_draw(draw.pk)))
    reply["Content-Disposition"] = f'attachment; filename="completed-{number}.json"'
    return reply
