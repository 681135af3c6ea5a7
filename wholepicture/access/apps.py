"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.access"
    label = "access"
