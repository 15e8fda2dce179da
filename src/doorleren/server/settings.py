"""The settings of Django: one file for development, tests and production; what differs comes from `environment`.

Reading them starts nothing. Without `DATABASE_URL` they point to where the embedded database listens
once somebody has opened it (`serve` and `manage` do).
"""

import secrets
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from doorleren.applications.evidence.scanning import scanner_of
from doorleren.payments.name_checks import name_check_of
from doorleren.server import clock, environment
from doorleren.server.databases import settings_of
from doorleren.server.embedded import cluster
from doorleren.server.intake.keys import read_keys
from doorleren.server.keys import kept_key
from doorleren.server.mailing import mailing

_SURROUNDINGS = environment.read()
_WEB = Path(__file__).resolve().parents[1] / "web"

# --- who we are
DEBUG = _SURROUNDINGS.debug
SECRET_KEY = _SURROUNDINGS.secret_key or secrets.token_urlsafe(48)  # `serve` hands all its processes one key
ALLOWED_HOSTS = list(_SURROUNDINGS.hosts)
ROOT_URLCONF = "doorleren.server.urls"
WSGI_APPLICATION = "doorleren.server.wsgi.application"
DOORLEREN_SCHEMES = _SURROUNDINGS.schemes
DOORLEREN_HOME = _SURROUNDINGS.home
DOORLEREN_DAY = _SURROUNDINGS.shown_day
DOORLEREN_AHEAD = clock.ahead()
DOORLEREN_DEMO = _SURROUNDINGS.demo_refused() is None
DOORLEREN_FEEDS_NEARBY = _SURROUNDINGS.feeds_nearby or bool(_SURROUNDINGS.demo_provider)  # the demo pulls from itself

# --- what is in use
INSTALLED_APPS = [
    "django.contrib.contenttypes",  # django.contrib.auth asks for it
    "django.contrib.auth",  # mozilla-django-oidc builds on it; its user is our person
    "django.contrib.staticfiles",
    "doorleren.audit",
    "doorleren.people",
    "doorleren.letters",
    "doorleren.schemes",
    "doorleren.cases",
    "doorleren.register",
    "doorleren.rounds",
    "doorleren.applications",
    "doorleren.decisions",
    "doorleren.payments",
    "doorleren.web",
    "doorleren.server",  # its own way to migrate
]
MIDDLEWARE = [
    "doorleren.web.headers.closed_by_default",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "doorleren.web.language.language_of_the_address",  # the address alone: no cookie, no header of the browser
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "doorleren.web.people.sessions.touch_session",
    "doorleren.web.receiving.NoFilesByDefault",  # above the next one, which reads a form to find its token
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "doorleren.web.viewing.log_views",  # outside of the next one: the log of who viewed is written on GET too
    "doorleren.web.reading.reading_never_writes",  # innermost: sessions are kept outside of it
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
DATABASES = {"default": settings_of(_SURROUNDINGS.database_url or cluster.application_url(_SURROUNDINGS.home))}
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
CSRF_FAILURE_VIEW = "doorleren.web.people.refusals.form_refused"
CSRF_COOKIE_SECURE = not _SURROUNDINGS.on_loopback
CSRF_COOKIE_NAME = "__Host-doorleren-csrf" if CSRF_COOKIE_SECURE else "doorleren-csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = ["doorleren.web.receiving.NoFile"]  # a page that takes files says so
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files; rows of a bundle are at most 4 of these

if not _SURROUNDINGS.on_loopback:
    # The web server listens on loopback only, so what comes in came through a proxy on this machine, which speaks https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- sessions
SESSION_ENGINE = "doorleren.people.sessions"
SESSION_COOKIE_AGE = 15 * 60  # seconds without a request; the row in the database decides, not the cookie
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = not _SURROUNDINGS.on_loopback
# A browser takes a cookie named __Host-... only over https, without a domain and for the whole site. On loopback we
# speak plain http and browsers would refuse it, so there it has another name.
SESSION_COOKIE_NAME = "__Host-doorleren" if SESSION_COOKIE_SECURE else "doorleren"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # not Strict: the way back from the provider of identities comes from another site

# --- people and signing in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["doorleren.people.backend.SignInBackend"]
DOORLEREN_IDENTITY_KEYS = _SURROUNDINGS.identity_keys  # `serve` hands all its processes the keys it keeps
DOORLEREN_DEMO_PROVIDER = _SURROUNDINGS.demo_provider if not _SURROUNDINGS.oidc_issuer else None
DOORLEREN_OIDC_ISSUER = _SURROUNDINGS.oidc_issuer or DOORLEREN_DEMO_PROVIDER
OIDC_RP_CLIENT_ID = _SURROUNDINGS.oidc_client
OIDC_RP_CLIENT_SECRET = _SURROUNDINGS.oidc_secret if _SURROUNDINGS.oidc_issuer else "demo"  # there any text will do
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile"
OIDC_USE_PKCE = True
OIDC_VERIFY_KID = DOORLEREN_DEMO_PROVIDER is None  # the demo provider has one key and signs without naming it
OIDC_AUTHENTICATION_CALLBACK_URL = "sign-in-callback"
OIDC_MAX_STATES = 5
OIDC_TIMEOUT = 10

# --- rounds
DOORLEREN_INTAKE = _SURROUNDINGS.intake  # where tickets go; none where nobody started it

# Where browsers reach the intake ("https://name"); none: a page hands the token on. On this machine they reach it as we do.
DOORLEREN_INTAKE_PUBLIC = _SURROUNDINGS.intake_public or (_SURROUNDINGS.intake if _SURROUNDINGS.on_loopback else None)

# The waiting room, likewise; where browsers do not reach it, its page loads itself again.
DOORLEREN_WAITING = _SURROUNDINGS.waiting
DOORLEREN_WAITING_PUBLIC = _SURROUNDINGS.waiting_public or (
    _SURROUNDINGS.waiting if _SURROUNDINGS.on_loopback else None
)

# --- applications: bytes once somebody asks for them; the keys are made at the first need and stay in the home folder
DOORLEREN_TOKEN_KEY = SimpleLazyObject(lambda: read_keys(_SURROUNDINGS.home).tokens)
DOORLEREN_RECEIPT_KEY = SimpleLazyObject(lambda: read_keys(_SURROUNDINGS.home).public)
DOORLEREN_SIGNING_KEY = SimpleLazyObject(
    lambda: read_keys(_SURROUNDINGS.home).signing
)  # receipts of bundles are ours too
DOORLEREN_PERSON_KEY = SimpleLazyObject(  # one person, one place: never another key while a round is open
    lambda: bytes.fromhex(kept_key(_SURROUNDINGS.home, "person-key", lambda: secrets.token_hex(32)))
)

DOORLEREN_FILE_KEY = SimpleLazyObject(  # wraps the key of each case's personal content
    lambda: bytes.fromhex(kept_key(_SURROUNDINGS.home, "file-key", lambda: secrets.token_hex(32)))
)

# --- letters: a class per channel; a folder of the site's outbox until a site names its own
DOORLEREN_OUTBOX = _SURROUNDINGS.home / "outbox"
DOORLEREN_LETTER_WAYS = {
    "message_box": "doorleren.letters.ways.MessageBox",
    "e_mail": "doorleren.letters.ways.MailNotice",
    "print": "doorleren.letters.ways.Printer",
}

# --- payments: the class that brings a payment file to the bank; a folder of the site's outbox until a site names its own
DOORLEREN_BANK_CHANNEL = "doorleren.payments.bank_channel.Folder"
DOORLEREN_PRACTICE_BANK = "doorleren.server.demo_bank.DemoBank" if DOORLEREN_DEMO else None  # answers rehearsals

# --- evidence: its folder and scanner; the key that wraps the keys of documents stays out of the database, without it none opens
DOORLEREN_EVIDENCE = _SURROUNDINGS.home / "evidence"
DOORLEREN_SCANNER = _SURROUNDINGS.scanner
scanner_of(DOORLEREN_SCANNER)  # a setting that cannot be read is told now, not with the first document
DOORLEREN_NAME_CHECK = _SURROUNDINGS.name_check
name_check_of(DOORLEREN_NAME_CHECK)  # nor this one with the first account
DOORLEREN_EVIDENCE_KEY = SimpleLazyObject(
    lambda: bytes.fromhex(kept_key(_SURROUNDINGS.home, "evidence-key", lambda: secrets.token_hex(32)))
)

# --- mail
_MAILING = mailing(_SURROUNDINGS)
EMAIL_BACKEND = _MAILING.backend
EMAIL_HOST, EMAIL_PORT = _MAILING.host, _MAILING.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAILING.user, _MAILING.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAILING.tls, _MAILING.starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _MAILING.sender
DOORLEREN_SITE = _MAILING.site  # for links in mails: never the name under which a visitor reached us
DOORLEREN_ALERTS = _MAILING.goes_out
DOORLEREN_MAILBOX = EMAIL_FILE_PATH = _MAILING.folder  # only in a demo without a mail server

# --- what is said to the one who runs it: never an address with a question, never an answer of a visitor
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"refusals": {"()": "doorleren.server.logs.WithoutTracebacksOfRefusals"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["refusals"]}},
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
    # Django lets its own loggers tell more: each page that sends somebody to the sign-in page, with a traceback.
    "loggers": {"django": {"level": "WARNING"}},
}
