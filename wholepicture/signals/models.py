"""Signals as they were raised, the entries behind them, and what became of them: three append-only tables."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.foundation.ids import new_id
from wholepicture.record.models import EntryRow


class SignalRow(models.Model):
    """A question about a child, raised on a day. Its status is the latest of its events."""

    id = models.UUIDField(primary_key=True, default=new_id)
    rule = models.TextField()
    concern = models.TextField()
    tier = models.TextField()
    person = PersonField()
    raised_on = models.DateField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "signals_signal"
        indexes = [models.Index(fields=["person", "rule"], name="signals_signal_person")]


class SignalEventRow(models.Model):
    """What happened to a signal (signals.transitions): when, by whom, why, and the question as it then stood."""

    signal = models.ForeignKey(SignalRow, on_delete=models.PROTECT, related_name="events")
    event = models.TextField()
    on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    by_role = models.TextField(default="")
    reason = models.TextField(default="")
    question = models.TextField(default="")
    tell = models.TextField(default="")
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "signals_event"


class EvidenceRow(models.Model):
    """An entry behind a signal; `news` where it told of something new, not again of the same event."""

    signal = models.ForeignKey(SignalRow, on_delete=models.PROTECT, related_name="evidence")
    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, related_name="+")
    news = models.BooleanField(default=True)

    class Meta:
        db_table = "signals_evidence"
        constraints = [models.UniqueConstraint(fields=["signal", "entry"], name="signals_evidence_once")]


class WaitRow(models.Model):
    """A day on which a child must be judged again though nothing new is recorded: a wait runs out, or six months do."""

    person = PersonField()
    due_on = models.DateField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "signals_wait"
        constraints = [models.UniqueConstraint(fields=["person", "due_on"], name="signals_wait_once")]
        indexes = [models.Index(fields=["due_on"], name="signals_wait_due")]


class TickRow(models.Model):
    """A day up to which waits have been judged; the latest stands."""

    on = models.DateField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "signals_tick"
