"""The record app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Entries, the people they are about, and their receipts."""

    name = "wholepicture.record"
    label = "record"
