"""Addresses, shields and releases as tables. Nothing is overwritten; the keys to match on are derived by triggers."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from wholepicture.access.persons import PersonField
from wholepicture.foundation.ids import new_id


class AddressRow(models.Model):
    """An address of a person, through the identity under which it was stated. A later row may correct it.

    No index holds any part of an address: what is matched on is in `AddressKeyRow`, from which a shield takes it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    root = models.UUIDField()
    identity = models.UUIDField()
    sort = models.TextField()
    lines = models.TextField()
    postcode = models.TextField(default="")
    phone = models.TextField(default="")
    key = models.TextField(default="")
    lived_from = models.TextField(default="")
    lived_to = models.TextField(default="")
    to_latest = models.DateField(null=True)
    known_from = models.TextField(default="")
    source = models.TextField(default="")
    agency = models.TextField(default="")
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="")
    recorded_at = models.DateTimeField()
    source_system = models.TextField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, db_column="supersedes")
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_address"
        indexes = [
            models.Index(fields=["identity"], name="people_address_identity"),
            models.Index(fields=["root"], name="people_address_root"),
        ]


class AddressKeyRow(models.Model):
    """What may be matched on: derived by triggers from addresses and shields, never written by hand.

    `address` is blank for the keys that identities carried before addresses were kept.
    """

    address = models.UUIDField(null=True)
    identity = models.UUIDField()
    key = models.TextField()

    class Meta:
        db_table = "people_address_key"
        indexes = [
            models.Index(fields=["key"], name="people_address_key_key"),
            models.Index(fields=["identity"], name="people_address_key_of"),
        ]


class ShieldRow(models.Model):
    """A shield on one address of a person, or (where `address` is blank) on all of their whereabouts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = PersonField()
    address = models.UUIDField(null=True)
    reason = models.TextField()
    words = models.TextField(default="")
    from_whom = models.TextField(default="")
    holder_team = models.TextField()
    covers_from = models.DateField()
    set_by = models.UUIDField(null=True)
    set_by_name = models.TextField(default="")
    set_at = models.DateTimeField()
    set_on = models.DateField()
    review_by = models.DateField()
    continues = models.UUIDField(null=True)
    """The shield that this one was before another team took it over: otherwise they are alike."""
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_shield"
        indexes = [
            models.Index(fields=["person"], name="people_shield_person"),
            models.Index(fields=["holder_team"], name="people_shield_holder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__lte=F("set_on") + timedelta(days=184)), name="people_shield_reviewed"
            ),
            models.UniqueConstraint(fields=["continues"], name="people_shield_handed_once"),
        ]


class ShieldFromRow(models.Model):
    """Somebody on record from whom an address is kept."""

    shield = models.ForeignKey(ShieldRow, on_delete=models.PROTECT)
    person = PersonField()

    class Meta:
        db_table = "people_shield_from"


class ShieldReviewRow(models.Model):
    """That somebody asked whether a shield is still needed, what they found, and when to ask again."""

    shield = models.ForeignKey(ShieldRow, on_delete=models.PROTECT)
    words = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    on = models.DateField()
    review_by = models.DateField()

    class Meta:
        db_table = "people_shield_review"
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__lte=F("on") + timedelta(days=184)), name="people_shield_reviewed_again"
            )
        ]


class ShieldEndAskRow(models.Model):
    """That one person asks for a shield to end, and why. It ends only when another agrees."""

    id = models.UUIDField(primary_key=True, default=new_id)
    shield = models.ForeignKey(ShieldRow, on_delete=models.PROTECT)
    by = models.UUIDField()
    by_name = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "people_shield_end_ask"


class ShieldEndRow(models.Model):
    """The end of a shield: two people, and the database holds that they are two."""

    shield = models.OneToOneField(ShieldRow, on_delete=models.PROTECT, primary_key=True)
    ask = models.OneToOneField(ShieldEndAskRow, on_delete=models.PROTECT)
    asked_by = models.UUIDField()
    by = models.UUIDField()
    by_name = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "people_shield_end"
        constraints = [models.CheckConstraint(condition=~Q(asked_by=F("by")), name="people_shield_end_by_two")]


class ReleaseRow(models.Model):
    """That somebody asks for a practitioner to read what a shield keeps: why, and for how many hours."""

    id = models.UUIDField(primary_key=True, default=new_id)
    shield = models.ForeignKey(ShieldRow, on_delete=models.PROTECT)
    person = PersonField()
    reader = models.UUIDField()
    reader_name = models.TextField()
    document = models.TextField(default="")
    why = models.TextField()
    hours = models.IntegerField()
    asked_by = models.UUIDField()
    asked_by_name = models.TextField()
    asked_by_team = models.TextField()
    asked_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_release"
        indexes = [models.Index(fields=["shield", "reader"], name="people_release_of")]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=1) & Q(hours__lte=24), name="people_release_a_day")
        ]


class ReleaseDecisionRow(models.Model):
    """What another person decided of it. `asked_by` is repeated here so that the database holds that they are two."""

    release = models.OneToOneField(ReleaseRow, on_delete=models.PROTECT, primary_key=True)
    granted = models.BooleanField()
    asked_by = models.UUIDField()
    reader = models.UUIDField()
    by = models.UUIDField()
    by_name = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "people_release_decision"
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("by")) & ~Q(reader=F("by")), name="people_release_by_two"),
            models.CheckConstraint(
                condition=Q(until__lte=F("at") + timedelta(hours=24)), name="people_release_until_a_day"
            ),
        ]


class HandRow(models.Model):
    """That the team which holds a shield offers it to another: who, to whom and why. Until it is taken they hold it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    shield = models.UUIDField()
    person = PersonField()
    from_team = models.TextField()
    to_team = models.TextField()
    why = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "people_shield_hand"
        indexes = [
            models.Index(fields=["shield"], name="people_shield_hand_of"),
            models.Index(fields=["to_team"], name="people_shield_hand_to"),
        ]


class HandEndRow(models.Model):
    """What became of an offer: taken by somebody else than who made it, or declined or taken back."""

    hand = models.UUIDField(primary_key=True)
    taken = models.BooleanField()
    asked_by = models.UUIDField()
    by = models.UUIDField()
    by_name = models.TextField()
    words = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "people_shield_hand_end"
        constraints = [
            models.CheckConstraint(condition=Q(taken=False) | ~Q(asked_by=F("by")), name="people_shield_taken_by_two")
        ]


class DocumentShieldRow(models.Model):
    """That a document names what a shield keeps: its words and its file are then for fewer readers."""

    document = models.UUIDField()
    shield = models.UUIDField()

    class Meta:
        db_table = "people_document_shield"
        constraints = [models.UniqueConstraint(fields=["document", "shield"], name="people_document_shield_once")]


class DocumentReleaseRow(models.Model):
    """That somebody asks for what shields keep to leave in one document: which by id and digest, why, for how long."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = PersonField()
    document = models.UUIDField()
    digest = models.TextField()
    why = models.TextField()
    hours = models.IntegerField()
    asked_by = models.UUIDField()
    asked_by_name = models.TextField()
    asked_by_team = models.TextField()
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "people_document_release"
        indexes = [
            models.Index(fields=["document"], name="people_document_release_of"),
            models.Index(fields=["person"], name="people_document_release_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=1) & Q(hours__lte=24), name="people_document_release_a_day")
        ]


class DocumentReleaseShieldRow(models.Model):
    """Which shields the asking is about: those that the document named when it was asked, and no other."""

    release = models.UUIDField()
    shield = models.UUIDField()

    class Meta:
        db_table = "people_document_release_shield"
        constraints = [models.UniqueConstraint(fields=["release", "shield"], name="people_document_release_once")]


class DocumentReleaseDecisionRow(models.Model):
    """What another person decided of it, and until when it may leave."""

    release = models.UUIDField(primary_key=True)
    granted = models.BooleanField()
    asked_by = models.UUIDField()
    by = models.UUIDField()
    by_name = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "people_document_release_decision"
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("by")), name="people_document_release_by_two"),
            models.CheckConstraint(
                condition=Q(until__lte=F("at") + timedelta(hours=24)), name="people_document_release_until_a_day"
            ),
        ]


class DocumentReleaseUsedRow(models.Model):
    """That the document left under it: a release serves once, and the primary key holds that it does."""

    release = models.UUIDField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "people_document_release_used"
