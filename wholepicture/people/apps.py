"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.people"
    label = "people"
