"""What a file is called, whatever it was called."""

from __future__ import annotations

import pytest

from wholepicture.foundation.files.types import Sort
from wholepicture.record.files.rules import file_name, label_of


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Letter from Dr Shah.docx", "Letter from Dr Shah"),
        ("C:\\Users\\x\\IMG_0012.JPG", "IMG_0012"),
        ("../../etc/passwd", "passwd"),
        ("photo.jpg.exe", "photo"),
        ("report.final.pdf", "report"),
        ("Zoë’s drawing (2).png", "Zoë’s drawing (2)"),
        ("photo\u202egpj.exe", "photo gpj"),
        ('a"; filename="b.html', "a filename b"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie x"),
        ("<script>", "script"),
        ("", "Picture"),
        (".jpg", "Picture"),
        ("///", "Picture"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_label_is_words_and_nothing_that_acts(name: str, label: str) -> None:
    assert label_of(name, Sort.JPEG) == label


@pytest.mark.parametrize(
    ("label", "sort", "saved"),
    [
        ("Zoë’s drawing (2)", Sort.PNG, "Zoes-drawing-2.png"),
        ("图片", Sort.PDF, "pdf.pdf"),
        ("Letter from Dr Shah", Sort.WORD, "Letter-from-Dr-Shah.docx"),
        ("a filename b", Sort.TEXT, "a-filename-b.txt"),
        ("attendance", Sort.CSV, "attendance.csv"),
    ],
)
def test_it_is_saved_under_a_name_that_every_system_takes(label: str, sort: Sort, saved: str) -> None:
    assert file_name(label, sort) == saved
