"""Four database roles, one database (ADR 0003, ADR 0030).

`default` is wp_web: it reads through row-level security and owns nothing. `engine` is wp_engine: operations write
with it, and signals read everything with it. `sign_in` is wp_sign_in: it alone reads passwords and second factors, and
no family. `owner` is wp_owner: migrations only.
"""

from __future__ import annotations

from django.db.models import Model

from wholepicture.access.engine import reads_from, somebody_signs_in

SIGN_IN_APPS = frozenset({"account", "mfa", "socialaccount", "sessions", "sign_in"})
"""Apps whose tables belong to signing in, whoever asks."""


class RoleRouter:
    """Reads go to the viewer's role, unless an operation is acting or somebody signs in."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        """The alias that a read uses."""
        return _alias(model)

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        """The alias that a write uses."""
        return _alias(model)

    def allow_relation(self, one: object, two: object, **hints: object) -> bool:
        """All aliases are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Only the owner changes tables."""
        return db == "owner"


def _alias(model: type[Model]) -> str:
    if model._meta.app_label in SIGN_IN_APPS or (somebody_signs_in() and reads_from() == "default"):
        return "sign_in"
    return reads_from()
