"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.agencies"
    label = "agencies"
