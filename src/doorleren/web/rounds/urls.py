"""The addresses of rounds for everybody, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.rounds import draws, public

urlpatterns: list[URLPattern] = [
    path("rounds", public.rounds, name="rounds"),
    path("rounds/<int:number>", public.one, name="rounds-one"),
    path("rounds/<int:number>/draw.json", draws.file, name="rounds-draw"),
]
