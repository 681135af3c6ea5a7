"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from wholepicture.web.done import tell
from wholepicture.web.pages.files.adding import add_file_page, add_to_entry_page
from wholepicture.web.pages.files.opening import file_page, refused_files_page, words_page

tell("file-added", "The file is added. It was made anew: what stood beside what can be seen is gone.")

urlpatterns = [
    path("children/<uuid:child>/files/add", add_file_page, name="add-file"),
    path("children/<uuid:child>/entries/<uuid:entry>/files/add", add_to_entry_page, name="add-file-to-entry"),
    path("children/<uuid:child>/files/<uuid:file>", file_page, name="file"),
    path("children/<uuid:child>/files/<uuid:file>/words", words_page, name="file-words"),
    path("files/refused", refused_files_page, name="refused-files"),
]
