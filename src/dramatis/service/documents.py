"""Briefs and storylines of requests: the same documents as on disk, with ids of assets where files are named.

Nothing in a request is ever a path. Ids become paths only for the child process that makes the film, and paths become ids, or
the names that users gave to their files, in everything that comes back from it.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

from dramatis.errors import BriefError, ServiceError
from dramatis.production.request import Options, heard, request_of
from dramatis.service.asset_store import AssetStore
from dramatis.service.records import Asset, Plain
from dramatis.story import Brief, Character, Storyline
from dramatis.story.brief import CONSENTS, Consent
from dramatis.story.document import brief_from, relocated, storyline_from, to_json

Given = TypeVar("Given")
Made = TypeVar("Made")
_SPOKEN = 14.0  # characters a second
_UNHEARD = 2.75  # seconds of a film without a voice
_USUAL = (1280, 720, 25.0)  # canvas of a film without a requested one
_OPTION = re.compile(r"--([a-z]+)")
_PICTURES, _SOUNDS = ("picture", "video"), ("sound", "video")
_PATH = re.compile(r"^(?:/|\.{1,2}/|~|[A-Za-z]:\\)")


class Documents:
    """Reads documents whose assets belong to the owner that `sees` names (None: to anybody)."""

    def __init__(self, assets: AssetStore, sees: str | None = None) -> None:
        self._assets, self._sees = assets, sees

    def brief(self, data: object) -> Brief:
        """A brief whose files are assets; raises `ServiceError`."""
        brief = _read(brief_from, data, "brief")
        relocated(brief, self._owned)
        self._check_cast(brief.cast, brief.music)
        return _read(heard, brief, "brief")

    def begun(self, options: Options, seed: int) -> Brief:
        """A brief from what the command line has as options; pictures and sounds are assets. Raises `ServiceError`."""
        for name in options.portraits:
            self._check(name.partition("@")[0], ("picture", "video"), "The portrait")
        made = _read(lambda given: request_of(None, given, seed), options, "options")
        assert isinstance(made, Brief)  # a document makes others
        return self.brief(plain(made))

    def storyline(self, data: object) -> Storyline:
        """A storyline whose files are assets; raises `ServiceError`."""
        storyline = _read(storyline_from, data, "storyline")
        relocated(storyline, self._owned)
        self._check_cast(storyline.cast, storyline.music)
        for line in storyline.lines:
            self._check(line.sound, _SOUNDS, f'The line of "{line.who}"')
        for number, shot in enumerate(storyline.shots, 1):
            self._check(shot.picture, _PICTURES, f"The picture of shot {number}")
            self._check(shot.background, _PICTURES, f"The background of shot {number}")
        return storyline.identified

    def located(self, document: Brief | Storyline) -> tuple[Plain, dict[str, Asset]]:
        """The document with paths, as JSON, and the asset at each path; raises `ServiceError` if one is gone."""
        used: dict[str, Asset] = {}

        def place(name: str) -> str:
            asset = self._assets.get(name, None)
            path = str(self._assets.path(asset))
            used.setdefault(path, asset)
            return path

        cast = tuple(map(self._agreed, document.cast))
        if isinstance(document, Brief):
            return plain(relocated(replace(document, cast=cast), place)), used
        return plain(relocated(replace(document, cast=cast), place)), used

    def check_consent(self, document: Brief | Storyline) -> None:
        """Refuse a face or a voice of which nobody said who may use it, also in lines and pictures of shots; raises
        `ServiceError`.
        """
        for who in document.cast:
            if not who.consent and any(self._assets.get(name, None).consent is None for name in _shown_of(document, who)):
                raise ServiceError(
                    f'Nobody said who may use the face or voice of "{who.name}", which this service demands: give a `consent` '
                    f"({', '.join(CONSENTS)}) with the files or with the character.",
                    "consent", 403, "consent",
                )  # fmt: skip

    def _agreed(self, who: Character) -> Character:
        """A character with what was said of its files, where it does not say who may use them: of the face, if not the same."""
        said = [self._assets.get(name, None).consent for name in (who.portrait, who.voice) if name]
        known = bool(said) and None not in said and not who.consent
        return replace(who, consent=cast(Consent, said[0])) if known else who

    def returned(self, data: Plain, used: dict[str, Asset], owner: str, folder: Path) -> Plain:
        """A storyline that came back with paths, with ids. Others in `folder` were spoken for it: they become its owner's."""
        storyline = storyline_from(data)
        spoken = {path.resolve(): path for path in folder.glob("*.wav")}

        def named(path: str) -> str:
            whole = folder / path
            if str(whole) in used:
                return used[str(whole)].id
            return self._assets.adopt(owner, spoken[whole.resolve()], storyline.seconds).id

        return plain(relocated(storyline, named))

    def asset(self, name: str, kinds: Sequence[str], what: str) -> Asset:
        """An asset of the caller's of one of these kinds; raises `ServiceError`, which says what it should have been."""
        self._owned(name)
        self._check(name, tuple(kinds), what)
        return self._assets.get(name, self._sees)

    def path(self, asset: Asset) -> str:
        """Where its file is."""
        return str(self._assets.path(asset))

    def effort(self, document: Brief | Storyline, shot: int | None = None) -> float:
        """About how many frames of a million pixels a film has, or one shot of a storyline."""
        if isinstance(document, Storyline):
            canvas, seconds = document.canvas, document.seconds if shot is None else document.shots[shot].span.seconds
            return seconds * canvas.rate.fps * canvas.width * canvas.height / 1e6
        lengths = [self._seconds(who.voice, who.say) for who in document.cast]
        width, height, fps = _USUAL
        if isinstance(document.size, tuple):
            width, height = document.size
        elif document.size is not None:
            width, height = document.size * 16 // 9, document.size
        return (sum(lengths) or _UNHEARD) * (document.fps or fps) * width * height / 1e6

    def _seconds(self, voice: str | None, said: str | None) -> float:
        if voice is not None:
            return float(self._assets.get(voice, None).facts.get("seconds", 0.0))
        return len(said or "") / _SPOKEN

    def _owned(self, name: str) -> str:
        """Refuse whatever is not the id of an asset of the caller's, wherever a document names a file."""
        if _PATH.match(name):
            raise ServiceError(
                f'"{name[:50]}" is a path; upload the file, and give the id of the asset.', "not_found", 400, "asset"
            )
        try:
            return self._assets.get(name, self._sees).id
        except ServiceError as fault:
            raise ServiceError(str(fault), fault.code, 400, fault.param) from None

    def _check_cast(self, cast: Sequence[Character], music: str) -> None:
        for who in cast:
            self._check(who.portrait, _PICTURES, f'The portrait of "{who.name}"')
            self._check(who.voice, _SOUNDS, f'The voice of "{who.name}"')
        self._check(music, _SOUNDS, "The music")

    def _check(self, name: str | None, kinds: tuple[str, ...], what: str) -> None:
        if not name:
            return
        asset = self._assets.get(name, self._sees)
        if asset.kind not in kinds:
            raise ServiceError(f"{what} is a {asset.kind}; a {' or '.join(kinds)} is needed.", "wrong_kind", 400, "asset")
        if kinds == _SOUNDS and asset.facts.get("sound") is False:
            raise ServiceError(f"{what} is a video without sound; give one that is heard.", "wrong_kind", 400, "asset")


def _shown_of(document: Brief | Storyline, who: Character) -> list[str]:
    """The files in which a character is seen or heard."""
    files = [who.portrait, who.voice or ""]
    if isinstance(document, Storyline):
        files += [line.sound for line in document.lines if line.who == who.name]
        files += [shot.picture for shot in document.shots if who.name in shot.cast]
    return [name for name in files if name]


def plain(document: Brief | Storyline) -> Plain:
    """The document as JSON."""
    data: Plain = json.loads(to_json(document))
    return data


def named_back(message: str, used: dict[str, Asset]) -> str:
    """A message in which files are called as their users call them."""
    for path, asset in used.items():
        message = message.replace(path, asset.name).replace(Path(path).name, asset.name)
    return message


def in_fields(message: str) -> str:
    """A message in which options of the command line are called as fields of a document."""
    return _OPTION.sub(r'"\1"', message)


def _read(reader: Callable[[Given], Made], data: Given, param: str) -> Made:
    try:
        return reader(data)
    except BriefError as fault:
        raise ServiceError(in_fields(str(fault)), "invalid_document", 400, param) from None
