"""What changes an offer, an enrolment, or what a provider confirms of one."""
