"""What holds for every test with values that nobody thought of: none fails because the machine was busy."""

from hypothesis import settings

settings.register_profile("untimed", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("untimed")
