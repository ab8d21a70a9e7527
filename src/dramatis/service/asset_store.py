"""Uploaded files: kept once under the digest of their content, named by ids. A user's file name is shown and never opened."""

import hashlib
import re
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import IO

from dramatis.errors import ServiceError
from dramatis.service.children import ChildPool
from dramatis.service.database import Database
from dramatis.service.job_queue import new_id
from dramatis.service.records import Asset, Plain
from dramatis.speech.phone_times import MOST_BYTES
from dramatis.story.brief import CONSENTS

_CHUNK = 2**20
_LONGEST_NAME = 120
_BESIDE = ".phones.json"  # when each phone is said, beside a line that we spoke (speech/phone_times.py)


class AssetStore:
    """The assets of all owners. `inspect` looks at a new file (`inspector.py`), `room` raises where the disk quota is used up."""

    def __init__(self, database: Database, folder: Path, inspect: ChildPool, room: Callable[[int], None]) -> None:
        self._database, self._inspect, self._room = database, inspect, room
        self._files, self._incoming = folder / "files", folder / "incoming"
        self._files.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._incoming, ignore_errors=True)  # of uploads that a killed server did not finish
        self._incoming.mkdir()

    def receive(
        self, owner: str, name: str, source: IO[bytes], most: int, consent: str | None = None, name_it: str | None = None
    ) -> Asset:
        """Keep an upload of at most `most` bytes, under the id `name_it` if one was promised, where the same file may come again.

        Raises `ServiceError`, also for a file that is no picture, sound or video.
        """
        if consent is not None and consent not in CONSENTS:
            raise ServiceError(f'"{consent}" is no consent; give one of {", ".join(CONSENTS)}.', "consent", 400, "consent")
        part = self._incoming / uuid.uuid4().hex
        try:
            digest, size = self._copied(source, part, most)
            there = self._promised(name_it, digest)
            if there is not None:
                return there
            found = self._database.find(Asset, "SELECT * FROM assets WHERE digest = ? LIMIT 1", (digest,))
            if found:
                known: Plain = {"kind": found[0].kind, "suffix": found[0].suffix, "facts": found[0].facts}
            else:
                known = self._looked_at(part, name)
            asset = Asset(
                name_it or new_id("asset"),
                owner,
                digest,
                known["suffix"],
                known["kind"],
                _shown(name),
                size,
                known["facts"],
                consent,
                time.time(),
            )
            with self._database.change():
                part.replace(self.path(asset))
                self._database.insert("assets", asset)
        finally:
            part.unlink(missing_ok=True)
        return asset

    def adopt(self, owner: str, path: Path, seconds: float) -> Asset:
        """Keep a sound that the program spoke, and what stands beside it."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found = self._database.find(Asset, "SELECT * FROM assets WHERE digest = ? AND owner = ?", (digest, owner))
        if found:
            return found[0]
        facts = {"seconds": seconds}
        asset = Asset(
            new_id("asset"), owner, digest, path.suffix, "sound", path.name, path.stat().st_size, facts, "fictional", time.time()
        )
        with self._database.change():
            shutil.copyfile(path, self.path(asset))
            beside = path.with_suffix(_BESIDE)
            if beside.exists():
                shutil.copyfile(beside, self.path(asset).with_suffix(_BESIDE))
            self._database.insert("assets", asset)
        return asset

    def keep_phones(self, asset: Asset, source: IO[bytes]) -> None:
        """Keep when each phone of a sound is said, as an archive of the owner has it; not of a sound that others have, too."""
        beside = self.path(asset).with_suffix(_BESIDE)
        others = self._database.rows("SELECT 1 FROM assets WHERE digest = ? AND owner != ? LIMIT 1", (asset.digest, asset.owner))
        content = source.read(MOST_BYTES + 1)
        if not others and not beside.exists() and len(content) <= MOST_BYTES:
            self._room(len(content))
            beside.write_bytes(content)

    def get(self, name: str, owner: str | None, param: str = "asset") -> Asset:
        """An asset by its id (`owner` None: anybody's); raises `ServiceError` if there is none."""
        found = self._database.find(Asset, "SELECT * FROM assets WHERE id = ?", (name,))
        if not found or owner not in (None, found[0].owner):
            raise ServiceError(f'There is no asset "{name}"; upload the file first.', "not_found", 404, param)
        return found[0]

    def of_content(self, digest: str, owner: str | None) -> Asset | None:
        """The newest asset with a content (`owner` None: anybody's); None if there is none."""
        select = "SELECT * FROM assets WHERE digest = ? AND (? IS NULL OR owner = ?) ORDER BY created DESC LIMIT 1"
        return next(iter(self._database.find(Asset, select, (digest, owner, owner))), None)

    def page(self, owner: str | None, limit: int) -> list[Asset]:
        """The newest assets."""
        return self._database.find(
            Asset,
            "SELECT * FROM assets WHERE ? IS NULL OR owner = ? ORDER BY created DESC LIMIT ?", (owner, owner, limit),
        )  # fmt: skip

    def path(self, asset: Asset) -> Path:
        """Where the content of an asset is."""
        return self._files / f"{asset.digest}{asset.suffix}"

    def remove(self, asset: Asset) -> None:
        """Forget an asset that no open job names; its content goes with the last asset of that content."""
        with self._database.change():
            users = self._database.rows(
                "SELECT id FROM jobs WHERE state IN ('queued', 'running', 'paused') AND instr(request, ?) LIMIT 1", (asset.id,)
            )
            if users:
                raise ServiceError(f'The job "{users[0][0]}" needs this asset; cancel it first.', "in_use", 409, "asset")
            self._database.run("DELETE FROM assets WHERE id = ?", (asset.id,))
            if not self._database.rows("SELECT 1 FROM assets WHERE digest = ? LIMIT 1", (asset.digest,)):
                self.path(asset).unlink(missing_ok=True)
                self.path(asset).with_suffix(_BESIDE).unlink(missing_ok=True)

    def _promised(self, name: str | None, digest: str) -> Asset | None:
        """The asset that has a promised id already; raises `ServiceError` if that is another file."""
        found = self._database.find(Asset, "SELECT * FROM assets WHERE id = ?", (name,))
        if found and found[0].digest != digest:
            raise ServiceError("Another file came to this address before; ask for a new one.", "taken", 409, "permit")
        return found[0] if found else None

    def _copied(self, source: IO[bytes], part: Path, most: int) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as file:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise ServiceError(
                        f"The file is larger than {most / 1e6:.0f} MB; give a smaller one.", "too_large", 413, "file"
                    )
                digest.update(chunk)
                file.write(chunk)
        if size == 0:
            raise ServiceError("The file is empty (0 bytes); copy or export it again.", "empty", 400, "file")
        self._room(size)
        return digest.hexdigest(), size

    def _looked_at(self, part: Path, name: str) -> Plain:
        try:
            return self._inspect.ask({"path": str(part)})
        except ServiceError as fault:  # readers see the file under its own suffix
            said = re.sub(rf"{re.escape(str(part))}(?:\.\w+)?", _shown(name), str(fault))
            raise ServiceError(said, fault.code, fault.status, "file") from None


def _shown(name: str) -> str:
    """A file name as it is shown: its last part, without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:_LONGEST_NAME] or "file"
