"""Django's settings: safe by default; what differs between places comes from the data folder or the environment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wholepicture.casework.disclosure.gateways import read_commenced

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("WHOLEPICTURE_DATA", ROOT / ".data")).resolve()


def _flag(name: str, default: bool) -> bool:
    """A strict yes or no: a typing error must not switch a protection off."""
    text = os.environ.get(name)
    if text is None:
        return default
    if text not in {"0", "1"}:
        raise SystemExit(f"{name}={text!r}: expected 1 or 0")
    return text == "1"


def _count(name: str, default: int) -> int:
    """A strict whole number."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SystemExit(f"{name}={text!r}: expected a whole number")
    return int(text)


def _json(name: str) -> dict[str, str]:
    path = DATA / name
    return json.loads(path.read_text()) if path.exists() else {}


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    host = unquote(query.get("host") or parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.get("port") or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": None},
    }


_urls = _json("database.json")
_nowhere = "postgresql://nobody@127.0.0.1:1/nowhere"
DATABASES = {
    "default": _database(_urls.get("web", _nowhere)),
    "engine": _database(_urls.get("engine", _nowhere)),
    "sign_in": _database(_urls.get("sign_in", _nowhere)),
    "owner": _database(_urls.get("owner", _nowhere)),
}
DATABASE_ROUTERS = ["wholepicture.config.db_router.RoleRouter"]

DEMO = _flag("WHOLEPICTURE_DEMO", True)
AREA = os.environ.get("WHOLEPICTURE_AREA", "Aldermere")
COMMENCED = read_commenced(os.environ.get("WHOLEPICTURE_COMMENCED", ""))
"""Days on which duties to share came into force that the table of gateways does not know yet."""
SECRET_KEY = _json("secrets.json").get("secret_key") or os.environ.get("WHOLEPICTURE_SECRET_KEY", "")
SECOND_FACTOR_KEY = (
    _json("secrets.json").get("second_factor_key") or os.environ.get("WHOLEPICTURE_SECOND_FACTOR_KEY") or SECRET_KEY
)
"""What authenticator secrets and recovery codes are encrypted with; a change of it ends them all."""
DEBUG = False
ALLOWED_HOSTS = os.environ.get("WHOLEPICTURE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wholepicture.record",
    "wholepicture.access",
    "wholepicture.agencies",
    "wholepicture.sign_in",
    "wholepicture.people",
    "wholepicture.signals",
    "wholepicture.casework",
    "wholepicture.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wholepicture.web.middleware.ProtectiveHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wholepicture.web.middleware.SignedInViewer",
]
AUTH_USER_MODEL = "agencies.Practitioner"
ROOT_URLCONF = "wholepicture.config.urls"
WSGI_APPLICATION = "wholepicture.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "wholepicture" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "wholepicture.web.jinja.environment"},
    },
]

# Whoever is signed in is known by a token in a cookie of its own (sign_in/cookies.py). Django's session only carries an
# unfinished sign-in, on the server: a challenge that the browser holds could be answered twice (ADR 0030).
HTTPS = _flag("WHOLEPICTURE_HTTPS", False)
PROXIES = _count("WHOLEPICTURE_PROXIES", int(HTTPS))
"""How many proxies stand before the server, each of which adds to X-Forwarded-For whom it was asked by."""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-wp_signing_in" if HTTPS else "wp_signing_in"
SESSION_COOKIE_AGE = 20 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # The proxy that ends TLS says so, and must drop this header from whatever comes in (how-to: run it for real).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "/sign-in"

# allauth is only the way to a session of ours; what may be tried how often is counted in the database (access/limits).
ACCOUNT_ADAPTER = "wholepicture.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "wholepicture.sign_in.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Whole Picture"
SOCIALACCOUNT_ADAPTER = "wholepicture.sign_in.adapters.SocialAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
# What is sent stays in memory and is bounded as it comes: nothing of a file that nobody has looked at touches a disk.
FILE_UPLOAD_HANDLERS = ["wholepicture.web.receiving.InMemory"]
CLAMD = os.environ.get("WHOLEPICTURE_CLAMD", "")

STATIC_URL = "/static/"
NODE_MODULES = ROOT / "node_modules"
STATIC_ROOT = DATA / "static"
# What npm brought is served as `config.assets` prepared it: paths mended, and no font that is GOV.UK's alone.
STATICFILES_DIRS = [ROOT / "wholepicture" / "web" / "assets", NODE_MODULES / ".served"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
