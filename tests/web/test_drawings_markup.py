"""The drawings as markup: strict policy, no lost links, no doubled ids, and every fact outside the drawing too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.web.drawings_family import TODAY, entry, family
from wholepicture.web.drawings.family_map import draw_family
from wholepicture.web.drawings.growth_chart import draw_growth
from wholepicture.web.drawings.picture import Question, draw_picture
from wholepicture.web.drawings.picture_filter import PictureFilter

WEB = Path(__file__).resolve().parents[2] / "wholepicture" / "web"
ENV = Environment(loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined)
ATTACK = '<script>alert("x")</script>'


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.attributes: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes[name] += 1
            if name == "id" and value:
                self.ids[value] += 1
            if name in ("href", "for") and value:
                self.links.add(value)


def _render(name: str) -> str:
    module = {"picture": "picture.html", "family": "family.html", "growth": "growth.html"}[name]
    record = family(entry("bad", "2024-04-04", "gp", "note", summary=ATTACK))
    asked = Question("S01", "maya", date(2021, 1, 1), ATTACK, ("da2",))
    views: dict[str, Callable[[], object]] = {
        "picture": lambda: draw_picture(record, None, TODAY, [asked], PictureFilter(known_to="gp")),
        "family": lambda: draw_family(record, TODAY, kept=(("tab", "family"),)),
        "growth": lambda: draw_growth(record, "maya", TODAY),
    }
    macro: Callable[[object], str] = getattr(ENV.get_template(f"drawings/{module}").module, name)
    return str(macro(views[name]()))


@pytest.fixture(params=["picture", "family", "growth"])
def html(request: pytest.FixtureRequest) -> str:
    return _render(request.param)


def test_nothing_that_a_strict_policy_forbids(html: str) -> None:
    page = _Page(html)
    assert page.tags["script"] == page.tags["style"] == 0
    assert not [a for a in page.attributes if a == "style" or a.startswith("on")]
    assert ATTACK not in html


def test_ids_are_single_and_every_local_link_arrives(html: str) -> None:
    page = _Page(html)
    assert [i for i, n in page.ids.items() if n > 1] == []
    targets = {link[1:] for link in page.links if link.startswith("#")}
    assert targets <= set(page.ids)


def test_geometry_is_numbers(html: str) -> None:
    for value in re.findall(r' (?:x|y|cx|cy|width|height|r)="([^"]*)"', html):
        assert re.fullmatch(r"-?\d+(\.\d+)?", value), value
    assert "nan" not in html and "None" not in html


def test_every_drawing_is_named_and_repeated_in_a_table(html: str) -> None:
    page = _Page(html)
    assert html.count("aria-label=") >= page.tags["svg"] - html.count('aria-hidden="true"')
    assert page.tags["table"] == 1
    assert page.tags["caption"] == 1


def test_no_page_says_what_none_may_say(html: str) -> None:
    assert not re.search(r"safe and well|no concerns", html, re.IGNORECASE)


def test_every_entry_of_the_picture_is_in_its_list() -> None:
    ids = _Page(_render("picture")).ids
    assert all(ids[f"entry-{e.id}"] == 1 for e in family().entries)


def test_every_mark_person_and_bar_is_styled() -> None:
    """A class that nothing styles is a typing mistake, or a mark that looks like another."""
    css = (WEB / "assets" / "css" / "drawings.css").read_text()
    styled = set(re.findall(r"\.(wp-[\w-]+)", css))
    pages = " ".join(_render(n) for n in ("picture", "family", "growth"))
    used = {c for value in re.findall(r'class="([^"]*)"', pages) for c in value.split()}
    ours = {c for c in used if re.match(r"wp-(mark|person|bar|tie|curve|sheet)--", c)}
    # Held marks look as they always do: those not held are dimmed.
    assert ours - styled - {"wp-mark--held"} == set()
