"""The signals app."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.signals"
    label = "signals"
