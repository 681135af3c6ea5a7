"""Receiving files: in memory and bounded as they come, so that nothing of an unexamined file touches a disk."""

from __future__ import annotations

import io
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.web.middleware import viewer_of

FARTHEST: Final = 4 * MOST_BYTES
"""A request longer than this is not even read through."""


class InMemory(FileUploadHandler):
    """Keeps what a signed-in user sends, up to the cap for the whole request; of what is longer, only its size.

    So a page can say that a file is too large, and how large it is, beside whatever else was typed.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Refuse unread a request that says it is longer than anybody may send."""
        if content_length > FARTHEST:
            raise RequestDataTooBig("a request far over the cap")

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **options)
        self.parts: list[bytes] = []
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part of the file while there is room for it."""
        signed_in = self.request is not None and viewer_of(self.request) is not None
        if signed_in and start + len(raw_data) <= MOST_BYTES:
            self.parts.append(raw_data)
            self.kept += len(raw_data)
        else:
            self.parts.clear()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file with its true size; empty where it was longer than the cap."""
        whole = self.kept == file_size
        return InMemoryUploadedFile(
            io.BytesIO(b"".join(self.parts) if whole else b""), self.field_name, self.file_name or "",
            self.content_type or "", file_size, self.charset, self.content_type_extra,
        )  # fmt: skip
