"""One act more: what somebody paid too much to us is paid back to them, whatever became of the grant."""

from typing import ClassVar

import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

MOVES = r"""
CREATE OR REPLACE FUNCTION cases_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reference IS DISTINCT FROM OLD.reference OR NEW.version_id IS DISTINCT FROM OLD.version_id OR NEW.scheme IS DISTINCT FROM OLD.scheme OR NEW.body_id IS DISTINCT FROM OLD.body_id OR NEW.framework IS DISTINCT FROM OLD.framework OR NEW.procedure IS DISTINCT FROM OLD.procedure OR NEW.subject_kind IS DISTINCT FROM OLD.subject_kind OR NEW.subject_id IS DISTINCT FROM OLD.subject_id OR NEW.decision_term IS DISTINCT FROM OLD.decision_term OR NEW.received_on IS DISTINCT FROM OLD.received_on OR NEW.round_ended_on IS DISTINCT FROM OLD.round_ended_on OR NEW.earlier_id IS DISTINCT FROM OLD.earlier_id THEN RAISE EXCEPTION '%', 'cases_pinned: Waarmee een zaak is geopend, verandert niet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_pinned'; END IF;
    IF NEW.opened_at < OLD.last_act_at AND NEW.opened_at IS DISTINCT FROM OLD.opened_at OR NEW.opened_at IS NULL AND OLD.opened_at IS NOT NULL OR NEW.entered_at < OLD.last_act_at AND NEW.entered_at IS DISTINCT FROM OLD.entered_at OR NEW.entered_at IS NULL AND OLD.entered_at IS NOT NULL OR NEW.assigned_at < OLD.last_act_at AND NEW.assigned_at IS DISTINCT FROM OLD.assigned_at OR NEW.assigned_at IS NULL AND OLD.assigned_at IS NOT NULL OR NEW.forwarded_at < OLD.last_act_at AND NEW.forwarded_at IS DISTINCT FROM OLD.forwarded_at OR NEW.forwarded_at IS NULL AND OLD.forwarded_at IS NOT NULL OR NEW.withdrawn_at < OLD.last_act_at AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at OR NEW.withdrawn_at IS NULL AND OLD.withdrawn_at IS NOT NULL OR NEW.asked_to_complete_at < OLD.last_act_at AND NEW.asked_to_complete_at IS DISTINCT FROM OLD.asked_to_complete_at OR NEW.asked_to_complete_at IS NULL AND OLD.asked_to_complete_at IS NOT NULL OR NEW.completed_at < OLD.last_act_at AND NEW.completed_at IS DISTINCT FROM OLD.completed_at OR NEW.completed_at IS NULL AND OLD.completed_at IS NOT NULL OR NEW.extended_at < OLD.last_act_at AND NEW.extended_at IS DISTINCT FROM OLD.extended_at OR NEW.extended_at IS NULL AND OLD.extended_at IS NOT NULL OR NEW.term_suspended_at < OLD.last_act_at AND NEW.term_suspended_at IS DISTINCT FROM OLD.term_suspended_at OR NEW.term_suspended_at IS NULL AND OLD.term_suspended_at IS NOT NULL OR NEW.term_resumed_at < OLD.last_act_at AND NEW.term_resumed_at IS DISTINCT FROM OLD.term_resumed_at OR NEW.term_resumed_at IS NULL AND OLD.term_resumed_at IS NOT NULL OR NEW.repeat_established_at < OLD.last_act_at AND NEW.repeat_established_at IS DISTINCT FROM OLD.repeat_established_at OR NEW.repeat_established_at IS NULL AND OLD.repeat_established_at IS NOT NULL OR NEW.hardship_applied_at < OLD.last_act_at AND NEW.hardship_applied_at IS DISTINCT FROM OLD.hardship_applied_at OR NEW.hardship_applied_at IS NULL AND OLD.hardship_applied_at IS NOT NULL OR NEW.assessed_at < OLD.last_act_at AND NEW.assessed_at IS DISTINCT FROM OLD.assessed_at OR NEW.assessed_at IS NULL AND OLD.assessed_at IS NOT NULL OR NEW.advised_at < OLD.last_act_at AND NEW.advised_at IS DISTINCT FROM OLD.advised_at OR NEW.advised_at IS NULL AND OLD.advised_at IS NOT NULL OR NEW.intent_notified_at < OLD.last_act_at AND NEW.intent_notified_at IS DISTINCT FROM OLD.intent_notified_at OR NEW.intent_notified_at IS NULL AND OLD.intent_notified_at IS NOT NULL OR NEW.view_received_at < OLD.last_act_at AND NEW.view_received_at IS DISTINCT FROM OLD.view_received_at OR NEW.view_received_at IS NULL AND OLD.view_received_at IS NOT NULL OR NEW.granted_at < OLD.last_act_at AND NEW.granted_at IS DISTINCT FROM OLD.granted_at OR NEW.granted_at IS NULL AND OLD.granted_at IS NOT NULL OR NEW.partly_granted_at < OLD.last_act_at AND NEW.partly_granted_at IS DISTINCT FROM OLD.partly_granted_at OR NEW.partly_granted_at IS NULL AND OLD.partly_granted_at IS NOT NULL OR NEW.refused_at < OLD.last_act_at AND NEW.refused_at IS DISTINCT FROM OLD.refused_at OR NEW.refused_at IS NULL AND OLD.refused_at IS NOT NULL OR NEW.left_out_at < OLD.last_act_at AND NEW.left_out_at IS DISTINCT FROM OLD.left_out_at OR NEW.left_out_at IS NULL AND OLD.left_out_at IS NOT NULL OR NEW.amended_at < OLD.last_act_at AND NEW.amended_at IS DISTINCT FROM OLD.amended_at OR NEW.amended_at IS NULL AND OLD.amended_at IS NOT NULL OR NEW.slip_corrected_at < OLD.last_act_at AND NEW.slip_corrected_at IS DISTINCT FROM OLD.slip_corrected_at OR NEW.slip_corrected_at IS NULL AND OLD.slip_corrected_at IS NOT NULL OR NEW.budget_reservation_invoked_at < OLD.last_act_at AND NEW.budget_reservation_invoked_at IS DISTINCT FROM OLD.budget_reservation_invoked_at OR NEW.budget_reservation_invoked_at IS NULL AND OLD.budget_reservation_invoked_at IS NOT NULL OR NEW.revoked_at < OLD.last_act_at AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at OR NEW.revoked_at IS NULL AND OLD.revoked_at IS NOT NULL OR NEW.progress_reported_at < OLD.last_act_at AND NEW.progress_reported_at IS DISTINCT FROM OLD.progress_reported_at OR NEW.progress_reported_at IS NULL AND OLD.progress_reported_at IS NOT NULL OR NEW.delivery_proven_at < OLD.last_act_at AND NEW.delivery_proven_at IS DISTINCT FROM OLD.delivery_proven_at OR NEW.delivery_proven_at IS NULL AND OLD.delivery_proven_at IS NOT NULL OR NEW.settlement_requested_at < OLD.last_act_at AND NEW.settlement_requested_at IS DISTINCT FROM OLD.settlement_requested_at OR NEW.settlement_requested_at IS NULL AND OLD.settlement_requested_at IS NOT NULL OR NEW.settled_as_granted_at < OLD.last_act_at AND NEW.settled_as_granted_at IS DISTINCT FROM OLD.settled_as_granted_at OR NEW.settled_as_granted_at IS NULL AND OLD.settled_as_granted_at IS NOT NULL OR NEW.settled_lower_at < OLD.last_act_at AND NEW.settled_lower_at IS DISTINCT FROM OLD.settled_lower_at OR NEW.settled_lower_at IS NULL AND OLD.settled_lower_at IS NOT NULL OR NEW.settled_at_nil_at < OLD.last_act_at AND NEW.settled_at_nil_at IS DISTINCT FROM OLD.settled_at_nil_at OR NEW.settled_at_nil_at IS NULL AND OLD.settled_at_nil_at IS NOT NULL OR NEW.recovery_decided_at < OLD.last_act_at AND NEW.recovery_decided_at IS DISTINCT FROM OLD.recovery_decided_at OR NEW.recovery_decided_at IS NULL AND OLD.recovery_decided_at IS NOT NULL OR NEW.advance_paid_at < OLD.last_act_at AND NEW.advance_paid_at IS DISTINCT FROM OLD.advance_paid_at OR NEW.advance_paid_at IS NULL AND OLD.advance_paid_at IS NOT NULL OR NEW.paid_at < OLD.last_act_at AND NEW.paid_at IS DISTINCT FROM OLD.paid_at OR NEW.paid_at IS NULL AND OLD.paid_at IS NOT NULL OR NEW.payment_suspended_at < OLD.last_act_at AND NEW.payment_suspended_at IS DISTINCT FROM OLD.payment_suspended_at OR NEW.payment_suspended_at IS NULL AND OLD.payment_suspended_at IS NOT NULL OR NEW.payment_released_at < OLD.last_act_at AND NEW.payment_released_at IS DISTINCT FROM OLD.payment_released_at OR NEW.payment_released_at IS NULL AND OLD.payment_released_at IS NOT NULL OR NEW.objection_received_at < OLD.last_act_at AND NEW.objection_received_at IS DISTINCT FROM OLD.objection_received_at OR NEW.objection_received_at IS NULL AND OLD.objection_received_at IS NOT NULL OR NEW.objection_taken_up_at < OLD.last_act_at AND NEW.objection_taken_up_at IS DISTINCT FROM OLD.objection_taken_up_at OR NEW.objection_taken_up_at IS NULL AND OLD.objection_taken_up_at IS NOT NULL OR NEW.objection_repair_asked_at < OLD.last_act_at AND NEW.objection_repair_asked_at IS DISTINCT FROM OLD.objection_repair_asked_at OR NEW.objection_repair_asked_at IS NULL AND OLD.objection_repair_asked_at IS NOT NULL OR NEW.objection_repaired_at < OLD.last_act_at AND NEW.objection_repaired_at IS DISTINCT FROM OLD.objection_repaired_at OR NEW.objection_repaired_at IS NULL AND OLD.objection_repaired_at IS NOT NULL OR NEW.objection_extended_at < OLD.last_act_at AND NEW.objection_extended_at IS DISTINCT FROM OLD.objection_extended_at OR NEW.objection_extended_at IS NULL AND OLD.objection_extended_at IS NOT NULL OR NEW.hearing_called_at < OLD.last_act_at AND NEW.hearing_called_at IS DISTINCT FROM OLD.hearing_called_at OR NEW.hearing_called_at IS NULL AND OLD.hearing_called_at IS NOT NULL OR NEW.heard_at < OLD.last_act_at AND NEW.heard_at IS DISTINCT FROM OLD.heard_at OR NEW.heard_at IS NULL AND OLD.heard_at IS NOT NULL OR NEW.objection_upheld_at < OLD.last_act_at AND NEW.objection_upheld_at IS DISTINCT FROM OLD.objection_upheld_at OR NEW.objection_upheld_at IS NULL AND OLD.objection_upheld_at IS NOT NULL OR NEW.objection_partly_upheld_at < OLD.last_act_at AND NEW.objection_partly_upheld_at IS DISTINCT FROM OLD.objection_partly_upheld_at OR NEW.objection_partly_upheld_at IS NULL AND OLD.objection_partly_upheld_at IS NOT NULL OR NEW.debt_objection_upheld_at < OLD.last_act_at AND NEW.debt_objection_upheld_at IS DISTINCT FROM OLD.debt_objection_upheld_at OR NEW.debt_objection_upheld_at IS NULL AND OLD.debt_objection_upheld_at IS NOT NULL OR NEW.objection_rejected_at < OLD.last_act_at AND NEW.objection_rejected_at IS DISTINCT FROM OLD.objection_rejected_at OR NEW.objection_rejected_at IS NULL AND OLD.objection_rejected_at IS NOT NULL OR NEW.objection_inadmissible_at < OLD.last_act_at AND NEW.objection_inadmissible_at IS DISTINCT FROM OLD.objection_inadmissible_at OR NEW.objection_inadmissible_at IS NULL AND OLD.objection_inadmissible_at IS NOT NULL OR NEW.objection_withdrawn_at < OLD.last_act_at AND NEW.objection_withdrawn_at IS DISTINCT FROM OLD.objection_withdrawn_at OR NEW.objection_withdrawn_at IS NULL AND OLD.objection_withdrawn_at IS NOT NULL OR NEW.appeal_noted_at < OLD.last_act_at AND NEW.appeal_noted_at IS DISTINCT FROM OLD.appeal_noted_at OR NEW.appeal_noted_at IS NULL AND OLD.appeal_noted_at IS NOT NULL OR NEW.judgment_noted_at < OLD.last_act_at AND NEW.judgment_noted_at IS DISTINCT FROM OLD.judgment_noted_at OR NEW.judgment_noted_at IS NULL AND OLD.judgment_noted_at IS NOT NULL OR NEW.appeal_ended_at < OLD.last_act_at AND NEW.appeal_ended_at IS DISTINCT FROM OLD.appeal_ended_at OR NEW.appeal_ended_at IS NULL AND OLD.appeal_ended_at IS NOT NULL OR NEW.declared_in_default_at < OLD.last_act_at AND NEW.declared_in_default_at IS DISTINCT FROM OLD.declared_in_default_at OR NEW.declared_in_default_at IS NULL AND OLD.declared_in_default_at IS NOT NULL OR NEW.penalty_fixed_at < OLD.last_act_at AND NEW.penalty_fixed_at IS DISTINCT FROM OLD.penalty_fixed_at OR NEW.penalty_fixed_at IS NULL AND OLD.penalty_fixed_at IS NOT NULL OR NEW.penalty_paid_at < OLD.last_act_at AND NEW.penalty_paid_at IS DISTINCT FROM OLD.penalty_paid_at OR NEW.penalty_paid_at IS NULL AND OLD.penalty_paid_at IS NOT NULL OR NEW.refunded_at < OLD.last_act_at AND NEW.refunded_at IS DISTINCT FROM OLD.refunded_at OR NEW.refunded_at IS NULL AND OLD.refunded_at IS NOT NULL OR NEW.dispatched_at < OLD.last_act_at AND NEW.dispatched_at IS DISTINCT FROM OLD.dispatched_at OR NEW.dispatched_at IS NULL AND OLD.dispatched_at IS NOT NULL OR NEW.post_returned_at < OLD.last_act_at AND NEW.post_returned_at IS DISTINCT FROM OLD.post_returned_at OR NEW.post_returned_at IS NULL AND OLD.post_returned_at IS NOT NULL OR NEW.contact_noted_at < OLD.last_act_at AND NEW.contact_noted_at IS DISTINCT FROM OLD.contact_noted_at OR NEW.contact_noted_at IS NULL AND OLD.contact_noted_at IS NOT NULL OR NEW.complaint_received_at < OLD.last_act_at AND NEW.complaint_received_at IS DISTINCT FROM OLD.complaint_received_at OR NEW.complaint_received_at IS NULL AND OLD.complaint_received_at IS NOT NULL OR NEW.death_noted_at < OLD.last_act_at AND NEW.death_noted_at IS DISTINCT FROM OLD.death_noted_at OR NEW.death_noted_at IS NULL AND OLD.death_noted_at IS NOT NULL OR NEW.guardian_noted_at < OLD.last_act_at AND NEW.guardian_noted_at IS DISTINCT FROM OLD.guardian_noted_at OR NEW.guardian_noted_at IS NULL AND OLD.guardian_noted_at IS NOT NULL OR NEW.closed_at < OLD.last_act_at AND NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.closed_at IS NULL AND OLD.closed_at IS NOT NULL OR NEW.reopened_at < OLD.last_act_at AND NEW.reopened_at IS DISTINCT FROM OLD.reopened_at OR NEW.reopened_at IS NULL AND OLD.reopened_at IS NOT NULL OR NEW.destroyed_at < OLD.last_act_at AND NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at OR NEW.destroyed_at IS NULL AND OLD.destroyed_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_moments_grow: Een handeling komt niet vóór de vorige, en verdwijnt niet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_moments_grow'; END IF;
    IF NEW.opened_at IS DISTINCT FROM OLD.opened_at AND OLD.opened_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_opened: Dit is al gebeurd (geopend) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_opened'; END IF;
    IF NEW.entered_at IS DISTINCT FROM OLD.entered_at AND OLD.entered_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_entered: Dit is al gebeurd (ingevoerd voor een ander) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_entered'; END IF;
    IF NEW.forwarded_at IS DISTINCT FROM OLD.forwarded_at AND OLD.forwarded_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_forwarded: Dit is al gebeurd (doorgestuurd) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_forwarded'; END IF;
    IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND OLD.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_withdrawn: Dit is al gebeurd (ingetrokken door de aanvrager) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_withdrawn'; END IF;
    IF NEW.completed_at IS DISTINCT FROM OLD.completed_at AND NOT (OLD.asked_to_complete_at IS NOT NULL AND (OLD.completed_at IS NULL OR OLD.completed_at <= OLD.asked_to_complete_at)) THEN RAISE EXCEPTION '%', 'cases_answers_completed: Er staat niets open om dit op te laten volgen (om aanvulling gevraagd).' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_answers_completed'; END IF;
    IF NEW.term_resumed_at IS DISTINCT FROM OLD.term_resumed_at AND NOT (OLD.term_suspended_at IS NOT NULL AND (OLD.term_resumed_at IS NULL OR OLD.term_resumed_at <= OLD.term_suspended_at)) THEN RAISE EXCEPTION '%', 'cases_answers_term_resumed: Er staat niets open om dit op te laten volgen (beslistermijn opgeschort).' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_answers_term_resumed'; END IF;
    IF NEW.repeat_established_at IS DISTINCT FROM OLD.repeat_established_at AND OLD.repeat_established_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_repeat_established: Dit is al gebeurd (herhaalde aanvraag vastgesteld) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_repeat_established'; END IF;
    IF NEW.granted_at IS DISTINCT FROM OLD.granted_at AND OLD.decided_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.decided_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.decided_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.decided_at) THEN RAISE EXCEPTION '%', 'cases_again_granted_decided: Er is al beslist op de aanvraag.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_granted_decided'; END IF;
    IF NEW.partly_granted_at IS DISTINCT FROM OLD.partly_granted_at AND OLD.decided_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.decided_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.decided_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.decided_at) THEN RAISE EXCEPTION '%', 'cases_again_partly_granted_decided: Er is al beslist op de aanvraag.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_partly_granted_decided'; END IF;
    IF NEW.refused_at IS DISTINCT FROM OLD.refused_at AND OLD.decided_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.decided_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.decided_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.decided_at) THEN RAISE EXCEPTION '%', 'cases_again_refused_decided: Er is al beslist op de aanvraag.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_refused_decided'; END IF;
    IF NEW.left_out_at IS DISTINCT FROM OLD.left_out_at AND OLD.decided_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.decided_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.decided_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.decided_at) THEN RAISE EXCEPTION '%', 'cases_again_left_out_decided: Er is al beslist op de aanvraag.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_left_out_decided'; END IF;
    IF NEW.amended_at IS DISTINCT FROM OLD.amended_at AND OLD.settled_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.settled_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.settled_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.settled_at) THEN RAISE EXCEPTION '%', 'cases_again_amended_settled: De subsidie is al vastgesteld.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_amended_settled'; END IF;
    IF NEW.budget_reservation_invoked_at IS DISTINCT FROM OLD.budget_reservation_invoked_at AND OLD.budget_reservation_invoked_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_budget_reservation_invoked: Dit is al gebeurd (beroep gedaan op het begrotingsvoorbehoud) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_budget_reservation_invoked'; END IF;
    IF NEW.revoked_at IS DISTINCT FROM OLD.revoked_at AND OLD.revoked_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.revoked_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.revoked_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.revoked_at) THEN RAISE EXCEPTION '%', 'cases_again_revoked_revoked: De subsidie is ingetrokken.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_revoked_revoked'; END IF;
    IF NEW.settled_as_granted_at IS DISTINCT FROM OLD.settled_as_granted_at AND OLD.settled_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.settled_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.settled_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.settled_at) THEN RAISE EXCEPTION '%', 'cases_again_settled_as_granted_settled: De subsidie is al vastgesteld.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_settled_as_granted_settled'; END IF;
    IF NEW.settled_lower_at IS DISTINCT FROM OLD.settled_lower_at AND OLD.settled_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.settled_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.settled_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.settled_at) THEN RAISE EXCEPTION '%', 'cases_again_settled_lower_settled: De subsidie is al vastgesteld.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_settled_lower_settled'; END IF;
    IF NEW.settled_at_nil_at IS DISTINCT FROM OLD.settled_at_nil_at AND OLD.settled_at IS NOT NULL AND (OLD.objection_upheld_at IS NULL OR OLD.objection_upheld_at <= OLD.settled_at) AND (OLD.objection_partly_upheld_at IS NULL OR OLD.objection_partly_upheld_at <= OLD.settled_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.settled_at) THEN RAISE EXCEPTION '%', 'cases_again_settled_at_nil_settled: De subsidie is al vastgesteld.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_settled_at_nil_settled'; END IF;
    IF NEW.payment_suspended_at IS DISTINCT FROM OLD.payment_suspended_at AND OLD.payment_suspended_at IS NOT NULL AND (OLD.payment_released_at IS NULL OR OLD.payment_released_at <= OLD.payment_suspended_at) THEN RAISE EXCEPTION '%', 'cases_again_payment_suspended_payments_suspended: De betaling is opgeschort.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_payment_suspended_payments_suspended'; END IF;
    IF NEW.payment_released_at IS DISTINCT FROM OLD.payment_released_at AND NOT (OLD.payment_suspended_at IS NOT NULL AND (OLD.payment_released_at IS NULL OR OLD.payment_released_at <= OLD.payment_suspended_at)) THEN RAISE EXCEPTION '%', 'cases_answers_payment_released: Er staat niets open om dit op te laten volgen (betaling opgeschort).' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_answers_payment_released'; END IF;
    IF NEW.objection_taken_up_at IS DISTINCT FROM OLD.objection_taken_up_at AND OLD.objection_taken_up_at IS NOT NULL AND (OLD.objection_decided_at IS NULL OR OLD.objection_decided_at <= OLD.objection_taken_up_at) AND (OLD.objection_withdrawn_at IS NULL OR OLD.objection_withdrawn_at <= OLD.objection_taken_up_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_taken_up_objection_in_hand: Er loopt nog een ander bezwaar.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_taken_up_objection_in_hand'; END IF;
    IF NEW.objection_repaired_at IS DISTINCT FROM OLD.objection_repaired_at AND NOT (OLD.objection_repair_asked_at IS NOT NULL AND (OLD.objection_repaired_at IS NULL OR OLD.objection_repaired_at <= OLD.objection_repair_asked_at)) THEN RAISE EXCEPTION '%', 'cases_answers_objection_repaired: Er staat niets open om dit op te laten volgen (om herstel van het bezwaar gevraagd).' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_answers_objection_repaired'; END IF;
    IF NEW.objection_upheld_at IS DISTINCT FROM OLD.objection_upheld_at AND OLD.objection_decided_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_decided_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_decided_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_upheld_objection_decided: Op het bezwaar is al beslist.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_upheld_objection_decided'; END IF;
    IF NEW.objection_partly_upheld_at IS DISTINCT FROM OLD.objection_partly_upheld_at AND OLD.objection_decided_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_decided_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_decided_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_partly_upheld_objection_decided: Op het bezwaar is al beslist.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_partly_upheld_objection_decided'; END IF;
    IF NEW.debt_objection_upheld_at IS DISTINCT FROM OLD.debt_objection_upheld_at AND OLD.objection_decided_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_decided_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_decided_at) THEN RAISE EXCEPTION '%', 'cases_again_debt_objection_upheld_objection_decided: Op het bezwaar is al beslist.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_debt_objection_upheld_objection_decided'; END IF;
    IF NEW.objection_rejected_at IS DISTINCT FROM OLD.objection_rejected_at AND OLD.objection_decided_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_decided_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_decided_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_rejected_objection_decided: Op het bezwaar is al beslist.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_rejected_objection_decided'; END IF;
    IF NEW.objection_inadmissible_at IS DISTINCT FROM OLD.objection_inadmissible_at AND OLD.objection_decided_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_decided_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_decided_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_inadmissible_objection_decided: Op het bezwaar is al beslist.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_inadmissible_objection_decided'; END IF;
    IF NEW.objection_withdrawn_at IS DISTINCT FROM OLD.objection_withdrawn_at AND OLD.objection_withdrawn_at IS NOT NULL AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.objection_withdrawn_at) AND (OLD.objection_taken_up_at IS NULL OR OLD.objection_taken_up_at <= OLD.objection_withdrawn_at) THEN RAISE EXCEPTION '%', 'cases_again_objection_withdrawn_objection_withdrawn: Het bezwaar is ingetrokken.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_objection_withdrawn_objection_withdrawn'; END IF;
    IF NEW.closed_at IS DISTINCT FROM OLD.closed_at AND OLD.closed_at IS NOT NULL AND (OLD.reopened_at IS NULL OR OLD.reopened_at <= OLD.closed_at) AND (OLD.objection_received_at IS NULL OR OLD.objection_received_at <= OLD.closed_at) AND (OLD.appeal_noted_at IS NULL OR OLD.appeal_noted_at <= OLD.closed_at) AND (OLD.judgment_noted_at IS NULL OR OLD.judgment_noted_at <= OLD.closed_at) THEN RAISE EXCEPTION '%', 'cases_again_closed_closed: Deze zaak is gesloten. Open haar eerst opnieuw.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_again_closed_closed'; END IF;
    IF NEW.reopened_at IS DISTINCT FROM OLD.reopened_at AND NOT (OLD.closed_at IS NOT NULL AND (OLD.reopened_at IS NULL OR OLD.reopened_at <= OLD.closed_at)) THEN RAISE EXCEPTION '%', 'cases_answers_reopened: Er staat niets open om dit op te laten volgen (gesloten).' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_answers_reopened'; END IF;
    IF NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at AND OLD.destroyed_at IS NOT NULL THEN RAISE EXCEPTION '%', 'cases_once_destroyed: Dit is al gebeurd (vernietigd) en kan maar één keer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_once_destroyed'; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Adds its column, and writes anew what the database guards of it."""

    dependencies: ClassVar = [
        ("cases", "0015_sent_again"),
        ("people", "0008_name_words"),
        ("schemes", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_stop_payments_suspended",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_stop_destroyed",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_last_act",
        ),
        migrations.RemoveConstraint(
            model_name="caseact",
            name="cases_act_known",
        ),
        migrations.AddField(
            model_name="case",
            name="refunded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest(
                            "entered_at",
                            "assigned_at",
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "amended_at",
                            "slip_corrected_at",
                            "budget_reservation_invoked_at",
                            "revoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "recovery_decided_at",
                            "advance_paid_at",
                            "paid_at",
                            "payment_suspended_at",
                            "payment_released_at",
                            "objection_received_at",
                            "objection_taken_up_at",
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_upheld_at",
                            "objection_partly_upheld_at",
                            "debt_objection_upheld_at",
                            "objection_rejected_at",
                            "objection_inadmissible_at",
                            "objection_withdrawn_at",
                            "appeal_noted_at",
                            "judgment_noted_at",
                            "appeal_ended_at",
                            "declared_in_default_at",
                            "penalty_fixed_at",
                            "penalty_paid_at",
                            "refunded_at",
                            "dispatched_at",
                            "post_returned_at",
                            "contact_noted_at",
                            "complaint_received_at",
                            "death_noted_at",
                            "guardian_noted_at",
                            "closed_at",
                            "reopened_at",
                        ),
                        models.F("destroyed_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_destroyed",
                violation_error_message="Dit dossier is vernietigd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_suspended_at__isnull", True),
                    models.Q(
                        django.db.models.lookups.GreaterThan(
                            models.F("payment_released_at"), models.F("payment_suspended_at")
                        ),
                        ("payment_released_at__isnull", False),
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.comparison.Greatest("advance_paid_at", "paid_at", "refunded_at"),
                        models.F("payment_suspended_at"),
                    ),
                    _connector="OR",
                ),
                name="cases_stop_payments_suspended",
                violation_error_message="De betaling is opgeschort.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last_act_at",
                        django.db.models.functions.comparison.Greatest(
                            "opened_at",
                            "entered_at",
                            "assigned_at",
                            "forwarded_at",
                            "withdrawn_at",
                            "asked_to_complete_at",
                            "completed_at",
                            "extended_at",
                            "term_suspended_at",
                            "term_resumed_at",
                            "repeat_established_at",
                            "hardship_applied_at",
                            "assessed_at",
                            "advised_at",
                            "intent_notified_at",
                            "view_received_at",
                            "granted_at",
                            "partly_granted_at",
                            "refused_at",
                            "left_out_at",
                            "amended_at",
                            "slip_corrected_at",
                            "budget_reservation_invoked_at",
                            "revoked_at",
                            "progress_reported_at",
                            "delivery_proven_at",
                            "settlement_requested_at",
                            "settled_as_granted_at",
                            "settled_lower_at",
                            "settled_at_nil_at",
                            "recovery_decided_at",
                            "advance_paid_at",
                            "paid_at",
                            "payment_suspended_at",
                            "payment_released_at",
                            "objection_received_at",
                            "objection_taken_up_at",
                            "objection_repair_asked_at",
                            "objection_repaired_at",
                            "objection_extended_at",
                            "hearing_called_at",
                            "heard_at",
                            "objection_upheld_at",
                            "objection_partly_upheld_at",
                            "debt_objection_upheld_at",
                            "objection_rejected_at",
                            "objection_inadmissible_at",
                            "objection_withdrawn_at",
                            "appeal_noted_at",
                            "judgment_noted_at",
                            "appeal_ended_at",
                            "declared_in_default_at",
                            "penalty_fixed_at",
                            "penalty_paid_at",
                            "refunded_at",
                            "dispatched_at",
                            "post_returned_at",
                            "contact_noted_at",
                            "complaint_received_at",
                            "death_noted_at",
                            "guardian_noted_at",
                            "closed_at",
                            "reopened_at",
                            "destroyed_at",
                        ),
                    )
                ),
                name="cases_last_act",
                violation_error_message="Het laatste moment van een zaak is dat van de laatste handeling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "opened",
                            "entered",
                            "assigned",
                            "forwarded",
                            "withdrawn",
                            "asked_to_complete",
                            "completed",
                            "extended",
                            "term_suspended",
                            "term_resumed",
                            "repeat_established",
                            "hardship_applied",
                            "assessed",
                            "advised",
                            "intent_notified",
                            "view_received",
                            "granted",
                            "partly_granted",
                            "refused",
                            "left_out",
                            "amended",
                            "slip_corrected",
                            "budget_reservation_invoked",
                            "revoked",
                            "progress_reported",
                            "delivery_proven",
                            "settlement_requested",
                            "settled_as_granted",
                            "settled_lower",
                            "settled_at_nil",
                            "recovery_decided",
                            "advance_paid",
                            "paid",
                            "payment_suspended",
                            "payment_released",
                            "objection_received",
                            "objection_taken_up",
                            "objection_repair_asked",
                            "objection_repaired",
                            "objection_extended",
                            "hearing_called",
                            "heard",
                            "objection_upheld",
                            "objection_partly_upheld",
                            "debt_objection_upheld",
                            "objection_rejected",
                            "objection_inadmissible",
                            "objection_withdrawn",
                            "appeal_noted",
                            "judgment_noted",
                            "appeal_ended",
                            "declared_in_default",
                            "penalty_fixed",
                            "penalty_paid",
                            "refunded",
                            "dispatched",
                            "post_returned",
                            "contact_noted",
                            "complaint_received",
                            "death_noted",
                            "guardian_noted",
                            "closed",
                            "reopened",
                            "destroyed",
                        ],
                    )
                ),
                name="cases_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
        ),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
    ]
