"""Pictures: decoded to pixels, turned the right way up, and written anew, so that nothing but pixels goes on."""

from __future__ import annotations

import io
from typing import Final

import pi_heif
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from wholepicture.foundation.files.types import Made, Sort
from wholepicture.foundation.refusals import Refused

LONGEST_SIDE: Final = 4096
"""Pixels: a bruise on a whole-body photo can still be measured."""
MOST_WHOLE: Final = 16_000_000
"""Pixels that are decoded as they are. A larger JPEG is decoded at half its size or less."""
MOST_PIXELS: Final = 200_000_000
THUMBNAIL_SIDE: Final = 160

_GPS: Final = 0x8825
_READERS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
# Loaded now: once the process is locked, no module can be.
_LOADED: Final = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
pi_heif.register_heif_opener(decode_threads=1, thumbnails=False, aux_images=False, depth_images=False)
_TEXTS: Final = ("comment", "Software", "Title", "Author", "Description", "Comment", "Copyright")


def make_picture(data: bytes) -> Made:
    """The picture's pixels as a new JPEG, or PNG where it was one; raises Refused for one too large to open."""
    Image.MAX_IMAGE_PIXELS = None  # sizes are judged below, before anything is decoded
    image = Image.open(io.BytesIO(data), formats=_READERS)
    removed = _beside_pixels(image, data)
    sort = Sort.PNG if image.format == "PNG" else Sort.JPEG
    pixels = _pixels(image, removed)
    return Made(sort, _written(pixels, sort), thumbnail_of(pixels), 0, tuple(removed))


def thumbnail_of(pixels: Image.Image) -> bytes:
    """A small JPEG, of at most 160 pixels a side."""
    small = pixels.reduce(max(1, min(pixels.size) // (2 * THUMBNAIL_SIDE)))
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return _jpeg(small, 70)


def page_jpeg(pixels: Image.Image) -> bytes:
    """A page of a document as a JPEG: sharp enough to read, small enough to send."""
    return _jpeg(pixels, 80)


def _pixels(image: Image.Image, removed: list[str]) -> Image.Image:
    """Plain upright pixels. Each step lets go of the one before it: there is room for two copies and no more."""
    _shrink_on_opening(image)
    image.load()
    profile = image.info.get("icc_profile")
    image = _upright(image)
    image = _on_white(image, removed)
    image = _in_srgb(image, profile, removed)
    if max(image.size) > LONGEST_SIDE:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def _shrink_on_opening(image: Image.Image) -> None:
    width, height = image.size
    pixels, halved = width * height, 1
    if image.format in ("JPEG", "MPO"):
        while pixels / halved**2 > MOST_WHOLE and halved < 8:
            halved *= 2
        if halved > 1:
            image.draft("RGB", (width // halved, height // halved))
    if pixels > MOST_PIXELS or pixels / halved**2 > MOST_WHOLE:
        raise Refused(
            "file-too-large-to-open",
            f"The picture is {width} by {height} pixels, too large to open safely. {_remedy(image)}",
        )


def _remedy(image: Image.Image) -> str:
    if image.format == "HEIF":
        return "On an iPhone, share it as “Most Compatible”, or save it as JPEG, and choose that."
    return "Save it smaller, and choose that."


def _upright(image: Image.Image) -> Image.Image:
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except MemoryError:
        raise
    except Exception:  # whatever is wrong with what a camera wrote, the pixels stand
        image.info.pop("exif", None)
    return image


def _on_white(image: Image.Image, removed: list[str]) -> Image.Image:
    """Three plain channels; what is see-through would hide what stands beneath it."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        removed.append("see-through parts, now white")
        seen = image if image.mode == "RGBA" else image.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return image if image.mode == "RGB" else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None, removed: list[str]) -> Image.Image:
    """The colours as the camera's own profile means them: the colour of a bruise is evidence."""
    if not profile:
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        removed.append("a colour profile that could not be read")
        return image
    removed.append("the colour profile, once the colours were put right by it")
    return turned or image


def _written(pixels: Image.Image, sort: Sort) -> bytes:
    if sort is Sort.JPEG:
        return _jpeg(pixels, 90)
    pixels.info.clear()
    out = io.BytesIO()
    pixels.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _jpeg(pixels: Image.Image, quality: int) -> bytes:
    pixels.info.clear()  # Pillow would write some of it out again
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _beside_pixels(image: Image.Image, data: bytes) -> list[str]:
    """What the file holds beside its pixels, in words; never what it says."""
    found = []
    if "exif" in image.info:
        found.append("what the camera wrote (EXIF)")
        if _has_place(image):
            found.append("the place where it was taken (GPS)")
    if image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"):
        found.append("what an editing program wrote (XMP)")
    if "photoshop" in image.info or any(name in image.info for name in _TEXTS):
        found.append("comments and titles inside the file")
    if getattr(image, "n_frames", 1) > 1:
        found.append("every frame but the first")
    if _ends(image.format or "", data) < len(data):
        found.append("data after the end of the picture")
    return found


def _has_place(image: Image.Image) -> bool:
    try:
        return _GPS in image.getexif()
    except Exception:  # a camera's notes that cannot be read are left out all the same
        return False


def _ends(kind: str, data: bytes) -> int:
    if kind == "HEIF":
        return len(data)  # it is made of boxes, each of which says how long it is; what none holds is not decoded
    if kind == "PNG":
        at = data.rfind(b"IEND")
        return at + 8 if at >= 0 else len(data)
    if kind == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8
    at = data.rfind(b"\xff\xd9")
    return at + 2 if at >= 0 else len(data)
