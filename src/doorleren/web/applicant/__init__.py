"""The pages of who applies: my applications, the form of a draft, what stands ready, submitting and the receipt."""
