"""Pages for training providers: their own activities, a form, uploads with a preview. Only what is theirs is shown."""
