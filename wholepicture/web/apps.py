"""The web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.web"
    label = "web"
