"""Alerts by e-mail on a search of the portal: asked without an account, confirmed by a link, ended by one click."""
