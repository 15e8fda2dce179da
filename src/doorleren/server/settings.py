"""The settings of Django: one file for development, tests and production; what differs comes from `environment`.

Reading them starts nothing. Without `DATABASE_URL` they point to where the embedded database listens
once somebody has opened it (`serve` and `manage` do).
"""

import secrets
from pathlib import Path

from doorleren.server import environment
from doorleren.server.databases import settings_of
from doorleren.server.embedded import cluster

_SURROUNDINGS = environment.read()
_WEB = Path(__file__).resolve().parents[1] / "web"

# --- who we are
DEBUG = _SURROUNDINGS.debug
SECRET_KEY = _SURROUNDINGS.secret_key or secrets.token_urlsafe(48)  # `serve` hands all its processes one key
ALLOWED_HOSTS = list(_SURROUNDINGS.hosts)
ROOT_URLCONF = "doorleren.server.urls"
WSGI_APPLICATION = "doorleren.server.wsgi.application"
DOORLEREN_SCHEMES = _SURROUNDINGS.schemes

# --- what is in use
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "doorleren.web",
]
MIDDLEWARE = [
    "doorleren.web.headers.closed_by_default",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "doorleren.web.language.language_of_the_address",  # the address alone: no cookie, no header of the browser
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "doorleren.web.chrome.chrome",
            ],
        },
    },
]

# --- where things are kept
DATABASES = {"default": settings_of(_SURROUNDINGS.database_url or cluster.url(_SURROUNDINGS.home))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = _SURROUNDINGS.static or _SURROUNDINGS.home / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _SURROUNDINGS.static  # collected by `serve`: hashed names, compressed, cached for ever
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = _SURROUNDINGS.static is None

# --- language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [_WEB / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- safety
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- what is said to the one who runs it: never an address with a question, never an answer of a visitor
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
}
