"""The addresses of rounds for everybody, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.rounds import alerts, draws, public, published

urlpatterns: list[URLPattern] = [
    path("rounds", public.rounds, name="rounds"),
    path("rounds/<int:number>", public.one, name="rounds-one"),
    path("rounds/alerts", alerts.ask, name="rounds-alerts"),
    path("rounds/alerts/asked", alerts.asked, name="rounds-alerts-asked"),
    path("rounds/receipt-key.json", published.receipt_key, name="rounds-receipt-key"),
    path("rounds/<int:number>/announced.json", published.announced, name="rounds-announced"),
    path("rounds/<int:number>/tickets.txt", published.listed, name="rounds-tickets"),
    path("rounds/<int:number>/draw.json", draws.file, name="rounds-draw"),
    path("rounds/<int:number>/completed.json", draws.completed, name="rounds-completed"),
]
