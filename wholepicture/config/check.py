"""The main pages that `./run --check` opens, each as the demo user who lives in it."""

from __future__ import annotations

from collections.abc import Iterator

from wholepicture.access.engine import as_engine
from wholepicture.demo.bundles import REVIEW

TABS = ("", "chronology", "family", "growth", "work", "ledger")


def main_pages() -> Iterator[tuple[str, str]]:
    """(username, path) of each page, a demo user's pages together."""
    child = child_of_review()
    for tab in TABS:
        yield "socialworker", f"/children/{child}/{tab}"
    yield "socialworker", "/"
    yield "police", "/"
    yield "police", "/notices/new"
    yield "screening", "/screening/"
    yield "healthvisitor", "/work/"
    yield "dsl", "/work/"
    yield "manager", "/oversight/"
    yield "board", "/"
    yield "igl", "/"
    yield "igl", "/bundles/"


def child_of_review() -> str:
    """The id of the child of the published review that the demonstration carries."""
    from wholepicture.people.queries import persons_of_source

    with as_engine():
        return str(persons_of_source(REVIEW)["child_A"])
