"""The time that pages and operations are given: the real one, or a demo's moved on by whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from wholepicture.access.models import DemoClockRow
from wholepicture.access.operations import acting, system_authority
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND


def now() -> datetime:
    """The moment it is (UTC); in demo mode, as far ahead as the demo's clock was last moved."""
    moment = datetime.now(UTC)
    if not settings.DEMO:
        return moment
    ahead = DemoClockRow.objects.order_by("-id").values_list("days_ahead", flat=True).first()
    return moment + timedelta(days=ahead or 0)


def today() -> date:
    """The day it is in England."""
    return now().astimezone(ENGLAND).date()


def move_demo_clock(*, days: int) -> int:
    """Move a demo's clock on by whole days and return how far ahead it now is. Refused outside demo mode."""
    if not settings.DEMO:
        raise Refused("not-demo", "The clock moves only in demo mode.")
    if not 0 < days <= 3650:
        raise Refused("days", "The clock moves on by 1 to 3650 days.")
    moment = now()
    with acting(system_authority(act="demo:move_clock", now=moment)):
        ahead = DemoClockRow.objects.order_by("-id").values_list("days_ahead", flat=True).first() or 0
        DemoClockRow.objects.create(days_ahead=ahead + days)
    return ahead + days
