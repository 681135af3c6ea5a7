"""The Jinja environment: autoescaped, with the design system's macros and the words of every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.runtime import ChainableUndefined

from wholepicture.access.operations import IDLE
from wholepicture.agencies.queries import agency_label
from wholepicture.web import words
from wholepicture.web.done import done_words
from wholepicture.web.drawings.words import agency_words as agency_said
from wholepicture.web.middleware import viewer_of
from wholepicture.web.navigation import navigation, role_title


def environment(**options: Any) -> Environment:
    """Django's entry point: `options` carry its own loader and autoescape."""
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], design_system])
    # The design system's own macros read missing parameters as blank.
    options.setdefault("undefined", ChainableUndefined)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)
    env.globals.update(
        static=static,
        url=reverse,
        viewer_of=viewer_of,
        navigation=navigation,
        role_title=role_title,
        agency_words=agency_label,
        agency_said=agency_said,
        done_words=done_words,
        idle_seconds=int(IDLE.total_seconds()),
        demo=settings.DEMO,
        area=settings.AREA,
        bool=bool,
    )
    env.filters.update(words.FILTERS)
    return env
