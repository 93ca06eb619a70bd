"""The settings. What differs between installations comes from the environment and fails loudly when it is wrong."""

import os
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from aumenta.config import environment
from aumenta.config.logs import LOGGING  # noqa: F401 - read by Django

environment.refuse_unknown(os.environ)
# Forms and fields are written with their model's type: `forms.ModelForm[Event]`.
django_stubs_ext.monkeypatch()
# Database, mails, uploads and keys are for the account that serves, and for nobody else on the machine.
os.umask(0o077)
DATA_FOLDER = environment.data_folder("DATA")
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

DEBUG = environment.switch("DEBUG", "0")
# Without a key of its own an installation makes one at its first start, and keeps it beside its data.
SECRET_KEY = next(iter(environment.keys("SECRET_KEY")), "") or environment.kept_secret(DATA_FOLDER / "secret-key")
ALLOWED_HOSTS = environment.hosts("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.origins("ORIGINS")
# Keys that signed and encrypted before this one: they still open, and close nothing new.
SECRET_KEY_FALLBACKS = environment.keys("FORMER_SECRET_KEYS")
# The address readers see, for links in e-mails, feeds and previews.
PUBLIC_ADDRESS = environment.address("PUBLIC_ADDRESS", "http://127.0.0.1:8000")
if not DEBUG and PUBLIC_ADDRESS.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Whoever watches the process asks it directly, without the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^status(/ready)?$"]

# Reverse proxies in front of the site, each of which adds to X-Forwarded-For (ui/client.py).
PROXIES = environment.number("PROXIES", 0, most=9)

# Requests that a network may make to the REST interface in a minute, in each server process; 0: as many as it likes.
API_PER_MINUTE = environment.number("API_PER_MINUTE", 600, most=1_000_000)

# Where backups are written every night, to whom they are encrypted, and for how many days they are kept.
BACKUPS = environment.folder("BACKUPS")
BACKUP_KEY = environment.public_key("BACKUP_KEY")
BACKUPS_KEPT = environment.number("BACKUPS_KEPT", 30, most=3650, least=1)

# How many days after its end an event's tables open to devices; the regia can renew it.
TABLE_DAYS = environment.number("TABLE_DAYS", 2, most=365)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "aumenta.activity",
    "aumenta.people",
    "aumenta.territory",
    "aumenta.plan",
    "aumenta.review",
    "aumenta.pages",
    "aumenta.mailing",
    "aumenta.surveys",
    "aumenta.events",
    "aumenta.voices",
    "aumenta.contacts",
    "aumenta.themes",
    "aumenta.results",
    "aumenta.monitoring",
    "aumenta.governance",
    "aumenta.following",
    "aumenta.chain",
    "aumenta.ui",
    "django.forms",
    "aumenta.site",
    "aumenta.desk",
    "aumenta.console",
    "aumenta.live",
    "aumenta.opendata",
    "aumenta.printing",
    "aumenta.analyst",
    "aumenta.config",
    # After the desk, whose templates dress their pages.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aumenta.ui.guards.odd_requests.OddRequestsMiddleware",
    "aumenta.ui.caching.PublicPagesMiddleware",
    "aumenta.ui.guards.private_pages.PrivatePagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "aumenta.site.pages.redirects.RedirectMiddleware",
    "aumenta.desk.people.second_factor.SecondFactorMiddleware",
    # Last: nothing stands between its refusal and the view.
    "aumenta.desk.people.sign_in_limits.SignInLimitsMiddleware",
]

ROOT_URLCONF = "aumenta.config.urls"
ASGI_APPLICATION = "aumenta.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aumenta.ui.context.page_frame",
            ],
            # Numbers are grouped as people read them; a key in a form or an address goes through `unlocalize`.
            "builtins": ["django.templatetags.l10n"],
        },
    }
]
FORM_RENDERER = "aumenta.ui.rendering.FormRenderer"

DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{DATA_FOLDER / 'aumenta.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What was deleted is overwritten with noughts: some builds of SQLite do so by themselves, others do not.
        "PRAGMA secure_delete=ON",
    }
    # A file in the tests too: the server of the browser tests and the consoles' writer have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": DATA_FOLDER / f"test-{os.getpid()}.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in: e-mail and password, one-time codes, passkeys. Limits: desk/people/sign_in_limits.py.
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:inbox"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "aumenta.desk.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, who knows whom she writes to
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = (
    False  # theirs count in one process; ours in the database, by account and network
)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # whoever has no account here gets no mail because a stranger typed her address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds after which roles and factors ask for the password again
# Nothing of ours is in Django's cache but which one-time codes were used: those, all processes know.
CACHES = {"default": {"BACKEND": "aumenta.desk.people.codes_once.CodesOnce"}}
MFA_ADAPTER = "aumenta.desk.people.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Aumenta"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# A gateway to SPID or CIE, or any OpenID Connect provider. It opens only accounts that exist, found by their e-mail.
SOCIALACCOUNT_ADAPTER = "aumenta.desk.people.accounts.GatewayAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[dict[str, Any]]]] = {"openid_connect": {"APPS": []}}
if OIDC_ADDRESS := environment.address("OIDC_ADDRESS"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "gateway",
            "name": environment.text("OIDC_NAME", "SPID / CIE"),
            "client_id": environment.needed("OIDC_CLIENT", "OIDC_ADDRESS"),
            "secret": environment.needed("OIDC_SECRET", "OIDC_ADDRESS"),
            "settings": {"server_url": OIDC_ADDRESS},
        }
    )

# A gateway that asks for two factors itself, as SPID (level 2) and CIE do.
OIDC_IS_STRONG = environment.switch("OIDC_STRONG", "0")
# Administrators and approvers need a second factor; on where the site is not only tried out.
SECOND_FACTOR = environment.switch("SECOND_FACTOR", "0" if DEBUG else "1")

LANGUAGE_CODE = "it"
# Core is no app of Django's: its sentences have a catalog all the same.
LOCALE_PATHS = [environment.PACKAGE / "core" / "locale"]
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Mails go to the server the address names; without one they are files a person can open (and tests can read).
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.host("MAIL_HOST")
MAIL_SECURITY = environment.choice("MAIL_SECURITY", "none", ("none", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_PORT = environment.number(
    "MAIL_PORT", {"none": 25, "starttls": 587, "tls": 465}[MAIL_SECURITY], most=65535, least=1
)
EMAIL_HOST_USER = environment.text("MAIL_USER")
EMAIL_HOST_PASSWORD = environment.needed("MAIL_PASSWORD", "MAIL_USER") if EMAIL_HOST_USER else ""
# Seconds: a server that does not answer holds up no other mail.
EMAIL_TIMEOUT = environment.number("MAIL_TIMEOUT", 20, most=300, least=1)
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_FOLDER / "mail"
# While trying out, what is read in the files has the sender a person would see: an office's, never a machine's.
DEFAULT_FROM_EMAIL = environment.mailbox(
    "MAIL_FROM", "Ufficio di pianificazione (prova) <ufficio@demo.example>" if DEBUG else "aumenta@localhost"
)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# No request leaves the site: everything a page loads is its own.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# A photo of a poster from a table may have 4 MB (events/tables/keep_photo.py); nothing that is posted is larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
