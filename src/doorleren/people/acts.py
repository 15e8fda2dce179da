"""One table: which act asks for which role, level of assurance, second factor and fresh proof.

Levels: whatever touches only one's own account is low; acting for an organisation or with its data is substantial;
officials act with substantial assurance and a second factor. An act that is hard to undo is sensitive: who asks must
have proven who they are within the last minutes. An act that is not in the table is not allowed to anyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from doorleren.people.models import IN_ORGANISATION, Assurance, RoleKind

LEVELS = (Assurance.LOW, Assurance.SUBSTANTIAL, Assurance.HIGH)
"""From weak to strong."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What an act asks. `own`: for oneself, whatever one's roles are; `roles`: in the place of the thing acted upon."""

    assurance: Assurance
    roles: frozenset[RoleKind] = frozenset()
    own: bool = False
    second_factor: bool = False
    sensitive: bool = False


def _own(*, sensitive: bool = False) -> Demand:
    return Demand(Assurance.LOW, own=True, sensitive=sensitive)


def _organisation(*roles: RoleKind) -> Demand:
    return Demand(Assurance.SUBSTANTIAL, frozenset(roles))


def _applicant() -> Demand:
    return Demand(Assurance.SUBSTANTIAL, frozenset(IN_ORGANISATION), own=True)


def _official(*roles: RoleKind, sensitive: bool = False) -> Demand:
    return Demand(Assurance.SUBSTANTIAL, frozenset(roles), second_factor=True, sensitive=sensitive)


DEMANDS: Mapping[str, Demand] = {
    # one's own account
    "view_account": _own(),
    "sign_out": _own(),
    "sign_out_everywhere": _own(),
    "export_own_content": Demand(Assurance.SUBSTANTIAL, own=True, sensitive=True),
    "choose_letters": Demand(Assurance.SUBSTANTIAL, own=True),
    "ask_correction": Demand(Assurance.SUBSTANTIAL, own=True),
    # what a provider does with its own part of the register
    "view_own_activities": _organisation(RoleKind.PROVIDER),
    "enter_activities": _organisation(RoleKind.PROVIDER),
    "upload_activities": _organisation(RoleKind.PROVIDER),
    "change_provider_details": _organisation(RoleKind.PROVIDER),
    "undo_upload": _organisation(RoleKind.PROVIDER),
    "apply_for_admission": _organisation(RoleKind.PROVIDER),
    "object_to_admission": _organisation(RoleKind.PROVIDER),
    # what an applicant does with applications: one's own, or those of an organisation
    "file_application": _applicant(),
    "view_application": _applicant(),
    # applications on paper, by telephone or at a desk, entered for somebody
    "enter_application_for": _official(RoleKind.DESK_ADVISER, RoleKind.ASSESSOR),
    # documents that were given as evidence, in the rounds of one's own body
    "view_evidence": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR),
    # what an adviser and a participant do with registrations
    "register_people": _organisation(RoleKind.CAREER_ADVISER),
    "complete_registration": _organisation(RoleKind.CAREER_ADVISER),
    "list_oneself": _organisation(RoleKind.CAREER_ADVISER),
    "confirm_registration": Demand(Assurance.SUBSTANTIAL, own=True),
    # offers: what a provider confirms of an applicant, whom it enrols, and what a participant says of that
    "confirm_enrolment": _organisation(RoleKind.PROVIDER),
    "enrol_participants": _organisation(RoleKind.PROVIDER),
    "enrol_in_partnership": _organisation(RoleKind.LEAD_PARTNER),
    "answer_enrolment": Demand(Assurance.SUBSTANTIAL, own=True),
    # what officials do with the register
    "view_price_history": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR),
    "view_admissions": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR),
    "note_former_price": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "assess_admission": _official(RoleKind.ASSESSOR),
    "judge_recognition": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "decide_admission": _official(RoleKind.DECIDER, sensitive=True),
    "keep_sources": _official(RoleKind.ADMINISTRATOR),
    "undo_delivery": _official(RoleKind.ADMINISTRATOR, sensitive=True),
    # registrations: who is qualified, and who may be there twice
    "give_qualification": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "view_candidates": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    # cases: within the own body; what must lie in different hands is in cases/access.py
    "view_cases": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER, RoleKind.AUDITOR),
    "view_case_figures": _official(
        RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER, RoleKind.AUDITOR, RoleKind.POLICY_MAKER
    ),
    "prepare_case": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "assign_case": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "assess_case": _official(RoleKind.ASSESSOR),
    "decide_case": _official(RoleKind.DECIDER, sensitive=True),
    "hear_objection": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "decide_objection": _official(RoleKind.DECIDER, sensitive=True),
    "pay_case": _official(RoleKind.PAYMASTER, sensitive=True),
    "note_in_case": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER),
    "destroy_case": _official(RoleKind.ADMINISTRATOR, sensitive=True),
    # the end of retention: one proposes the list of what is due, another releases it (destroy_case)
    "view_destruction": _official(RoleKind.ADMINISTRATOR, RoleKind.AUDITOR),
    "propose_destruction": _official(RoleKind.ADMINISTRATOR),
    # requests to correct what is kept of a person, at the body that they were made to: who refuses takes a decision
    "view_corrections": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR),
    "treat_correction": _official(RoleKind.ASSESSOR, RoleKind.DECIDER),
    "refuse_correction": _official(RoleKind.DECIDER),
    # the committee of a round that ranks: appointed, scores, and two who fix the scores
    "view_committee": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR),
    "appoint_scorer": _official(RoleKind.DECIDER),
    "score_application": _official(RoleKind.ASSESSOR),
    "fix_scores": _official(RoleKind.DECIDER, sensitive=True),
    # rounds: one proposes, another releases
    "view_rounds": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR, RoleKind.POLICY_MAKER),
    "forecast_rounds": _official(RoleKind.POLICY_MAKER),
    "propose_round_act": _official(RoleKind.DECIDER, sensitive=True),
    "release_round_act": _official(RoleKind.DECIDER, sensitive=True),
    # the bank accounts of payees: one proposes, another confirms
    "view_payee_accounts": _official(RoleKind.ASSESSOR, RoleKind.PAYMASTER, RoleKind.AUDITOR),
    "propose_payee_account": _official(RoleKind.ASSESSOR, RoleKind.PAYMASTER),
    "confirm_payee_account": _official(RoleKind.PAYMASTER, sensitive=True),
    # an account that was changed is stopped by whose it is, whether they applied or not
    "stop_payee_account": _applicant(),
    # one's own account is given with fresh proof of who one is; an official confirms it
    "give_payee_account": Demand(Assurance.SUBSTANTIAL, frozenset(IN_ORGANISATION), own=True, sensitive=True),
    # payment runs: one proposes, another releases; what the bank says is read in
    "view_payments": _official(RoleKind.PAYMASTER, RoleKind.AUDITOR),
    "propose_payments": _official(RoleKind.PAYMASTER),
    "release_payments": _official(RoleKind.PAYMASTER, sensitive=True),
    "hand_over_payments": _official(RoleKind.PAYMASTER, sensitive=True),
    "import_bank_message": _official(RoleKind.PAYMASTER),
    # who may do what
    "view_roles": _official(RoleKind.ADMINISTRATOR),
    "give_role": _official(RoleKind.ADMINISTRATOR, sensitive=True),
    "set_letters_of_body": _official(RoleKind.ADMINISTRATOR),
    # being away: one names one's own deputy, an administrator one for somebody else
    "name_deputy": _official(RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER),
    "name_deputy_for": _official(RoleKind.ADMINISTRATOR),
    "set_team": _official(RoleKind.ADMINISTRATOR),
    "end_role": _official(RoleKind.ADMINISTRATOR, sensitive=True),
    "end_mandate": _official(RoleKind.ADMINISTRATOR, sensitive=True),
    "view_acts": _official(RoleKind.AUDITOR),
}
