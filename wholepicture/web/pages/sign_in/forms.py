"""The sign-in form."""

from __future__ import annotations

from django import forms

from wholepicture.web.fields.forms import GovForm


class SignInForm(GovForm):
    """A user name and a password; which of the two was wrong is never said."""

    username = forms.CharField(label="User name", max_length=150, error_messages={"required": "Enter your user name"})
    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )
