"""Answers to requests that carry an `Idempotency-Key`: the same request again is answered again, and done once."""

import json
import time
from collections.abc import Callable

from dramatis.errors import ServiceError
from dramatis.service.database import Database
from dramatis.service.records import Plain

_KEPT = 24 * 3600.0  # seconds
_LONGEST_KEY = 255
_UNDER_WAY = 0  # the status of a request that is not answered yet


class Replies:
    """Answers by owner and key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run("DELETE FROM replies WHERE status = ?", (_UNDER_WAY,))  # the server was killed before it answered

    def once(self, owner: str, key: str | None, digest: str, make: Callable[[], Plain]) -> Plain:
        """What `make` returns, or what it returned when this key came before. `digest` tells requests apart.

        Raises `ServiceError` if the key came with another request, or with one that is not answered yet; and what `make` raises.
        """
        if key is None:
            return make()
        if not 0 < len(key) <= _LONGEST_KEY:
            raise ServiceError(
                f"An Idempotency-Key has 1 to {_LONGEST_KEY} characters.", "idempotency_key", 400, "Idempotency-Key"
            )
        with self._database.change():
            self._database.run("DELETE FROM replies WHERE created < ?", (time.time() - _KEPT,))
            found = self._database.rows("SELECT digest, status, body FROM replies WHERE owner = ? AND key = ?", (owner, key))
            if not found:
                self._database.run(
                    "INSERT INTO replies VALUES (?, ?, ?, ?, ?, ?)", (owner, key, digest, _UNDER_WAY, "", time.time())
                )
        if found:
            return _again(tuple(found[0]), digest)
        try:
            made = make()
        except BaseException:
            self._database.run("DELETE FROM replies WHERE owner = ? AND key = ?", (owner, key))
            raise
        body = json.dumps(made, ensure_ascii=False)
        self._database.run("UPDATE replies SET status = 200, body = ? WHERE owner = ? AND key = ?", (body, owner, key))
        return made


def _again(found: tuple[str, int, str], digest: str) -> Plain:
    known, status, body = found
    if known != digest:
        raise ServiceError(
            "This Idempotency-Key came with another request before; use a new key for a new request.",
            "idempotency_key_reused", 422, "Idempotency-Key",
        )  # fmt: skip
    if status == _UNDER_WAY:
        raise ServiceError("The request with this key is being answered; try again.", "in_progress", 409, "Idempotency-Key")
    answer: Plain = json.loads(body)
    return answer
