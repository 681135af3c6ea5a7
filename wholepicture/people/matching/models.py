"""The models that a data steward has adopted, each kept. What is matched on is `people_ready`, which has no ORM class.

That index is written and asked by a few statements alone (`keeping`, `index`), and a key of its own for each row, which
the ORM would want, would cost a tenth of it.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class MatchModelRow(models.Model):
    """Splink's settings JSON, as adopted: by whom, when and why. The latest one weighs; none is what is shipped."""

    settings = models.TextField()
    digest = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_match_model"
