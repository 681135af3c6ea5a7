"""The forms that add a file: to an entry that stands, or with a new one."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from wholepicture.casework.filing.operations import Filed, FiledNote
from wholepicture.foundation.files.sniff import TAKEN, too_big
from wholepicture.foundation.files.types import MOST_BYTES, MOST_PAGES
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import When
from wholepicture.record.files.types import Offered
from wholepicture.web.fields.forms import DayField, GovForm

# HEIC is taken and not asked for here: a phone that is not asked for it sends JPEG, which goes on at any size.
ACCEPT: Final = "image/jpeg,image/png,image/webp,application/pdf,.docx,text/plain,text/csv"
_PLACES: Final = {"shows": "shows", "words": "words", "on": "on"}


class FileForm(GovForm):
    """A file, what it shows, and when it was made."""

    file = forms.FileField(
        label="Choose a file, or take a photo",
        help_text=f"{TAKEN[:1].upper()}{TAKEN[1:]}. At most {MOST_BYTES // 1_000_000} MB and {MOST_PAGES} pages.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file, or take a photo"},
    )
    shows = forms.CharField(
        label="What does it show?",
        help_text="For whoever cannot see it. What is there, not what you conclude: “Left forearm, inside: three round "
        "marks in a row, each about 1 cm”.",
        widget=forms.Textarea,
        max_length=300,
        error_messages={"required": "Say what it shows, for whoever cannot see it",
                        "max_length": "Use 300 characters or fewer"},
    )  # fmt: skip
    taken = DayField(
        label="When was it made?",
        required=False,
        help_text="The day of the photo, or the date on the letter. What a camera wrote is not used. Leave blank if "
        "nobody knows.",
    )

    def clean_file(self) -> UploadedFile:
        """The file, unless it is over the cap: then its content was not kept on the way in."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(too_big(file.size or 0).sentence)
        return file

    def offered(self) -> Offered:
        """The file as the record's operations take it; for a form that is valid."""
        file, taken = self.cleaned_data["file"], self.cleaned_data["taken"]
        return Offered(file.read(), str(file.name), self.cleaned_data["shows"], When.on(taken) if taken else None)

    def refuse(self, refused: Refused) -> None:
        """Say beside its field what was refused."""
        self.add_error(_PLACES.get(refused.code, "file"), refused.sentence)


class NoteForm(FileForm):
    """A new entry, and the file that comes with it."""

    kind = forms.ChoiceField(
        label="What are you adding?",
        choices=[(f.value, f.label) for f in Filed],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you are adding"},
    )
    words = forms.CharField(
        label="What is it about?",
        help_text="What was seen or said, by whom, and what explanation was given. The family may read it.",
        widget=forms.Textarea,
        max_length=8000,
        error_messages={"required": "Say what it is about, in a sentence",
                        "max_length": "Use 8,000 characters or fewer"},
    )  # fmt: skip
    on = DayField(
        label="When did you see or receive it?", error_messages={"required": "Enter the day on which you saw it"}
    )
    token = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    field_order = ("kind", "file", "shows", "on", "taken", "words", "token")

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        self.fields["token"].initial = str(uuid4())

    def note(self) -> FiledNote:
        """The entry as casework takes it; for a form that is valid."""
        said = self.cleaned_data
        return FiledNote(Filed(said["kind"]), said["words"], said["on"], said["token"] or str(uuid4()))
