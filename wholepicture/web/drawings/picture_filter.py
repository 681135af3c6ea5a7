"""What of the Picture to show: read from the address, so that a view can be sent, printed and gone back to."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from wholepicture.foundation.when import BadDate, When
from wholepicture.foundation.working_days import months_after, months_before
from wholepicture.web.drawings.words import Group


class Zoom(enum.StrEnum):
    """How much time the drawing holds."""

    WHOLE = "whole"
    YEARS = "2-years"
    YEAR = "year"
    HALF = "6-months"

    @property
    def months(self) -> int | None:
        """Calendar months shown; None for everything."""
        return {Zoom.WHOLE: None, Zoom.YEARS: 24, Zoom.YEAR: 12, Zoom.HALF: 6}[self]

    @property
    def words(self) -> str:
        """As the link says it."""
        return {Zoom.WHOLE: "Everything", Zoom.YEARS: "2 years", Zoom.YEAR: "1 year", Zoom.HALF: "6 months"}[self]


@dataclass(frozen=True)
class PictureFilter:
    """The reader's choices; empty sets mean everything.

    `end` is the last day shown of a zoomed drawing (otherwise today). `known_to` and `known_at` dim whatever that
    agency did not have at that moment. `keep` are the page's other query parameters, carried along.
    """

    zoom: Zoom = Zoom.WHOLE
    end: date | None = None
    agencies: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()
    people: frozenset[str] = frozenset()
    known_to: str = ""
    known_at: date | None = None
    keep: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], keep: Sequence[str] = ()) -> PictureFilter:
        """Read `zoom`, `end`, `agency`, `group`, `person`, `known_to`, `known_at`; what is not understood is ignored.

        `query` maps each name to its values, as `QueryDict.lists` gives them; `keep` names parameters to carry along.
        """

        def one(name: str) -> str:
            return next(iter(query.get(name, ())), "")

        return cls(
            zoom=Zoom(one("zoom")) if one("zoom") in set(Zoom) else Zoom.WHOLE,
            end=_day(one("end")),
            agencies=frozenset(a for a in query.get("agency", ()) if a),
            groups=frozenset(Group(g) for g in query.get("group", ()) if g in set(Group)),
            people=frozenset(p for p in query.get("person", ()) if p),
            known_to=one("known_to"),
            known_at=_day(one("known_at")),
            keep=tuple((name, value) for name in keep for value in query.get(name, ())),
        )

    def link(self, zoom: Zoom | None = None, end: date | None = None) -> str:
        """The address of the same drawing at another zoom, or up to another day."""
        other = replace(self, zoom=zoom or self.zoom, end=end or self.end)
        return f"?{urlencode(other.pairs())}#picture"

    @property
    def narrows(self) -> bool:
        """Whether it leaves any entry out."""
        return bool(self.agencies or self.groups or self.people)

    def pairs(self) -> list[tuple[str, str]]:
        """As query parameters, in a settled order."""
        found = [*self.keep, ("zoom", str(self.zoom))]
        found += [("end", self.end.isoformat())] if self.end else []
        found += [("agency", a) for a in sorted(self.agencies)]
        found += [("group", g) for g in sorted(self.groups)]
        found += [("person", p) for p in sorted(self.people)]
        found += [("known_to", self.known_to)] if self.known_to else []
        found += [("known_at", self.known_at.isoformat())] if self.known_at else []
        return found

    def window(self, first: date, last: date) -> tuple[date, date]:
        """The days to draw out of all those that the record spans."""
        if self.zoom.months is None:
            return first, last
        end = min(last, self.end or last)
        return months_before(end, self.zoom.months), end


def _day(text: str) -> date | None:
    try:
        return When.parse(text).latest if text else None
    except BadDate:
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """A link, a checkbox or an option, with whether it is chosen now."""

    words: str
    value: str
    href: str
    chosen: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """Links that the buttons and the keys follow; empty where there is nowhere to go."""

    earlier: str
    later: str
    closer: str
    wider: str


def zoom_choices(chosen: PictureFilter) -> tuple[Choice, ...]:
    """A link for each zoom."""
    return tuple(Choice(z.words, z, chosen.link(zoom=z), z is chosen.zoom) for z in Zoom)


def steps(chosen: PictureFilter, first: date, last: date) -> Steps:
    """Half a frame earlier or later; one zoom closer or wider."""
    zooms = list(Zoom)
    at = zooms.index(chosen.zoom)
    closer = chosen.link(zoom=zooms[at + 1]) if at + 1 < len(zooms) else ""
    wider = chosen.link(zoom=zooms[at - 1]) if at else ""
    if chosen.zoom.months is None:
        return Steps("", "", closer, wider)
    start, end = chosen.window(first, last)
    half = chosen.zoom.months // 2
    earlier = chosen.link(end=max(months_before(end, half), first + timedelta(days=30))) if start > first else ""
    later = chosen.link(end=min(last, months_after(end, half))) if end < last else ""
    return Steps(earlier, later, closer, wider)
