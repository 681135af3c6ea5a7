"""The form that answers a question."""

from __future__ import annotations

from django import forms

from wholepicture.web.fields.forms import GovForm


class AnswerForm(GovForm):
    """An answer is a named person's reasons; there is no other field, so nothing can be ticked away."""

    reason = forms.CharField(
        label="What did you look at, and what have you decided?",
        help_text="Write it for whoever reads this next, the family among them. New evidence opens the question again.",
        widget=forms.Textarea,
        min_length=20,
        max_length=5000,
        error_messages={
            "required": "Say what you looked at and what you decided",
            "min_length": "Say what you looked at and what you decided, in a sentence or more",
            "max_length": "Use 5,000 characters or fewer",
        },
    )
