"""Signing in with an identity provider: there, and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.sign_in import federated
from wholepicture.web.middleware import public
from wholepicture.web.views import safe_next


@public
@require_safe
def with_provider_page(request: HttpRequest, provider: str) -> HttpResponse:
    """To the provider. A link and no form: our content policy lets no form lead away from here."""
    return federated.begin(request, wanted=provider, then=safe_next(request))


@public
@require_safe
def back_page(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from it."""
    return federated.come_back(request, wanted=provider)
