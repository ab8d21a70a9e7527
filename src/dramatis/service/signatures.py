"""What the service signs with the one key of its folder: events that it sends, and addresses that carry their own permission.

Events are signed as Standard Webhooks say (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import time
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.service.records import Plain

_KEY_BYTES = 32
_PREFIX = "whsec_"
_LONGEST_PERMIT = 2000


class Signatures:
    """Signs with the key in a folder, which is made at the first start. Raises `OutputError` if it cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._key = _key(folder / "service.key")

    def secret(self, owner: str) -> str:
        """What a receiver of an owner's events checks them with, as Standard Webhooks write it."""
        return _PREFIX + base64.b64encode(self._mac(f"webhooks {owner}".encode())).decode()

    def permit(self, what: Plain, seconds: float) -> str:
        """`what` as a text that fits into an address and that nobody else can make; it is good for so many seconds."""
        said = json.dumps({**what, "until": int(time.time() + seconds)}, ensure_ascii=False, separators=(",", ":"))
        body = base64.urlsafe_b64encode(said.encode()).rstrip(b"=").decode()
        return f"{body}.{self._mac(f'permit {body}'.encode()).hex()}"

    def permitted(self, text: str) -> Plain | None:
        """What a permit says; None for one that was not made here or is too old."""
        body, _, mac = text.partition(".")
        given = mac.encode(errors="replace")
        if len(text) > _LONGEST_PERMIT or not hmac.compare_digest(
            self._mac(f"permit {body}".encode(errors="replace")).hex().encode(), given
        ):
            return None
        said: Plain = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return said if said["until"] >= time.time() else None

    def _mac(self, data: bytes) -> bytes:
        return hmac.digest(self._key, data, "sha256")


def event_headers(secret: str, name: str, body: bytes, now: float) -> dict[str, str]:
    """The headers of an event: `name` is the same at each try, the time and the signature are not."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = hmac.digest(key, f"{name}.{int(now)}.".encode() + body, "sha256")
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now)),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def token_of(jwt: str, secret: str, now: float) -> bool:
    """Whether a JSON Web Token (HS256) was signed with a secret and is good now."""
    head, _, rest = jwt.partition(".")
    body, _, signature = rest.partition(".")
    try:
        if json.loads(_decoded(head))["alg"] != "HS256":
            return False
        claims = json.loads(_decoded(body))
        good = hmac.compare_digest(hmac.digest(secret.encode(), f"{head}.{body}".encode(), "sha256"), _decoded(signature))
        return good and float(claims.get("nbf", 0)) <= now <= float(claims["exp"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return False


def issuer_of(jwt: str) -> str | None:
    """Who says that he signed a JSON Web Token; None for another kind of token. Nothing is checked."""
    if jwt.count(".") != 2:
        return None
    try:
        said = json.loads(_decoded(jwt.split(".")[1]))
    except (ValueError, RecursionError):
        return None
    name = said.get("iss") if isinstance(said, dict) else None
    return name if isinstance(name, str) else None


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as fault:
        raise ValueError("no base64") from fault


def _key(path: Path) -> bytes:
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            key = file.read()
            if not key:
                key = os.urandom(_KEY_BYTES)
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
    except OSError as fault:
        raise OutputError(f"The service's key {path} cannot be used ({fault.strerror}); name another folder.") from fault
    if len(key) != _KEY_BYTES:
        raise OutputError(f"{path} holds no key of {_KEY_BYTES} bytes; delete it, and a new one is made.")
    return hashlib.sha256(key).digest()
