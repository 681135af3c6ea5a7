"""Access's tables: sessions (only hashes), involvement (dated, never changed), and the audit of reads and acts."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.foundation.ids import new_id


class SessionRow(models.Model):
    """A signed-in practitioner: the hash of the token that their browser holds, and by which second factor.

    The database refuses one without a second factor, but for a practitioner of the demonstration.
    """

    token_hash = models.TextField(primary_key=True)
    practitioner = models.UUIDField()
    started_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    second_factor = models.TextField(default="")

    class Meta:
        db_table = "access_session"


class SessionEndRow(models.Model):
    """The end of a session, by signing out or because the practitioner left."""

    token_hash = models.TextField(primary_key=True)
    ended_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_session_end"


class SessionUseRow(models.Model):
    """When a session was last used, to the minute; the database keeps it, and ends what idles for 15 minutes."""

    token_hash = models.TextField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "access_session_use"


class AttemptRow(models.Model):
    """One attempt at something that may be tried so often only, by a hash of who tries; forgotten after a day."""

    kind = models.TextField()
    key = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "access_attempt"
        indexes = [
            models.Index(fields=["kind", "key", "at"], name="access_attempt_of"),
            models.Index(fields=["at"], name="access_attempt_old"),
        ]


class InvolvementRow(models.Model):
    """A team's live relationship to a person: caseload, roll, list, allocation, screening today. It is dated.

    A `personal` one counts for its own practitioner alone (break-glass); any other for the whole team.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    team = models.TextField()
    practitioner = models.UUIDField(null=True)
    person = PersonField()
    ground = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    personal = models.BooleanField(default=False)
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


class StopRow(models.Model):
    """A practitioner who may never see a person (self, family, colleague, linked perpetrator), until it is lifted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    practitioner = models.UUIDField()
    person = PersonField()
    ground = models.TextField()
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_stop"
        indexes = [
            models.Index(fields=["person"], name="access_stop_person"),
            models.Index(fields=["practitioner"], name="access_stop_practitioner"),
        ]


class StopEndRow(models.Model):
    """The lifting of a stop, by whom and why."""

    stop = models.OneToOneField(StopRow, on_delete=models.PROTECT, primary_key=True)
    ended_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "access_stop_end"


class GlassRow(models.Model):
    """A break-glass: a practitioner without a relationship opened a person's record, why, until when, who was told."""

    id = models.UUIDField(primary_key=True, default=new_id)
    practitioner = models.UUIDField()
    practitioner_name = models.TextField()
    role = models.TextField()
    agency = models.TextField()
    team = models.TextField()
    person = PersonField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    lead_team = models.TextField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_glass"
        indexes = [
            models.Index(fields=["person", "opened_at"], name="access_glass_person"),
            models.Index(fields=["lead_team", "opened_at"], name="access_glass_told"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("opened_at"))
                & models.Q(until__lte=models.F("opened_at") + timedelta(hours=24)),
                name="access_glass_at_most_a_day",
            )
        ]


class GlassReviewRow(models.Model):
    """The independent review of a break-glass: whether it was justified, by whom, and what they say of it."""

    glass = models.OneToOneField(GlassRow, on_delete=models.PROTECT, primary_key=True)
    justified = models.BooleanField()
    comment = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "access_glass_review"


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
    person = PersonField(null=True)
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
