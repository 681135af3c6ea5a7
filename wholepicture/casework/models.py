"""Casework's tables, all append-only: a status is the latest of attributed rows, never a changed column."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.casework.disclosure import models as disclosure  # Django finds an app's tables from here
from wholepicture.foundation.ids import new_id
from wholepicture.record.models import EntryRow


class NoticeRow(models.Model):
    """A notice as the police sent it; its facts of violence are the entry's own details (R2)."""

    entry = models.OneToOneField(EntryRow, on_delete=models.PROTECT, primary_key=True)
    sent_by = models.UUIDField()
    sent_by_name = models.TextField()
    sent_by_team = models.TextField()
    sent_at = models.DateTimeField()
    place = models.TextField(default="")
    relationship_of_adults = models.TextField(default="")
    words_of = models.TextField(default="")
    safety_action = models.TextField(default="")
    safe_contact = models.TextField(default="")
    reply_by = models.DateField()

    class Meta:
        db_table = "casework_notice"


class ChildObservationRow(models.Model):
    """What was seen of one child at the incident; null means that nobody said, which is never "no" (R35, R36)."""

    notice = models.ForeignKey(NoticeRow, on_delete=models.PROTECT, related_name="observations")
    identity = models.UUIDField()
    unborn = models.BooleanField(default=False)
    present = models.BooleanField(null=True)
    seen = models.BooleanField(null=True)
    where = models.TextField(default="")
    awake = models.BooleanField(null=True)
    spoken_to = models.BooleanField(null=True)
    spoken_by = models.TextField(default="")
    alone = models.BooleanField(null=True)
    language = models.TextField(default="")
    interpreter = models.TextField(default="")
    words = models.TextField(default="")
    not_seen_reason = models.TextField(default="")
    school = models.TextField(default="")
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "casework_child_observation"


class CandidateRow(models.Model):
    """A person whom an identity may be, where matching left the choice to somebody (R17); decided by a grouping.

    `own_person` is whose the identity is until then. `particulars` are names and dates only, as JSON: enough to choose
    by, and no record of anybody whom the chooser has no claim to. `compared` is each field in words, as JSON; `model`
    names the weights; `more` says that more people share what was said than were compared.
    """

    identity = models.UUIDField()
    person = models.UUIDField()
    own_person = models.UUIDField()
    why = models.TextField()
    particulars = models.TextField(default="{}")
    compared = models.TextField(default="[]")
    more = models.BooleanField(default=False)
    model = models.TextField(default="")
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "casework_candidate"
        indexes = [models.Index(fields=["identity"], name="casework_candidate_identity")]


class CandidateChoiceRow(models.Model):
    """What somebody chose for a candidate: the same person, or not; by whom and why. The latest choice stands."""

    candidate = models.ForeignKey(CandidateRow, on_delete=models.PROTECT, related_name="choices")
    same = models.BooleanField()
    by = models.UUIDField()
    by_name = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_candidate_choice"


class ScreeningRow(models.Model):
    """A notice waiting to be screened, its clock running from receipt (one working day)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    notice = models.OneToOneField(NoticeRow, on_delete=models.PROTECT)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    team = models.TextField()

    class Meta:
        db_table = "casework_screening"


class ScreeningDecisionRow(models.Model):
    """The reasoned decision on a screening, by a named person; itself an entry on the record (R38-R40)."""

    screening = models.OneToOneField(ScreeningRow, on_delete=models.PROTECT, primary_key=True)
    entry = models.OneToOneField(EntryRow, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField()
    reasons = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    decided_at = models.DateTimeField()
    social_team = models.TextField(default="")

    class Meta:
        db_table = "casework_screening_decision"


class ScreeningPositionRow(models.Model):
    """What the decision says of one child: each child's own position, whatever the adult's grade (R34)."""

    decision = models.ForeignKey(ScreeningDecisionRow, on_delete=models.PROTECT, related_name="positions")
    person = PersonField()
    position = models.TextField()

    class Meta:
        db_table = "casework_screening_position"
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="casework_screening_position_once")]


class ScreeningReviewRow(models.Model):
    """A manager's review of a screening decision that somebody else made (R39)."""

    decision = models.ForeignKey(ScreeningDecisionRow, on_delete=models.PROTECT, related_name="reviews")
    by = models.UUIDField()
    by_name = models.TextField()
    agrees = models.BooleanField()
    comment = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_screening_review"


class ScreeningEventRow(models.Model):
    """What happened to a waiting notice (casework.transitions): escalated, when and to whom."""

    screening = models.ForeignKey(ScreeningRow, on_delete=models.PROTECT, related_name="events")
    event = models.TextField()
    at = models.DateTimeField()
    to_team = models.TextField(default="")

    class Meta:
        db_table = "casework_screening_event"
        constraints = [
            models.UniqueConstraint(fields=["screening", "event", "to_team"], name="casework_screening_event_once")
        ]


class TaskRow(models.Model):
    """Something asked of a role about a child: why it matters to them, what answer is wanted, by when (R18-R23)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, related_name="+")
    person = PersonField()
    role = models.TextField()
    team = models.TextField()
    practitioner = models.UUIDField(null=True)
    why = models.TextField()
    asked = models.TextField()
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    raised_by = models.UUIDField(null=True)
    raised_by_name = models.TextField(default="")

    class Meta:
        db_table = "casework_task"
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "role", "team"], name="casework_task_asked_once")
        ]
        indexes = [
            models.Index(fields=["team", "due_on"], name="casework_task_team"),
            models.Index(fields=["person"], name="casework_task_person"),
            models.Index(fields=["entry"], name="casework_task_entry"),
        ]


class TaskEventRow(models.Model):
    """What happened to a task (casework.transitions): opened, answered, escalated; by whom and with what words."""

    task = models.ForeignKey(TaskRow, on_delete=models.PROTECT, related_name="events")
    event = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    meaning = models.TextField(default="")
    did = models.TextField(default="")
    nothing_because = models.TextField(default="")
    to_team = models.TextField(default="")
    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "casework_task_event"
        constraints = [
            # Silence escalates once to each team above, however often the clock is looked at.
            models.UniqueConstraint(
                fields=["task", "to_team"], name="casework_task_escalated_once", condition=models.Q(event="escalated")
            ),
            models.UniqueConstraint(
                fields=["task"], name="casework_task_answered_once", condition=models.Q(event="answered")
            ),
        ]


class SubjectRequestRow(models.Model):
    """Somebody asks what is held about a person, as they asked it (UK GDPR Art 15). What follows is events."""

    id = models.UUIDField(primary_key=True, default=new_id)
    asker = models.TextField()
    asker_name = models.TextField()
    given_name = models.TextField()
    family_name = models.TextField()
    born = models.DateField(null=True)
    scope = models.TextField(default="")
    received_on = models.DateField()
    logged_by = models.UUIDField()
    logged_by_name = models.TextField()
    logged_at = models.DateTimeField()

    class Meta:
        db_table = "casework_subject_request"


class SubjectEventRow(models.Model):
    """What happened to a request (casework.transitions): by whom and in what words. The latest of a kind stands."""

    request = models.ForeignKey(SubjectRequestRow, on_delete=models.PROTECT, related_name="events")
    event = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    words = models.TextField(default="")
    person = PersonField(null=True)
    practitioner = models.UUIDField(null=True)
    practitioner_name = models.TextField(default="")

    class Meta:
        db_table = "casework_subject_event"


class SubjectDecisionRow(models.Model):
    """What was decided of one item; the latest stands while the item still has that digest. `cuts` are places, as JSON.

    The record itself is never touched: what is withheld is a row here, and nowhere else.
    """

    request = models.ForeignKey(SubjectRequestRow, on_delete=models.PROTECT, related_name="decisions")
    item = models.UUIDField()
    digest = models.TextField()
    outcome = models.TextField()
    cuts = models.TextField(default="[]")
    code = models.TextField(default="")
    note = models.TextField(default="")
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_subject_decision"
        indexes = [models.Index(fields=["request", "item"], name="casework_subject_decision_item")]


__all__ = [
    "CandidateChoiceRow", "CandidateRow", "ChildObservationRow", "NoticeRow", "ScreeningDecisionRow",
    "ScreeningEventRow", "ScreeningPositionRow", "ScreeningReviewRow", "ScreeningRow", "TaskEventRow",
    "SubjectDecisionRow", "SubjectEventRow", "SubjectRequestRow", "TaskRow", "disclosure",
]  # fmt: skip
