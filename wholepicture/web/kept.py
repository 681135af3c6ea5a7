"""A form that was sent when its session was over: kept, and shown again as it was typed, never sent by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from wholepicture.access.engine import only_showing
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in.kept import MARK, Kept, is_waiting, keep, kept_for

_TOKEN = "csrfmiddlewaretoken"
_SECRETS = "/your-sign-in"
"""What is typed there is a password, which is never kept or shown again."""


def keep_typed(request: HttpRequest, sign_in: str) -> HttpResponse:
    """To the sign-in page, with what was typed kept for whoever typed it."""
    typed = typed_in(request)
    if request.path.startswith(_SECRETS):
        typed.clear()
    response = HttpResponseRedirect(sign_in)
    if not keep(request, response, Kept(request.get_full_path(), typed.urlencode(), bool(request.FILES))):
        return HttpResponseRedirect(f"{sign_in}?{urlencode({'next': '/'})}")
    return response


def typed_in(request: HttpRequest) -> QueryDict:
    """The fields of a form as it was sent, without the token that belongs to the page and not to who typed."""
    typed = request.POST.copy()
    typed.pop(_TOKEN, None)
    return typed


def show_kept(
    request: HttpRequest,
    practitioner: UUID,
    view: Callable[..., HttpResponse],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> HttpResponse | None:
    """The page with the kept form filled in; None where this request is not for one."""
    if request.method != "GET" or MARK not in request.GET or not is_waiting(request):
        return None
    found = kept_for(request, practitioner)
    if found is None or found.address.partition("?")[0] != request.path:
        return None
    vars(request)["kept"] = found
    shown = _as_sent(request, found, view, args, kwargs)
    typed = QueryDict(found.fields)
    if shown is not None and shown.status_code == 200 and holds(shown.content.decode(), typed):
        return shown
    # A page that does not show every word again is no page to come back to: here they all are.
    from wholepicture.web.views import page

    fields = [(name, value) for name, values in typed.lists() for value in values]
    return page(request, "sign_in/kept.html", {"address": found.address, "fields": fields})


def _as_sent(
    request: HttpRequest, found: Kept, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> HttpResponse | None:
    """What the view answers to the form while nothing may be recorded and no form counts as whole."""
    assert not request.FILES  # read now, while this is still a GET
    request.method = "POST"
    request.POST = QueryDict(found.fields)
    try:
        with only_showing():
            return view(request, *args, **kwargs)
    except Refused:
        return None
    finally:
        request.method = "GET"


def holds(page: str, typed: QueryDict) -> bool:
    """Whether a page has every field of a form as it was typed, in boxes, chosen answers or buttons."""
    reader = _Fields()
    reader.feed(page)
    wanted = Counter((name, _plain(value)) for name, values in typed.lists() for value in values if value)
    return not wanted - reader.found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class _Fields(HTMLParser):
    """The fields of every form on a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()
        self._area: str | None = None
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area, self._text = given.get("name", ""), ""
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self._note(self._select, given.get("value", ""))
        elif tag == "button" or (tag == "input" and _counts(given)):
            self._note(given.get("name", ""), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._note(self._area, self._text)
            self._area = None

    def _note(self, name: str, value: str) -> None:
        self.found[name, _plain(value)] += 1


def _counts(given: Mapping[str, str]) -> bool:
    return given.get("type") not in ("checkbox", "radio") or "checked" in given
