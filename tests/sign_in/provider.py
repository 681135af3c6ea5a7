"""A small OpenID Connect provider on loopback: real HTTP, real signatures, and faults on demand."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "whole-picture", "a secret of tests"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Idp:
    """What the provider says of whoever comes: change `claims`, `key` or `algorithm` to have it say something else."""

    issuer: str = ""
    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    token: str | None = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def id_token(self, asked: dict[str, str]) -> str:
        """The signed token, as a right provider would make it but for `claims`; None among them leaves one out."""
        now = int(time.time())
        right = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked.get("nonce", ""), "email": "rita@council.example", "email_verified": True,
        }  # fmt: skip
        said = {name: value for name, value in (right | self.claims).items() if value is not None}
        return jwt.encode(said, self.key, self.algorithm, headers={"kid": "1"})


@contextmanager
def running() -> Iterator[Idp]:
    """The provider, answering on a port of its own."""
    idp = Idp()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(_configuration(idp.issuer))
            elif parts.path == "/keys":
                key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "alg": "RS256", "use": "sig"}
                self._json({"keys": [key]})
            else:
                idp.asked.append(asked)
                code = f"code{len(idp.codes)}"
                idp.codes[code] = asked
                self.send_response(302)
                back = urlencode({"code": code, "state": asked["state"]})
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            asked = idp.codes.pop(sent.get("code", ""), None)
            if asked is None or sent.get("client_secret") != SECRET or not _answers(asked, sent):
                self._json({"error": "invalid_grant"}, 400)
                return
            token = idp.id_token(asked) if idp.token == "" else idp.token
            self._json({"access_token": "a", "token_type": "Bearer"} | ({"id_token": token} if token else {}))

        def _json(self, value: object, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object, **named: object) -> None:
            """Nothing: a test prints no log of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    idp.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _configuration(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }  # fmt: skip


def _answers(asked: dict[str, str], sent: dict[str, str]) -> bool:
    """Whether the code comes from whoever asked for it (PKCE, RFC 7636)."""
    made = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode() == asked.get("code_challenge")
