"""“Your sign-in”: one's own passkeys, authenticator app, recovery codes and sessions, each with a button to end it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wholepicture.access.operations import token_hash
from wholepicture.agencies.operations import end_own_sessions
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.sign_in import factors
from wholepicture.sign_in.sessions import sessions_of, signed_in_lately
from wholepicture.web.done import tell
from wholepicture.web.views import page, signed_in, told

tell("factor-added", "It is set up. You can use it the next time that you sign in.")
tell("factor-removed", "It is removed, and opens nothing here any longer.")
tell("session-ended", "The session is ended. Whoever used it sees nothing from now on.")


@require_safe
@signed_in
def your_sign_in_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What one signs in with, and where one is signed in."""
    own = UUID(viewer.actor.practitioner)
    context = {
        "factors": factors.factors_of(own),
        "codes_left": factors.codes_left(own),
        "sessions": sessions_of(own),
        "this": token_hash(viewer.session),
        "recent": signed_in_lately(viewer.session),
    }
    return page(request, "sign_in/yours.html", context)


@require_POST
@signed_in
def end_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    own, this = UUID(viewer.actor.practitioner), token_hash(viewer.session)
    only = str(request.POST.get("session", ""))
    end_own_sessions(practitioner=own, only=only, but=this)
    return told(reverse("your-sign-in"), "session-ended")


@require_POST
@signed_in
def remove_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Remove a passkey or the authenticator app, but never the last of them."""
    if not signed_in_lately(viewer.session):
        return page(request, "sign_in/again.html")
    factor = str(request.POST.get("factor", ""))
    if not (factor.isdecimal() and factors.remove(practitioner=UUID(viewer.actor.practitioner), factor=int(factor))):
        raise Refused("last-factor", "It was not removed: set up another first, so that you can still sign in.")
    return told(reverse("your-sign-in"), "factor-removed")


@require_POST
@signed_in
def stay_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Count as having used the session; without scripts, back to where one was."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    return HttpResponseRedirect("/")
