"""Who may ask: anybody on this machine, and elsewhere whoever has a token.

Each token stands for one owner, who sees only what is his. On the machine itself everybody sees everything, and different
keys are different owners only where turns are taken. Kling's clients send a JSON Web Token: its issuer is the name of a token,
and the token is the key that signs it.
"""

import hashlib
import hmac
import ipaddress
import time
from dataclasses import dataclass
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.service.signatures import issuer_of, token_of

LOCAL = "local"
"""The owner of what comes without a token."""
_SHORTEST = 16


@dataclass(frozen=True)
class Caller:
    """Who asks. `sees` is the owner whose things he sees; None: everybody's."""

    owner: str
    sees: str | None


@dataclass(frozen=True)
class Access:
    """Where the service listens, and the tokens by owner; without any it is open to its own machine."""

    host: str = "127.0.0.1"
    tokens: tuple[tuple[str, str], ...] = ()

    def admitted(self, token: str | None) -> Caller | None:
        """Who asks with this token (None: without one); None: nobody who may."""
        issuer = issuer_of(token or "")
        if not self.tokens:
            owner = LOCAL if token is None else f"key-{hashlib.sha256((issuer or token).encode()).hexdigest()[:12]}"
            return Caller(owner, None)
        if token and issuer is not None:
            signed = [name for name, known in self.tokens if name == issuer and token_of(token, known, time.time())]
            return Caller(signed[0], signed[0]) if signed else None
        given = hashlib.sha256((token or "").encode()).digest()
        found = [name for name, known in self.tokens if hmac.compare_digest(hashlib.sha256(known.encode()).digest(), given)]
        return Caller(found[0], found[0]) if found and token else None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host's name or address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def access_for(host: str, token_file: Path | None, token: str | None) -> Access:
    """The access for a host. Raises `BriefError` if others can reach it and no token is set, or for a token that is too short."""
    tokens = [("owner", token)] if token else []
    if token_file is not None:
        try:
            lines = token_file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as fault:
            raise BriefError(f"The tokens in {token_file} cannot be read ({fault}); write one on each line.") from None
        parts = [line.split() for line in lines if line.strip() and not line.startswith("#")]
        tokens += [(words[0] if len(words) > 1 else f"owner{number}", words[-1]) for number, words in enumerate(parts, 1)]
    for name, known in tokens:
        if len(known) < _SHORTEST:
            raise BriefError(f'The token of "{name}" has {len(known)} characters; at least {_SHORTEST} are needed.')
    if not tokens and not is_loopback(host):
        raise BriefError(
            f"{host} can be reached from other machines, so a token is needed: set DRAMATIS_TOKEN, or name a file of tokens with "
            "--tokens; or serve this machine only, with --host 127.0.0.1."
        )
    return Access(host, tuple(tokens))
