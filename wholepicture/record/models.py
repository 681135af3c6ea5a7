"""The record's tables. All are append-only: a trigger and revoked rights refuse every change and removal."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.foundation.ids import new_id


class EntryRow(models.Model):
    """One thing that happened, as one agency wrote it down.

    Dates are kept as stated, with the range of days that they may mean. `details` is the JSON text as accepted,
    so that an export is exact. (`source_system`, `source_key`) identify an entry for ever.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.TextField()
    occurred = models.TextField()
    occurred_precision = models.TextField()
    occurred_start = models.DateField()
    occurred_earliest = models.DateField()
    occurred_latest = models.DateField()
    occurred_moment = models.DateTimeField(null=True)
    recorded = models.TextField()
    recorded_start = models.DateField()
    recorded_moment = models.DateTimeField(null=True)
    agency = models.TextField()
    author_role = models.TextField()
    author = models.UUIDField(null=True)
    summary = models.TextField()
    details = models.TextField(default="{}")
    source = models.TextField(default="")
    source_system = models.TextField()
    source_key = models.TextField()
    supersedes = models.UUIDField(null=True)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_entry"
        constraints = [
            models.UniqueConstraint(fields=["source_system", "source_key"], name="record_entry_identified_once"),
            models.CheckConstraint(
                condition=models.Q(occurred_earliest__lte=models.F("occurred_latest")), name="record_entry_range"
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_start"], name="record_entry_recorded"),
            models.Index(fields=["supersedes"], name="record_entry_supersedes"),
        ]


class AboutRow(models.Model):
    """One identity in one role in an entry. Identities are grouped into persons by `people`."""

    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, related_name="about", db_index=False)
    identity = models.UUIDField()
    role = models.TextField()
    position = models.SmallIntegerField()

    class Meta:
        db_table = "record_about"
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="record_about_place")]
        indexes = [models.Index(fields=["identity", "entry"], name="record_about_identity")]


class ReceiptRow(models.Model):
    """An agency's clock for an entry: sent, received, opened or answered, when and by whom."""

    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, related_name="receipts")
    agency = models.TextField()
    event = models.TextField()
    at = models.TextField(default="")
    at_start = models.DateField(null=True)
    at_moment = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    position = models.SmallIntegerField(default=0)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_receipt"
        indexes = [models.Index(fields=["agency", "at_start"], name="record_receipt_agency")]


class SourceRow(models.Model):
    """A row of a bundle exactly as it came, kept before anything is made of it, so that an export is exact."""

    source_system = models.TextField()
    file = models.TextField()
    key = models.TextField()
    digest = models.TextField()
    cells = models.TextField()
    position = models.IntegerField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_source_row"
        constraints = [
            models.UniqueConstraint(fields=["source_system", "file", "key"], name="record_source_row_identified_once")
        ]


class FileRow(models.Model):
    """A file beside an entry, as it was made anew; the bytes that came in are kept nowhere (ADR 0071).

    `digest` is the SHA-256 of `data`; `taken` is when the user says that it was made, never what a camera wrote.
    `words` are those that can be seen on each page, as JSON; blank where none can be read.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, related_name="files")
    sort = models.TextField()
    label = models.TextField()
    shows = models.TextField()
    taken = models.TextField(default="")
    data = models.BinaryField()
    thumbnail = models.BinaryField()
    digest = models.TextField()
    size = models.IntegerField()
    pages = models.IntegerField(default=0)
    removed = models.TextField(default="[]")
    words = models.TextField(default="")
    scanned_by = models.TextField(default="")
    agency = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_file"
        indexes = [models.Index(fields=["entry", "at"], name="record_file_entry_at")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="record_file_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0, size__lte=40_000_000), name="record_file_size"),
        ]


class RefusedFileRow(models.Model):
    """A file in which a virus was found: who sent it, when, and what the scanner called it. Nothing of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    found = models.TextField()
    digest = models.TextField()
    size = models.IntegerField()
    agency = models.TextField()
    team = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_refused_file"
        indexes = [models.Index(fields=["at"], name="record_refused_file_at")]


class HoldRow(models.Model):
    """A hold: this person's record may not be destroyed, whatever its age, until the hold is lifted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = PersonField()
    ground = models.TextField()
    reason = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "record_hold"
        indexes = [models.Index(fields=["person"], name="record_hold_person")]


class HoldEndRow(models.Model):
    """The lifting of a hold, by whom and why."""

    hold = models.OneToOneField(HoldRow, on_delete=models.PROTECT, primary_key=True)
    by = models.UUIDField()
    by_name = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "record_hold_end"


class RetentionDecisionRow(models.Model):
    """What a reviewer decided of a record that fell due: kept longer, or to be destroyed. The latest stands."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = PersonField()
    line = models.TextField()
    due_on = models.DateField()
    destroy = models.BooleanField()
    keep_until = models.DateField(null=True)
    reason = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_retention_decision"
        indexes = [models.Index(fields=["person", "stored_at"], name="record_retention_person")]


class RetentionConfirmRow(models.Model):
    """The second person who confirms that a record is to be destroyed."""

    decision = models.OneToOneField(RetentionDecisionRow, on_delete=models.PROTECT, primary_key=True)
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "record_retention_confirm"


class TombstoneRow(models.Model):
    """That something was destroyed: whose, by which line, who decided and confirmed, and a hash of it. No fact.

    Only `record_destroy` writes it, as the owner; `xact` is the one transaction that may remove what it names.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    decision = models.ForeignKey(RetentionDecisionRow, on_delete=models.PROTECT, related_name="tombstones")
    person = PersonField()
    line = models.TextField()
    due_on = models.DateField()
    decided_by = models.UUIDField()
    confirmed_by = models.UUIDField()
    digest = models.TextField()
    xact = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_tombstone"
        indexes = [models.Index(fields=["xact"], name="record_tombstone_xact")]


class TombstoneItemRow(models.Model):
    """One thing that a destruction removed: what kind of row, and its id."""

    tombstone = models.ForeignKey(TombstoneRow, on_delete=models.PROTECT, related_name="items")
    kind = models.TextField()
    item = models.TextField()

    class Meta:
        db_table = "record_tombstone_item"
        indexes = [models.Index(fields=["kind", "item"], name="record_tombstone_item_named")]
