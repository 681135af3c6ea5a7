"""What was seen of a child, in a sentence that claims no more than was seen (R35, R36)."""

from __future__ import annotations

from datetime import date

from wholepicture.casework.notice.languages import language_name
from wholepicture.casework.notice.types import SeenChild
from wholepicture.foundation.when import Precision, When


def age_words(born: When | None, unborn: bool, day: date) -> str:
    """`4`, `7 months`, `2 weeks`, `not yet born`, `about 6`, `age not known`."""
    if unborn:
        return "not yet born"
    if born is None:
        return "age not known"
    months = (day.year - born.start.year) * 12 + day.month - born.start.month - (day.day < born.start.day)
    if born.precision in (Precision.YEAR, Precision.ABOUT):
        return f"about {max(0, day.year - born.start.year)}"
    if months >= 24:
        return str(months // 12)
    if months >= 1:
        return f"{months} month{'' if months == 1 else 's'}"
    weeks = max(0, (day - born.start).days) // 7
    return f"{weeks} week{'' if weeks == 1 else 's'}"


def seen_words(child: SeenChild, *, name: str = "") -> str:
    """Whether the child was there, seen, awake, spoken to, by whom, alone and in what language."""
    who = name or child.person.name or "The child"
    if child.unborn:
        return f"{who}: not yet born."
    if child.seen is None:
        return f"{who}: nobody wrote down whether this child was seen."
    if not child.seen:
        there = "was there and was not seen" if child.present else "was not seen"
        because = f": {child.not_seen_reason.rstrip('.')}" if child.not_seen_reason else ""
        return f"{who} {there}{because}."
    parts = [f"{who} was seen"]
    parts.append(f" ({child.where.rstrip('.')})" if child.where else "")
    parts.append({True: ", awake", False: ", asleep", None: ""}[child.awake])
    return "".join(parts) + _spoken_words(child)


def _spoken_words(child: SeenChild) -> str:
    if child.spoken_to is None:
        return "; nobody wrote down whether they were spoken to."
    if not child.spoken_to:
        return ", and was not spoken to."
    by = f" by {child.spoken_by}" if child.spoken_by else ""
    alone = {True: ", alone", False: ", not alone", None: ""}[child.alone]
    language = f", in {language_name(child.language)}" if child.language else ""
    helped = {
        "professional": ", through a professional interpreter",
        "relative": ", with a relative interpreting",
        "child": ", with a child interpreting",
    }.get(child.interpreter, "")
    return f", and was spoken to{by}{alone}{language}{helped}."
