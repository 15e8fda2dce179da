"""The addresses of advisers and registrations: for everybody, for advisers, for whom they registered, and for officials."""

from django.urls import path

from doorleren.web.adviser import bundles, candidates, completing, finding, registrations

urlpatterns = [
    path("advisers", finding.advisers, name="advisers"),
    path("advisers/me", finding.listing, name="applications-adviser-listing"),
    path("bundles", bundles.bundles, name="applications-bundles"),
    path("bundles/example.csv", bundles.example, name="applications-bundles-example"),
    path("bundles/preview", bundles.preview, name="applications-bundles-preview"),
    path("bundles/submit", bundles.submit, name="applications-bundles-submit"),
    path("bundles/<int:number>", bundles.one, name="applications-bundle"),
    path("bundles/<int:number>.json", bundles.answers, name="applications-bundle-answers"),
    path("bundles/registrations/<int:number>", completing.completing, name="applications-completing"),
    path("registrations", registrations.mine, name="applications-registrations"),
    path("registrations/<int:number>", registrations.say, name="applications-registration"),
    path("officer/rounds/<int:number>/twice", candidates.twice, name="officer-round-twice"),
    path("officer/qualifications", candidates.qualifications, name="officer-qualifications"),
]
