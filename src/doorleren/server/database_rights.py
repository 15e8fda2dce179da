"""What the application may do with each table: the one list that the grants of its database role follow from.

The site, the intake, the allocator, the keepers and the command line all work under that role. It owns nothing, so it can
neither alter a table nor switch off what guards it. A table that is not in the list gets no right at all, and a test fails.
Why: docs/adr/0038-database-roles.md.
"""

from collections.abc import Mapping

SELECT, INSERT, UPDATE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
MAINTAIN = "MAINTAIN"
"""Gathering the statistics of a table; a server before PostgreSQL 17 has no such right, and does so by itself, later."""

READ = frozenset({SELECT})
ADDED_TO = READ | {INSERT}
"""A row that is there stays as it is, for ever."""
ADDED_TO_UNTIL_IT_GOES = ADDED_TO | {DELETE}
"""A row never changes. It goes at the end of its retention, and a trigger decides when: under an act that destroyed its file."""
CHANGED = ADDED_TO | {UPDATE}
"""A row may change, in many tables within what a trigger allows, and never goes."""
FREE = CHANGED | {DELETE}
REPLACED = FREE | {MAINTAIN}
"""The content of somebody else's file, which a next file replaces."""

RIGHTS: Mapping[str, frozenset[str]] = {
    # the tables of Django itself
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "django_content_type": READ,
    "django_migrations": READ,
    # the record
    "audit_act": ADDED_TO,
    "audit_view": ADDED_TO_UNTIL_IT_GOES,
    # people
    "people_absence": CHANGED,
    "people_body": CHANGED,
    "people_filekey": CHANGED,
    "people_identity": FREE,
    "people_mandate": CHANGED,
    "people_nationalnumber": FREE,
    "people_organisation": CHANGED,
    "people_person": CHANGED,
    "people_role": CHANGED,
    "people_session": FREE,
    # letters and schemes
    "letters_dispatch": ADDED_TO,
    "letters_letter": ADDED_TO,
    "schemes_publishedversion": ADDED_TO,
    # cases and decisions
    "cases_case": CHANGED,
    "cases_caseact": ADDED_TO,
    "cases_destructionitem": CHANGED,
    "cases_destructionlist": CHANGED,
    "cases_hand": ADDED_TO,
    "cases_message": ADDED_TO,
    "decisions_actletter": CHANGED,
    "decisions_actwords": ADDED_TO,
    "decisions_advancepart": ADDED_TO,
    "decisions_assessment": ADDED_TO,
    "decisions_batch": CHANGED,
    "decisions_batchitem": CHANGED,
    "decisions_check": ADDED_TO,
    "decisions_committeemember": CHANGED,
    "decisions_conflictdeclaration": ADDED_TO,
    "decisions_costshare": ADDED_TO,
    "decisions_decision": ADDED_TO,
    "decisions_delivery": ADDED_TO,
    "decisions_deliveryquestion": ADDED_TO,
    "decisions_deliveryword": ADDED_TO,
    "decisions_fixedpenalty": ADDED_TO,
    "decisions_hearing": ADDED_TO,
    "decisions_objection": ADDED_TO,
    "decisions_objectiondecision": ADDED_TO,
    "decisions_ranked": ADDED_TO,
    "decisions_ranking": CHANGED,
    "decisions_recovery": ADDED_TO,
    "decisions_recoverystep": ADDED_TO,
    "decisions_revocation": ADDED_TO,
    "decisions_sample": ADDED_TO,
    "decisions_score": ADDED_TO,
    "decisions_scoresheet": ADDED_TO,
    "decisions_settlement": ADDED_TO,
    # money
    "payments_account": ADDED_TO,
    "payments_bankanswer": ADDED_TO,
    "payments_bankclosing": ADDED_TO,
    "payments_bankentry": ADDED_TO,
    "payments_bankmessage": ADDED_TO,
    "payments_followedadvance": ADDED_TO,
    "payments_followeddecision": ADDED_TO,
    "payments_payeeaccount": CHANGED,
    "payments_payeenotice": ADDED_TO,
    "payments_paymentevent": ADDED_TO,
    "payments_paymentfile": CHANGED,
    "payments_paymenthandover": ADDED_TO,
    "payments_paymentline": ADDED_TO,
    "payments_paymentrun": CHANGED,
    "payments_posting": ADDED_TO,
    "payments_transaction": ADDED_TO,
    # rounds
    "rounds_allocation": CHANGED,
    "rounds_batch": ADDED_TO,
    "rounds_completeness": ADDED_TO,
    "rounds_dayofreceipt": ADDED_TO,
    "rounds_fixedplace": ADDED_TO,
    "rounds_gate": CHANGED,
    "rounds_place": ADDED_TO,
    "rounds_placechange": ADDED_TO,
    "rounds_potpart": CHANGED,
    "rounds_round": CHANGED,
    "rounds_rounddraw": CHANGED,
    "rounds_roundproposal": CHANGED,
    "rounds_sample": FREE,
    "rounds_superseded": ADDED_TO,
    "rounds_ticket": ADDED_TO,
    "rounds_withdrawal": ADDED_TO,
    # applications
    "applications_answer": ADDED_TO_UNTIL_IT_GOES,
    "applications_adviserlisting": FREE,
    "applications_application": CHANGED,
    "applications_bundle": ADDED_TO,
    "applications_bundlekey": ADDED_TO,
    "applications_bundlerow": ADDED_TO_UNTIL_IT_GOES,
    "applications_completion": ADDED_TO_UNTIL_IT_GOES,
    "applications_confirmation": ADDED_TO_UNTIL_IT_GOES,
    "applications_correctionrequest": ADDED_TO_UNTIL_IT_GOES,
    "applications_correctionstep": ADDED_TO_UNTIL_IT_GOES,
    "applications_countsfor": ADDED_TO_UNTIL_IT_GOES,
    "applications_countsnomore": ADDED_TO_UNTIL_IT_GOES,
    "applications_division": ADDED_TO_UNTIL_IT_GOES,
    "applications_divisionline": ADDED_TO_UNTIL_IT_GOES,
    "applications_document": ADDED_TO_UNTIL_IT_GOES,
    "applications_documentkey": ADDED_TO_UNTIL_IT_GOES,
    "applications_documentstep": ADDED_TO_UNTIL_IT_GOES,
    "applications_enrolledperson": ADDED_TO_UNTIL_IT_GOES,
    "applications_enrolment": ADDED_TO_UNTIL_IT_GOES,
    "applications_enrolmentproof": ADDED_TO_UNTIL_IT_GOES,
    "applications_enrolmentword": ADDED_TO_UNTIL_IT_GOES,
    "applications_enteredfor": ADDED_TO_UNTIL_IT_GOES,
    "applications_freeze": ADDED_TO_UNTIL_IT_GOES,
    "applications_member": ADDED_TO_UNTIL_IT_GOES,
    "applications_membermark": ADDED_TO_UNTIL_IT_GOES,
    "applications_offerline": ADDED_TO,
    "applications_offershare": ADDED_TO_UNTIL_IT_GOES,
    "applications_plan": ADDED_TO_UNTIL_IT_GOES,
    "applications_planpath": ADDED_TO_UNTIL_IT_GOES,
    "applications_qualification": CHANGED,
    "applications_registeredperson": ADDED_TO_UNTIL_IT_GOES,
    "applications_registration": ADDED_TO_UNTIL_IT_GOES,
    "applications_sharing": ADDED_TO_UNTIL_IT_GOES,
    # the register
    "register_activity": CHANGED,
    "register_activityversion": ADDED_TO,
    "register_admissiondecision": ADDED_TO,
    "register_alert": FREE,
    "register_delivery": CHANGED,
    "register_deliveryfault": ADDED_TO,
    "register_firstlisted": ADDED_TO,
    "register_formerprice": ADDED_TO,
    "register_occupation": REPLACED,
    "register_occupationskill": REPLACED,
    "register_postcode": REPLACED,
    "register_proofdocument": ADDED_TO,
    "register_provider": CHANGED,
    "register_providerdetails": ADDED_TO,
    "register_providerlocation": FREE,
    "register_providerrecognition": FREE,
    "register_recognitionact": ADDED_TO,
    "register_recognitionstated": ADDED_TO,
    "register_runoffered": ADDED_TO,
    "register_shortageoccupation": REPLACED,
    "register_skill": REPLACED,
    "register_source": CHANGED,
    "register_upload": CHANGED,
}
