"""The second step of signing in: a passkey, an authenticator app's code, or a recovery code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wholepicture.sign_in import factors, flow, limits
from wholepicture.web.middleware import SIGN_IN, public
from wholepicture.web.pages.sign_in.forms import CodeForm
from wholepicture.web.pages.sign_in.views import address_of
from wholepicture.web.views import page, safe_next

_WRONG = "The code is not right, or was used before. Codes from an app change every 30 seconds: wait for the next one"
_WAIT = "Too many attempts. Wait five minutes, then try again"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one goes on to the page that was asked for."""
    stage = flow.waiting(request)
    if stage is None:
        return HttpResponseRedirect(f"{SIGN_IN}?problem=waited")
    user, then = stage.login.user, stage.login.redirect_url or ""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shown(request, form, then)
    if not limits.may_try_code(user.pk):
        form.add_error(None, _WAIT)
        return _shown(request, form, then, 429)
    authenticator = factors.check_code(user, form.cleaned_data["code"])
    if authenticator is None:
        form.add_error("code", _WRONG)
        return _shown(request, form, then)
    limits.code_was_right(user.pk)
    flow.proved(request, authenticator)
    return flow.go_on(request, stage)


@public
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser shows to a passkey (JSON)."""
    if not limits.may_try_passkey(address_of(request)):
        return HttpResponse(status=429)
    return HttpResponse(factors.passkey_to_ask_for(), content_type="application/json")


@public
@require_POST
def passkey_page(request: HttpRequest) -> HttpResponse:
    """Sign in by the passkey that answered. It is two factors: the device, and what unlocks it."""
    found = factors.answered_passkey(str(request.POST.get("credential", "")))
    if found is None:
        return HttpResponseRedirect(f"{reverse('sign-in')}?problem=passkey")
    return flow.begin_with_passkey(request, authenticator=found, then=safe_next(request))


def _shown(request: HttpRequest, form: CodeForm, then: str, status: int = 200) -> HttpResponse:
    return page(request, "sign_in/second_factor.html", {"form": form, "next": then}, status=status)
