"""For commands that work on the database: the installation that `./run` made, opened and let go of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wholepicture.foundation.refusals import Refused


@contextmanager
def installation() -> Iterator[None]:
    """The database reachable and Django set up; refuses where `./run` has never been."""
    from wholepicture.config.places import data_dir
    from wholepicture.config.postgres import ServerFailed, prepared
    from wholepicture.config.ready import NotReady, open_store, set_up_django

    if prepared() is None:
        raise Refused("not_prepared", f"There is no database in {data_dir()} yet: start ./run once to make it.")
    try:
        store = open_store()
    except (ServerFailed, NotReady) as error:
        raise Refused("no_database", str(error)) from error
    try:
        set_up_django()
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()
    finally:
        store.stop()
