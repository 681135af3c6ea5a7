"""Three database roles, one database (ADR 0003).

`default` is wp_web: it reads through row-level security and owns nothing. `engine` is wp_engine: operations write
with it, and signals read everything with it. `owner` is wp_owner: migrations only.
"""

from __future__ import annotations

from wholepicture.access.engine import reads_from


class RoleRouter:
    """Reads go to the viewer's role, unless an operation is acting."""

    def db_for_read(self, model: object, **hints: object) -> str:
        """The alias that a read uses."""
        return reads_from()

    def db_for_write(self, model: object, **hints: object) -> str:
        """The alias that a write uses."""
        return reads_from()

    def allow_relation(self, one: object, two: object, **hints: object) -> bool:
        """All aliases are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Only the owner changes tables."""
        return db == "owner"
