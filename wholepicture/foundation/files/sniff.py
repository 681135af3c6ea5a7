"""What a file is, by its content; what is not taken in is refused by its name, with what to do instead."""

from __future__ import annotations

from typing import Final

from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.foundation.refusals import Refused

TAKEN: Final = "a photo (JPEG, PNG, WebP or HEIC), a PDF, a Word document (.docx) or text"

_PICTURE: Final = "Save or export it as JPEG or PNG, and choose that."
_BEGINNINGS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"MZ", "a Windows program", "Programs are not taken in."),
    (b"\x7fELF", "a program", "Programs are not taken in."),
    (b"GIF8", "a GIF", _PICTURE),
    (b"BM", "a bitmap", _PICTURE),
    (b"II*\0", "a TIFF", "Save it as a PDF or JPEG, and choose that."),
    (b"MM\0*", "a TIFF", "Save it as a PDF or JPEG, and choose that."),
    (b"{\\rtf", "a rich text file (RTF)", "Open it in Word, save it as a Word document (.docx), and choose that."),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one with a password",
     "Open it, save it as a Word document (.docx) or PDF without a password, and choose that."),
    (b"Rar!", "an archive", "Take the files out of it, and choose each by itself."),
    (b"7z\xbc\xaf", "an archive", "Take the files out of it, and choose each by itself."),
    (b"\x1f\x8b", "an archive", "Take the files out of it, and choose each by itself."),
    (b"ID3", "a sound recording", "Write down what is said in it, and who holds the recording."),
    (b"\x1aE\xdf\xa3", "a video", "Write down what it shows, and who holds the video."),
)  # fmt: skip
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_MOVING: Final = (b"hevc", b"hevx", b"msf1", b"avif", b"avis")
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<!doctype svg", b"<iframe")


def sort_of(data: bytes) -> str:
    """`jpeg`, `png`, `webp`, `heic`, `pdf`, `zip` (perhaps Word) or `text`; raises Refused for anything else."""
    if not data:
        raise Refused("file-empty", "The file is empty. Open it to see whether it is whole, and choose it again.")
    if len(data) > MOST_BYTES:
        raise too_big(len(data))
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF"):
        if data[8:12] != b"WEBP":
            raise not_taken("a sound recording or video", "Write down what is in it, and who holds it.")
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    _refuse_known(data)
    return "text"


def too_big(size: int) -> Refused:
    """The refusal of a file over the cap, which names both sizes."""
    return Refused(
        "file-too-big",
        f"The file is {size / 1_000_000:.1f} MB. The most is {MOST_BYTES // 1_000_000} MB: "
        "send a smaller photo, or a part of the document at a time.",
    )


def not_taken(what: str, remedy: str) -> Refused:
    """The refusal of a sort of file that is not taken in."""
    return Refused("file-sort", f"This is {what}, which cannot be added. {remedy}")


def _refuse_known(data: bytes) -> None:
    if data[4:8] == b"ftyp":
        if data[8:12] in _MOVING:
            raise not_taken("a photo in AVIF, or one that moves", "Save one picture of it as JPEG, and choose that.")
        raise not_taken("a video", "Write down what it shows, and who holds the video.")
    for begins, what, remedy in _BEGINNINGS:
        if data.startswith(begins):
            raise not_taken(what, remedy)
    if any(mark in data[:4096].lower() for mark in _MARKUP):
        raise not_taken("a web page or drawing that can run programs", "Print it to PDF, and choose that.")
