"""A passkey in software, which can also answer wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, ATTESTED = (AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV, AuthenticatorData.FLAG.AT)


@dataclass
class Passkey:
    """A device for `localhost`. Change what it says of itself to have it answer wrongly."""

    origin: str = "http://localhost"
    place: str = "localhost"
    unlocked: bool = True
    user: str = ""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """What a browser sends when the passkey is made."""
        self.user = options["publicKey"]["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = ES256({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(self._place(), self._flags() | ATTESTED, 0, credential)
        client = self._client("webauthn.create", options)
        attested = AttestationObject.create("none", data, {})
        return self._sent({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)})

    def answer(self, options: dict[str, Any]) -> str:
        """What a browser sends when the passkey is asked."""
        data = AuthenticatorData.create(self._place(), self._flags(), 0)
        client = self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signed),
                "userHandle": self.user,
            }
        )

    def _place(self) -> bytes:
        return hashlib.sha256(self.place.encode()).digest()

    def _flags(self) -> AuthenticatorData.FLAG:
        return PRESENT | VERIFIED if self.unlocked else PRESENT

    def _client(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, options["publicKey"]["challenge"], self.origin)

    def _sent(self, response: dict[str, str]) -> str:
        own = websafe_encode(self.id)
        return json.dumps(
            {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
