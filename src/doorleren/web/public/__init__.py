"""The pages that anyone may see: the finder, the schemes, the overview and the figures. No sign-in, nothing stored."""
