"""The addresses of providers, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.provider import activities, activity, details, enrolments, participants, participants_file, uploads

urlpatterns: list[URLPattern] = [
    path("provider", activities.activities, name="provider"),
    path("provider/apply", activities.apply, name="provider-apply"),
    path("provider/activities/new", activity.new, name="provider-activity-new"),
    path("provider/activities/<int:number>", activity.one, name="provider-activity"),
    path("provider/activities/<int:number>/apply", activities.apply_for_activity, name="provider-activity-apply"),
    path("provider/details", details.details, name="provider-details"),
    path("provider/recognitions", details.state, name="provider-recognitions"),
    path("provider/recognitions/<int:number>/withdraw", details.withdraw, name="provider-recognition-withdraw"),
    path("provider/proofs/<int:number>", details.proof, name="provider-proof"),
    path("provider/enrolments", enrolments.enrolments, name="provider-enrolments"),
    path("provider/enrolments/<int:number>", participants.participants, name="provider-participants"),
    path(
        "provider/enrolments/<int:number>/example.csv", participants_file.example, name="provider-participants-example"
    ),
    path("provider/enrolments/<int:number>/preview", participants_file.preview, name="provider-participants-preview"),
    path("provider/enrolments/<int:number>/submit", participants_file.submit, name="provider-participants-submit"),
    path("provider/enrolments/confirm", enrolments.confirm, name="provider-enrolments-confirm"),
    path("provider/uploads", uploads.uploads, name="provider-uploads"),
    path("provider/uploads/<int:number>", uploads.one, name="provider-upload"),
    path("provider/uploads/<int:number>/mapping", uploads.mapping, name="provider-upload-mapping"),
    path("provider/uploads/<int:number>/mend", uploads.mend, name="provider-upload-mend"),
    path("provider/uploads/<int:number>/confirm", uploads.confirm, name="provider-upload-confirm"),
    path("provider/uploads/<int:number>/drop", uploads.drop, name="provider-upload-drop"),
    path("provider/uploads/<int:number>/undo", uploads.undo, name="provider-upload-undo"),
]
