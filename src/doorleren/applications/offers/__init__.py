"""What providers bring to applications: the offer they apply with, participants they enrol, enrolments they confirm."""
