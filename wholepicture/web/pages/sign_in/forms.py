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


class CodeForm(GovForm):
    """A code from an authenticator app, or a recovery code."""

    code = forms.CharField(label="Code", max_length=20, error_messages={"required": "Enter the code"})


class PasskeyForm(GovForm):
    """A name for a passkey, and what the browser made."""

    name = forms.CharField(
        label="Name of this passkey",
        help_text="So that you know it again, such as “work laptop”.",
        max_length=60,
        error_messages={"required": "Enter a name, such as “work laptop”"},
    )
    credential = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": "Your browser made no passkey. It needs scripts, and a device that makes them"},
    )


class PasswordForm(GovForm):
    """A new password, typed once: it can be shown."""

    password = forms.CharField(
        label="New password",
        help_text="At least 12 characters. Three random words are a good one. Use it nowhere else.",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter a new password"},
    )


class ChangeForm(PasswordForm):
    """A new password, with the old one as proof."""

    old = forms.CharField(
        label="Your password now",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password now"},
    )
    field_order = ("old", "password")
