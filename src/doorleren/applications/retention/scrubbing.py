"""What of an application goes at the end of its retention: its rows, children first, and its parties. Called by destroying.

The table `law/personal-content.toml` says the same in words, and migration 0013 lets the database agree; tests hold the
three against each other.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import models, transaction

from doorleren.applications import models as tables
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models.application import NO_SALT, Application

ROWS: Mapping[type[models.Model], str] = {
    tables.DocumentKey: "document__application",
    tables.DocumentStep: "document__application",
    tables.Document: "application",
    tables.EnrolmentWord: "enrolment__application",
    tables.EnrolledPerson: "enrolment__application",
    tables.CountsNoMore: "counted__application",
    tables.CountsFor: "application",
    tables.Enrolment: "application",
    tables.EnrolmentProof: "application",
    tables.OfferShare: "line__application",
    tables.PlanPath: "plan__application",
    tables.Plan: "application",
    tables.FinancierWord: "line__division__application",
    tables.DivisionLine: "division__application",
    tables.Division: "application",
    tables.MemberTask: "member__application",
    tables.MemberMark: "member__application",
    tables.Member: "application",
    tables.Sharing: "application",
    tables.Confirmation: "registration__application",
    tables.Completion: "registration__application",
    tables.BundleRow: "registration__application",
    tables.RegisteredPerson: "registration__application",
    tables.Registration: "application",
    tables.EnteredFor: "application",
    tables.Answer: "application",
    tables.Freeze: "application",
}
"""The tables whose rows go, with the way from a row to its application."""


def scrub(application: Application, *, store: Store, at: datetime) -> dict[str, int]:
    """Delete what an application holds of people, and empty its parties; give how many rows went, by table.

    Within the transaction of a command that destroyed the key of the application; else the database refuses. Files of
    documents go when that transaction has ended. The row stays: round, track and moments, for the statistics.
    """
    kept = list(tables.Document.objects.filter(application=application).values_list("kept", flat=True))
    gone = {
        table._meta.db_table: table._default_manager.filter(**{way: application}).delete()[0]
        for table, way in ROWS.items()
    }
    application.applicant_number, application.salt, application.destroyed_at = 0, NO_SALT, at
    for party in tables.PARTIES[1:]:
        setattr(application, f"{party}_kind", "")
        setattr(application, f"{party}_number", None)
    application.save()
    for name in kept:
        transaction.on_commit(partial(store.remove, name))
    return {table: number for table, number in gone.items() if number}
