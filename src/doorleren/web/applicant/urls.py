"""The addresses of applications, to be taken up among those that have a language."""

from django.urls import URLPattern, path

from doorleren.web.applicant import (
    confirming,
    costs,
    draft,
    enrolled,
    evidence,
    evidence_pieces,
    listing,
    members,
    membership,
    offers,
    parties,
    plan,
    ready,
    start,
    submitting,
)
from doorleren.web.applicant.file import acting, decision, everything, letters, page, seen, writing

urlpatterns: list[URLPattern] = [
    path("applications", listing.mine, name="applications"),
    path("applications/new", start.new, name="applications-new"),
    path("applications/start", start.start, name="applications-start"),
    path("applications/<int:number>", draft.one, name="applications-one"),
    path("applications/<int:number>/confirm", confirming.confirm, name="applications-confirm"),
    path("applications/<int:number>/ready", ready.ready, name="applications-ready"),
    path("applications/<int:number>/submit", submitting.submit, name="applications-submit"),
    path("applications/<int:number>/receipt", submitting.receipt, name="applications-receipt"),
    path("applications/<int:number>/receipt.json", submitting.receipt_file, name="applications-receipt-file"),
    path("applications/<int:number>/withdraw", listing.withdraw, name="applications-withdraw"),
    path("applications/<int:number>/undo", listing.undo, name="applications-undo"),
    path("applications/<int:number>/evidence", evidence.evidence, name="applications-evidence"),
    path("applications/<int:number>/evidence/begin", evidence_pieces.begin, name="applications-evidence-begin"),
    path(
        "applications/<int:number>/evidence/<int:document>/content",
        evidence_pieces.content,
        name="applications-evidence-content",
    ),
    path("applications/<int:number>/evidence/<int:document>/file", evidence.file, name="applications-evidence-file"),
    path(
        "applications/<int:number>/evidence/<int:document>/withdraw",
        evidence.withdraw,
        name="applications-evidence-withdraw",
    ),
    path(
        "applications/<int:number>/evidence/<int:document>/check",
        evidence.check_again,
        name="applications-evidence-check",
    ),
    path("applications/<int:number>/members", members.members, name="applications-members"),
    path("applications/<int:number>/members/<int:member>", members.one, name="applications-member"),
    path("applications/<int:number>/members/<int:member>/mark", members.mark, name="applications-member-mark"),
    path(
        "applications/<int:number>/members/<int:member>/confirm", membership.membership, name="applications-membership"
    ),
    path("enrolments", enrolled.mine, name="applications-enrolments"),
    path("enrolments/<int:number>", enrolled.say, name="applications-enrolment"),
    path("applications/<int:number>/offer", offers.offer, name="applications-offer"),
    path("applications/<int:number>/costs", costs.costs, name="applications-costs"),
    path("applications/<int:number>/plan", plan.plan, name="applications-plan"),
    path("applications/<int:number>/parties", parties.parties, name="applications-parties"),
    path("applications/<int:number>/file", page.file, name="applications-file"),
    path("applications/<int:number>/file/terms", page.terms, name="applications-file-terms"),
    path("applications/<int:number>/file/letters/<int:letter>", letters.letter, name="applications-file-letter"),
    path("applications/<int:number>/file/letters/<int:letter>/pdf", letters.pdf, name="applications-file-pdf"),
    path("applications/<int:number>/file/decision", decision.decision, name="applications-file-decision"),
    path("applications/<int:number>/file/complete", acting.complete, name="applications-file-complete"),
    path("applications/<int:number>/file/withdraw", acting.withdraw, name="applications-file-withdraw"),
    path("applications/<int:number>/file/account", acting.account, name="applications-file-account"),
    path("applications/<int:number>/file/write/<str:kind>", writing.write, name="applications-file-write"),
    path(
        "applications/<int:number>/file/messages/<int:message>/document",
        writing.document,
        name="applications-file-document",
    ),
    path("applications/<int:number>/file/seen", seen.seen, name="applications-file-seen"),
    path("applications/<int:number>/file/all", everything.everything, name="applications-file-everything"),
]
