"""Django's settings: safe by default; what differs between places comes from the data folder or the environment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
    "owner": _database(_urls.get("owner", _nowhere)),
}
DATABASE_ROUTERS = ["wholepicture.config.db_router.RoleRouter"]

DEMO = _flag("WHOLEPICTURE_DEMO", True)
AREA = os.environ.get("WHOLEPICTURE_AREA", "Aldermere")
SECRET_KEY = _json("secrets.json").get("secret_key") or os.environ.get("WHOLEPICTURE_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("WHOLEPICTURE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "wholepicture.record",
    "wholepicture.access",
    "wholepicture.agencies",
    "wholepicture.people",
    "wholepicture.signals",
    "wholepicture.casework",
    "wholepicture.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wholepicture.web.middleware.ProtectiveHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
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

# The session cookie carries the viewer's token and nothing is kept of it but its hash in the database (access).
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _flag("WHOLEPICTURE_HTTPS", False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
if SESSION_COOKIE_SECURE:
    # The proxy that ends TLS says so, and must drop this header from whatever comes in (how-to: run it for real).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "/sign-in"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024

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
