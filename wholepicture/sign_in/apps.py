"""The sign-in app."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """See the package's own words."""

    name = "wholepicture.sign_in"
    label = "sign_in"
