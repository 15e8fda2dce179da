"""The acts on an application: start, answer, freeze, withdraw, take the withdrawal back. Submitting is the intake's."""
