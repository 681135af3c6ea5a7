"""Where the tests keep their data and who they are; imported before anything that reads the settings."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django
from django.conf import settings

DATA = Path(os.environ.get("WHOLEPICTURE_TEST_DATA", Path(tempfile.gettempdir()) / f"wholepicture-tests-{os.getuid()}"))
DATA.mkdir(parents=True, exist_ok=True)
os.environ["WHOLEPICTURE_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "wholepicture.config.settings"
os.environ.setdefault("WHOLEPICTURE_SECRET_KEY", "tests-only")

# Hashing a password slowly is for real passwords; the tests sign in hundreds of times.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()
