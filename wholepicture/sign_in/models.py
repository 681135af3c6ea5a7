"""What signing in keeps of its own: forms that were sent when their session was over."""

from __future__ import annotations

from django.db import models


class KeptFormRow(models.Model):
    """A form as it was typed, encrypted to the browser that sent it, for the same practitioner and half an hour."""

    handle_hash = models.TextField(primary_key=True)
    practitioner = models.UUIDField()
    sealed = models.BinaryField()
    until = models.DateTimeField()

    class Meta:
        db_table = "sign_in_kept_form"
        indexes = [models.Index(fields=["until"], name="sign_in_kept_form_until")]
