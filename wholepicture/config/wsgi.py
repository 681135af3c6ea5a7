"""The web process."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    from wholepicture.config.warmth import settle
    from wholepicture.growth.rules import warm_up

    warm_up()
    settle()


# The growth reference takes seconds to load: better now than while somebody waits for a child's page.
Thread(target=_warm_up, daemon=True).start()
