"""Pages are tested over the real store; static files are served from a folder that a test run must have."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
