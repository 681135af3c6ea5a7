"""Access's tables: sessions (only hashes), involvement (dated, never changed), and the audit of reads and acts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.foundation.ids import new_id


class SessionRow(models.Model):
    """A signed-in practitioner: the hash of the token that their browser holds."""

    token_hash = models.TextField(primary_key=True)
    practitioner = models.UUIDField()
    started_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "access_session"


class SessionEndRow(models.Model):
    """The end of a session, by signing out or because the practitioner left."""

    token_hash = models.TextField(primary_key=True)
    ended_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_session_end"


class InvolvementRow(models.Model):
    """A team's live relationship to a person: caseload, roll, list, allocation, screening today. It is dated."""

    id = models.UUIDField(primary_key=True, default=new_id)
    team = models.TextField()
    practitioner = models.UUIDField(null=True)
    person = models.UUIDField()
    ground = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_involvement"
        indexes = [
            models.Index(fields=["person", "team"], name="access_involvement_person"),
            models.Index(fields=["team", "person"], name="access_involvement_team"),
            models.Index(fields=["practitioner"], name="access_involvement_holder"),
        ]


class InvolvementEndRow(models.Model):
    """The early end of an involvement, by whom and why."""

    involvement = models.OneToOneField(InvolvementRow, on_delete=models.PROTECT, primary_key=True)
    ended_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "access_involvement_end"


class AuditRow(models.Model):
    """Who looked or acted, about whom, for what purpose, on what ground. Written before anything is shown."""

    at = models.DateTimeField(db_default=Now())
    clock = models.DateTimeField()
    practitioner = models.UUIDField(null=True)
    agency = models.TextField(default="")
    role = models.TextField(default="")
    act = models.TextField()
    purpose = models.TextField()
    ground = models.TextField(default="")
    person = models.UUIDField(null=True)
    entry = models.UUIDField(null=True)
    chain = models.TextField()

    class Meta:
        db_table = "access_audit"
        indexes = [
            models.Index(fields=["person", "clock"], name="access_audit_person"),
            models.Index(fields=["practitioner", "clock"], name="access_audit_practitioner"),
        ]


class SealRow(models.Model):
    """An audit row's place in its authority's chain, and its hash. The database makes it at commit, and nobody else."""

    audit = models.BigIntegerField(primary_key=True)
    chain = models.TextField()
    number = models.BigIntegerField()
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        db_table = "access_audit_seal"
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="access_audit_seal_in_chain")]


class DemoClockRow(models.Model):
    """How far a demo's clock has been moved on; each move is a row and the last one stands. Demo mode only."""

    days_ahead = models.IntegerField()
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_demo_clock"
