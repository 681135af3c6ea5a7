"""Signing in by an identity provider: allauth's OpenID Connect, held to a stricter reading of the standard.

allauth trusts a token that came straight over TLS, and knows no nonce. Here every token's signature is checked against
the provider's keys, with a nonce of ours in it, from the issuer that the administrator named (OpenID Connect Core
3.1.3.7).
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wholepicture.access.engine import as_sign_in
from wholepicture.sign_in.adapters import problem
from wholepicture.sign_in.providers import Provider, provider

_NONCE = "wp_nonce"
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures with a key that only the provider has: never `none`, never a shared secret."""
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, OAuth2Error)
"""What an answer that is no answer raises: no connection, no JSON, a part that is not there, or of another kind."""


def begin(request: HttpRequest, *, wanted: str, then: str) -> HttpResponse:
    """To the provider, with a state, a nonce and a code challenge of our own; back where it is away."""
    found = provider(wanted)
    if found is None:
        return problem("provider")
    request.session.flush()
    nonce = request.session[_NONCE] = secrets.token_urlsafe(24)
    asked = {"nonce": nonce} | ({"acr_values": found.acr_values} if found.acr_values else {})
    try:
        to = _Adapter(request, wanted).get_provider()
        response: HttpResponse = to.redirect(request, process="login", next_url=then, auth_params=asked)
    except _UNUSABLE:
        return problem("provider")
    return response


def come_back(request: HttpRequest, *, wanted: str) -> HttpResponse:
    """From the provider: on to the second factor, or in where the provider is trusted to have asked for it."""
    if provider(wanted) is None:
        return problem("provider")
    try:
        with as_sign_in():
            response: HttpResponse = OAuth2CallbackView.adapter_view(_Adapter(request, wanted))(request)
    except _UNUSABLE:
        return problem("provider")
    return response


class _Provider(OpenIDConnectProvider):
    """Takes the subject from the token, whether a second factor was shown, and nothing else about the person."""

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        claims, trusted = data["id_token"], provider(self.app.provider_id)
        return {"second_factor": trusted is not None and _showed_second_factor(claims, trusted)}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        return []

    def get_oauth2_adapter(self, request: HttpRequest) -> _Adapter:
        return _Adapter(request, self.app.provider_id)


class _Adapter(OpenIDConnectOAuth2Adapter):
    def get_provider(self) -> _Provider:
        return _Provider(request=self.request, app=get_adapter().get_app(self.request, self.provider_id))

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("sign-in-back", args=[self.provider_id]))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **answer: Any) -> Any:
        if not answer["response"].get("id_token"):
            raise OAuth2Error("no ID token")
        return super().complete_login(request, app, token, **answer)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims of a token that is all that the standard asks; raises OAuth2Error for any other."""
        found = provider(self.provider_id)
        if found is None or self.openid_config["issuer"] != found.issuer:
            raise OAuth2Error("another issuer")
        if _algorithm(id_token) not in _ALGORITHMS:
            raise OAuth2Error("no signature of the provider's own")
        self.did_fetch_access_token = False  # or allauth would not look at the signature
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        nonce = self.request.session.pop(_NONCE, "")
        if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("another nonce")
        if not {"exp", "iat", "sub"} <= claims.keys():
            raise OAuth2Error("claims are missing")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("for another party")
        return claims


def _algorithm(token: str) -> str:
    """The algorithm that a token says it is signed with."""
    head = token.partition(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("alg", ""))


def _showed_second_factor(claims: Mapping[str, Any], trusted: Provider) -> bool:
    """Whether the provider says so in a way that the administrator trusts (RFC 8176; OpenID Connect Core 2)."""
    amr = claims.get("amr")
    shown = set(amr) if isinstance(amr, list) else set()
    return bool(shown & set(trusted.trusted_amr)) or claims.get("acr") in trusted.trusted_acr
