"""The addresses of applications, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.applicant import draft, listing, ready, start, submitting

urlpatterns: list[URLPattern] = [
    path("applications", listing.mine, name="applications"),
    path("applications/new", start.new, name="applications-new"),
    path("applications/start", start.start, name="applications-start"),
    path("applications/<int:number>", draft.one, name="applications-one"),
    path("applications/<int:number>/ready", ready.ready, name="applications-ready"),
    path("applications/<int:number>/submit", submitting.submit, name="applications-submit"),
    path("applications/<int:number>/receipt", submitting.receipt, name="applications-receipt"),
    path("applications/<int:number>/receipt.json", submitting.receipt_file, name="applications-receipt-file"),
    path("applications/<int:number>/withdraw", listing.withdraw, name="applications-withdraw"),
    path("applications/<int:number>/undo", listing.undo, name="applications-undo"),
]
