"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.casework"
    label = "casework"
