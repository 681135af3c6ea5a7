"""The stories as they are kept: one TOML file each, which a safeguarding lead can read and change."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from wholepicture.demo.stories.beats import Beat, Bond, Cast, Held, Story

TOLD_OF = 450  # `families` in a story is how many families of this many it is told of


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """Every story, in order of its file's name; a misspelt field is an error that names the file."""
    folder = resources.files(__package__)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_story(f.name.removesuffix(".toml"), f.read_text(encoding="utf-8")) for f in files)


def _story(code: str, text: str) -> Story:
    told = tomllib.loads(text)
    try:
        return Story(
            code=code,
            title=told.pop("title"),
            families=told.pop("families"),
            cast=tuple(Cast(**row) for row in told.pop("cast")),
            bonds=tuple(Bond(**row) for row in told.pop("bonds")),
            beats=tuple(Beat(**row) for row in told.pop("beats")),
            held=tuple(Held(**row) for row in told.pop("held", ())),
            skip=frozenset(told.pop("skip", ())),
            **told,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{code}.toml: {error}") from error


def stories_of(families: int) -> tuple[Story | None, ...]:
    """Which story each family of a town this size has, in proportion; each at least once; None is an ordinary family.

    The stories are spread evenly among the ordinary families, so that a page of the town shows mostly those.
    """
    told = [s for s in stories() for _ in range(max(1, round(s.families * families / TOLD_OF)))]
    told = _mixed(told)[:families]
    every = families / max(len(told), 1)
    places = {int(n * every): story for n, story in enumerate(told)}
    return tuple(places.get(n) for n in range(families))


def _mixed(told: list[Story]) -> list[Story]:
    """The first telling of each, then the second of each, and so on: neighbours differ."""
    turns: dict[str, int] = {}
    keyed = []
    for story in told:
        turns[story.code] = turns.get(story.code, 0) + 1
        keyed.append((turns[story.code], story))
    return [story for _, story in sorted(keyed, key=lambda pair: pair[0])]
