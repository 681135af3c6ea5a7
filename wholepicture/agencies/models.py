"""Agencies, teams and practitioners: a directory of who holds each role, with no facts about families."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from wholepicture.foundation.ids import new_id


class Agency(models.Model):
    """An organisation by its code (`school/st-marys`; spec: agency codes)."""

    code = models.TextField(primary_key=True)
    name = models.TextField()

    class Meta:
        db_table = "agencies_agency"


class Team(models.Model):
    """Practitioners who share a caseload; involvement belongs to a team."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    phone = models.TextField(default="")
    email = models.TextField(default="")

    class Meta:
        db_table = "agencies_team"


class Supervision(models.Model):
    """`team` supervises `supervised`: its members may see what the supervised team is involved with."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="supervises")
    supervised = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="supervised_by")

    class Meta:
        db_table = "agencies_supervision"
        constraints = [models.UniqueConstraint(fields=["team", "supervised"], name="agencies_supervision_once")]


class PractitionerManager(BaseUserManager["Practitioner"]):
    """Finds practitioners by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Practitioner:
        """The active practitioner who signs in so."""
        return self.get(username=username)


class Practitioner(AbstractBaseUser):
    """Somebody who signs in: one role, in one team."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.TextField(unique=True)
    name = models.TextField()
    role = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    phone = models.TextField(default="")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())
    first_password = models.BooleanField(default=False)
    """Whether the password was given out by somebody else, and must be changed by its owner (ASVS 6.4.1)."""

    USERNAME_FIELD = "username"
    objects = PractitionerManager()

    class Meta:
        db_table = "agencies_practitioner"
