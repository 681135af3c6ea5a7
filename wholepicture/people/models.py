"""Identities as agencies gave them, and the decisions that group them into persons. Nothing is ever overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from wholepicture.foundation.ids import new_id
from wholepicture.people.addresses import models as addresses  # Django finds an app's tables from here
from wholepicture.people.matching import models as matching


class PersonRow(models.Model):
    """A person: nothing but an id. Everything said of them is an identity or an entry."""

    id = models.UUIDField(primary_key=True, default=new_id)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_person"


class IdentityRow(models.Model):
    """A person as one source or agency knew them; kept for ever. `agency` is blank for a source's own card."""

    id = models.UUIDField(primary_key=True, default=new_id)
    source_system = models.TextField()
    source_key = models.TextField()
    agency = models.TextField(default="")
    type = models.TextField(default="adult")
    sex = models.TextField(default="")
    born = models.TextField(default="")
    born_start = models.DateField(null=True)
    died = models.TextField(default="")
    born_known = models.TextField(default="")
    died_known = models.TextField(default="")
    given_name = models.TextField(default="")
    family_name = models.TextField(default="")
    name_folded = models.TextField(default="")
    nhs_number = models.TextField(default="")
    upn = models.TextField(default="")
    reference = models.TextField(default="")
    language = models.TextField(default="")
    interpreter = models.TextField(default="")
    gestation_weeks = models.FloatField(null=True)
    valid_from = models.TextField(default="")
    valid_to = models.TextField(default="")
    position = models.IntegerField(default=0)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_identity"
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_key", "agency", "position"], name="people_identity_once"
            )
        ]
        indexes = [
            models.Index(fields=["nhs_number"], name="people_identity_nhs", condition=~models.Q(nhs_number="")),
            models.Index(fields=["upn"], name="people_identity_upn", condition=~models.Q(upn="")),
            models.Index(fields=["born_start", "name_folded"], name="people_identity_born"),
            models.Index(fields=["name_folded"], name="people_identity_name", opclasses=["text_pattern_ops"]),
        ]


class GroupingRow(models.Model):
    """A decision that an identity is this person: by whom, when, on what evidence. The latest one stands."""

    identity = models.ForeignKey(IdentityRow, on_delete=models.PROTECT)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT)
    decided_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ground = models.TextField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_grouping"


class BelongsRow(models.Model):
    """Which person an identity belongs to now: derived from the decisions by a trigger, never written by hand."""

    identity = models.UUIDField(primary_key=True)
    person = models.UUIDField()

    class Meta:
        db_table = "people_decided"
        indexes = [models.Index(fields=["person", "identity"], name="people_decided_person")]


class StandsRow(models.Model):
    """A person's id that stands for another's, because its first identity was found to be theirs: kept by a trigger."""

    handle = models.UUIDField(primary_key=True)
    person = models.UUIDField()

    class Meta:
        db_table = "people_stands"
        indexes = [models.Index(fields=["person", "handle"], name="people_stands_person")]


class RelationshipRow(models.Model):
    """`identity` is `relation` of `other` between two dates, as somebody said. A later row may supersede it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    identity = models.UUIDField()
    relation = models.TextField()
    other = models.UUIDField()
    starts = models.TextField(default="")
    ends = models.TextField(default="")
    lives_with = models.BooleanField(null=True)
    known_from = models.TextField(default="")
    source = models.TextField(default="")
    source_system = models.TextField()
    supersedes = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_relationship"
        indexes = [
            models.Index(fields=["identity"], name="people_relationship_one"),
            models.Index(fields=["other"], name="people_relationship_other"),
        ]


__all__ = [
    "BelongsRow", "GroupingRow", "IdentityRow", "PersonRow", "RelationshipRow", "StandsRow", "addresses", "matching",
]  # fmt: skip
