"""A process that reads in a loop until it is killed; run by `test_audit_kills`.

For each line on its standard input it forks a reader, whose process id it prints. A reader shows what it reads by
writing the look's own id to a file.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from uuid import UUID, uuid4


def main() -> None:
    """Fork a reader for each line, and wait until it is killed."""
    shown, token, person, url = sys.argv[1:]
    import tests.environment

    assert tests.environment.DATA.is_dir()
    from django.db import connections

    from wholepicture.config import settings

    for alias in ("default", "engine"):
        connections.settings[alias].update(settings._database(url))
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            read_for_ever(shown, token, UUID(person))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


def read_for_ever(shown: str, token: str, person: UUID) -> None:
    """Look, and show what was seen, over and over."""
    from wholepicture.access.operations import viewing
    from wholepicture.access.roles import Permission
    from wholepicture.agencies.queries import viewer_of_session
    from wholepicture.foundation.authority import Purpose
    from wholepicture.people.queries import family_of

    screen = os.open(shown, os.O_WRONLY | os.O_APPEND)
    viewer = viewer_of_session(token)
    assert viewer is not None
    while True:
        look = uuid4()
        with viewing(viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=datetime.now(UTC),
                     act="child.page", person=person, entry=look):  # fmt: skip
            assert family_of([person]).people
        os.write(screen, f"{look}\n".encode())


if __name__ == "__main__":
    main()
