"""The ledger's tables. What an auditor may read stands apart from the words, the entries and the file themselves."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.foundation.ids import new_id
from wholepicture.record.models import EntryRow


class InformationRequestRow(models.Model):
    """That somebody outside asked for information about a child: itself an entry on the record."""

    id = models.UUIDField(primary_key=True, default=new_id)
    child = PersonField()
    entry = models.OneToOneField(EntryRow, on_delete=models.PROTECT, related_name="+")
    asker_kind = models.TextField()
    asker_name = models.TextField()
    asker_role = models.TextField(default="")
    asker_organisation = models.TextField(default="")
    asker_person = PersonField(null=True)
    asked = models.TextField()
    purpose = models.TextField()
    at = models.DateTimeField()
    due_on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    by_team = models.TextField()
    by_agency = models.TextField()

    class Meta:
        db_table = "casework_information_request"
        indexes = [models.Index(fields=["child"], name="casework_info_request_child")]


class DisclosureRow(models.Model):
    """A share or a refusal, without its content: what an auditor reads. A correction is a row that supersedes.

    `left_out` does not count what the sender left out by hand: that is not for the recipient to know.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    child = PersonField()
    outcome = models.TextField()
    document = models.TextField(default="")
    recipient_kind = models.TextField()
    recipient_practitioner = models.UUIDField(null=True)
    recipient_role = models.TextField(default="")
    recipient_organisation = models.TextField(default="")
    channel = models.TextField(default="")
    gateway = models.TextField()
    threshold = models.TextField()
    request = models.ForeignKey(InformationRequestRow, on_delete=models.PROTECT, null=True, related_name="+")
    requested = models.BooleanField()
    family_told = models.BooleanField()
    kept = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    by_role = models.TextField()
    by_team = models.TextField()
    by_agency = models.TextField()
    at = models.DateTimeField()
    reviewer = models.UUIDField(null=True)
    reviewer_name = models.TextField(default="")
    review_by = models.DateField(null=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, db_column="supersedes")
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "casework_disclosure"
        indexes = [
            models.Index(fields=["child", "at"], name="casework_disclosure_child"),
            models.Index(fields=["recipient_practitioner"], name="casework_disclosure_to"),
            models.Index(fields=["review_by"], name="casework_disclosure_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="shared") | models.Q(reviewer__isnull=False, review_by__isnull=False),
                name="casework_refusal_is_reviewed",
            )
        ]


class DisclosureWordsRow(models.Model):
    """The words of a share or refusal: to whom by name, what for, on what basis, what was weighed, what was written."""

    disclosure = models.OneToOneField(DisclosureRow, on_delete=models.PROTECT, primary_key=True)
    recipient_name = models.TextField()
    recipient_person = PersonField(null=True)
    address = models.TextField(default="")
    purpose = models.TextField()
    basis = models.TextField(default="")
    told_words = models.TextField(default="")
    harm_words = models.TextField(default="")
    conditions = models.TextField(default="")
    reason = models.TextField(default="")
    text = models.TextField(default="")

    class Meta:
        db_table = "casework_disclosure_words"


class DisclosureItemRow(models.Model):
    """An entry that went, or was left out and why. Entries never change, so its id is the version that was read."""

    disclosure = models.ForeignKey(DisclosureRow, on_delete=models.PROTECT, related_name="items")
    entry = models.UUIDField()
    left_out = models.TextField(default="")

    class Meta:
        db_table = "casework_disclosure_item"
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "entry"], name="casework_disclosure_item_once"),
        ]


class DisclosureEventRow(models.Model):
    """What happened to it: made, stopped, approved, sent, received, opened, withdrawn, reviewed; and by whom."""

    disclosure = models.ForeignKey(DisclosureRow, on_delete=models.PROTECT, related_name="events")
    event = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField()
    by_role = models.TextField(default="")

    class Meta:
        db_table = "casework_disclosure_event"
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "event"], name="casework_disclosure_ended_once",
                condition=models.Q(event__in=["made", "sent", "withdrawn", "upheld", "overturned"]),
            )
        ]  # fmt: skip


class DisclosureSaidRow(models.Model):
    """What somebody said when it happened: why they approved or withdrew it, what the review found."""

    event = models.OneToOneField(DisclosureEventRow, on_delete=models.PROTECT, primary_key=True)
    words = models.TextField()

    class Meta:
        db_table = "casework_disclosure_said"


class DisclosureStopRow(models.Model):
    """Why it stopped, in which part, about which entry; never the guarded word itself."""

    event = models.ForeignKey(DisclosureEventRow, on_delete=models.PROTECT, related_name="stops")
    disclosure = models.ForeignKey(DisclosureRow, on_delete=models.PROTECT, related_name="stops")
    code = models.TextField()
    place = models.TextField()
    entry = models.UUIDField(null=True)

    class Meta:
        db_table = "casework_disclosure_stop"


class DisclosedDocumentRow(models.Model):
    """The file exactly as it was made, searched and sent."""

    disclosure = models.OneToOneField(DisclosureRow, on_delete=models.PROTECT, primary_key=True)
    name = models.TextField()
    content_type = models.TextField()
    data = models.BinaryField()
    digest = models.TextField()

    class Meta:
        db_table = "casework_disclosed_document"
