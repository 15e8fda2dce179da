"""The addresses of officials, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.officer import (
    acts,
    admission,
    admissions,
    deciding,
    deliveries,
    recognitions,
    role_giving,
    roles,
    round_acts,
    round_draw,
    rounds,
    sources,
)

_PROVIDER, _ACTIVITY = "officer/admissions/providers/<int:number>", "officer/admissions/activities/<int:number>"

urlpatterns: list[URLPattern] = [
    path("officer/sources", sources.sources, name="officer-sources"),
    path("officer/sources/new", sources.new, name="officer-source-new"),
    path("officer/sources/<int:number_of>", sources.one, name="officer-source"),
    path("officer/sources/<int:number_of>/pull", sources.pull, name="officer-source-pull"),
    path("officer/deliveries/<int:delivery>", deliveries.one, name="officer-delivery"),
    path("officer/deliveries/<int:delivery>/undo", deliveries.undo, name="officer-delivery-undo"),
    path("officer/acts", acts.acts, name="officer-acts"),
    path("officer/acts/check", acts.check, name="officer-acts-check"),
    path("officer/views", acts.views, name="officer-views"),
    path("officer/roles", roles.roles, name="officer-roles"),
    path("officer/roles/give", role_giving.give, name="officer-roles-give"),
    path("officer/roles/<int:role>/end", roles.end_a_role, name="officer-role-end"),
    path("officer/mandates/<int:mandate>/end", roles.end_a_mandate, name="officer-mandate-end"),
    path("officer/recognitions", recognitions.recognitions, name="officer-recognitions"),
    path("officer/recognitions/<int:number>/confirm", recognitions.confirm, name="officer-recognition-confirm"),
    path("officer/recognitions/<int:number>/reject", recognitions.reject, name="officer-recognition-reject"),
    path("officer/proofs/<int:number>", recognitions.proof, name="officer-proof"),
    path("officer/rounds", rounds.rounds, name="officer-rounds"),
    path("officer/rounds/announce", round_acts.announce, name="officer-round-announce"),
    path("officer/rounds/<int:number>", rounds.one, name="officer-round"),
    path("officer/rounds/<int:number>/propose/<str:act>", round_acts.propose, name="officer-round-propose"),
    path("officer/rounds/<int:number>/draw/announce", round_draw.announce, name="officer-round-draw-announce"),
    path("officer/rounds/<int:number>/draw/hold", round_draw.hold, name="officer-round-draw-hold"),
    path("officer/round-proposals/<int:number>/release", round_acts.release, name="officer-round-release"),
    path("officer/round-proposals/<int:number>/withdraw", round_acts.withdraw, name="officer-round-withdraw"),
    path("officer/admissions", admissions.admissions, name="officer-admissions"),
    path(_PROVIDER, admission.provider, name="officer-admission-provider"),
    path(_ACTIVITY, admission.activity, name="officer-admission-activity"),
    path(f"{_ACTIVITY}/former-price", admission.former_price, name="officer-former-price"),
    path(f"{_PROVIDER}/<str:act>", deciding.provider, name="officer-admission-provider-act"),
    path(f"{_ACTIVITY}/<str:act>", deciding.activity, name="officer-admission-activity-act"),
]
