"""From the fields of `/v1/videos` to a brief or a storyline: OpenAI's fields, those of vLLM-Omni, and ours.

Nested data travels as JSON texts, since OpenAI's client flattens lists. What a field asks for is done or named in a note.
"""

import base64
import binascii
import io
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from dramatis.errors import BriefError, ServiceError
from dramatis.production.request import Options, request_of, size_of
from dramatis.recipes.crews import CREWS
from dramatis.service.core import Service
from dramatis.service.documents import Documents, in_fields, plain
from dramatis.service.web.access import Caller
from dramatis.story import Brief, Character, Storyline
from dramatis.story.document import parsed

MODEL = "dramatis"
"""The model that films with whatever fits; `dramatis-portrait` and the like name an engine."""
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]+)*;base64,")
_UNUSED = {
    "num_frames": "A film is as long as its voices, so num_frames={} is not used.",
    "num_inference_steps": "The steps of an engine are its own, so num_inference_steps={} is not used.",
    "guidance_scale": "The guidance of an engine is its own, so guidance_scale={} is not used.",
    "negative_prompt": "What to avoid is said in the prompt, so negative_prompt is not used.",
    "user": "",
}
"""Fields that change nothing, and what is said of them."""
_NAMES = {'"portrait"': "input_reference", '"voice"': "audio_reference", '"say"': "the text of speakers", '"engine"': "model"}
"""Fields of briefs, and what they are called here."""
_NESTED: dict[str, tuple[type, ...]] = {"speakers": (list,), "storyboard": (dict, list), "extra_params": (dict,)}


@dataclass(frozen=True)
class Upload:
    """A file in a form."""

    name: str
    content: BinaryIO


Given = Mapping[str, str | Upload]


@dataclass
class VideoReader:
    """Reads the fields of one request, and collects notes on them."""

    service: Service
    caller: Caller
    given: Given
    notes: list[str] = field(default_factory=list)

    def document(self) -> Brief | Storyline:
        """What is to be filmed; raises `ServiceError`."""
        try:
            return self._document()
        except BriefError as fault:
            raise ServiceError(_renamed(in_fields(str(fault))), "invalid_request", 400, "prompt") from None
        except ServiceError as fault:
            raise ServiceError(_renamed(str(fault)), fault.code, fault.status, fault.param) from None

    def callback(self) -> str | None:
        """Who is told when the film is over."""
        return self._text("callback_url") or None

    def _document(self) -> Brief | Storyline:
        extra = self._json("extra_params")
        if isinstance(extra, dict):
            more = {key: value if isinstance(value, str) else json.dumps(value) for key, value in extra.items()}
            self.given = {key: value for key, value in {**self.given, **more}.items() if key != "extra_params"}
        plan = self._json("storyboard")
        documents = Documents(self.service.assets, self.caller.sees)
        self._unused()
        if isinstance(plan, dict):
            return documents.storyline(plan)
        return documents.brief(plain(self._brief(self._text("prompt") + self._told(plan))))

    def _brief(self, prompt: str) -> Brief:
        picture = self._picture()
        speakers = self._json("speakers")
        if isinstance(speakers, list) and speakers:
            cast = tuple(self._speaker(entry, number, picture) for number, entry in enumerate(speakers, 1))
            brief = Brief(cast, prompt)
        else:
            voice = self._file("audio_reference", "audio_url")
            options = Options([picture] if picture else (), [voice] if voice else (), (), prompt or None, engine=self._engine())
            made = request_of(None, options, None)
            brief = made if isinstance(made, Brief) else Brief(())
        size, fps = self._size()
        consent = self._text("consent")
        if consent:
            brief = replace(brief, cast=tuple(replace(who, consent=consent) for who in brief.cast))  # type: ignore[arg-type]  # checked when it is read
        return replace(
            brief,
            size=size,
            fps=self._number("fps") or fps,
            seed=self._seed(),
            engine=self._engine(),
            seconds=self._number("seconds"),
        )

    def _speaker(self, entry: object, number: int, picture: str) -> Character:
        if not isinstance(entry, dict):
            raise ServiceError("Each of the speakers is an object.", "wrong_type", 400, "speakers")
        used = {"name", "text", "audio", "image", "box", "look"}
        for key in entry.keys() - used:
            self.notes.append(f'"{key}" of speaker {number} is not used.')
        name, text = str(entry.get("name") or f"person{number}"), entry.get("text")
        voice = self._reference(entry["audio"], "audio_url", "speakers") if entry.get("audio") else None
        image = self._reference(entry["image"], "image_url", "speakers") if entry.get("image") else picture
        box, look = entry.get("box"), str(entry.get("look") or "")
        if box is not None and not (isinstance(box, list) and all(isinstance(side, int | float) for side in box)):
            raise ServiceError("A box is [x0, y0, x1, y1], in pixels of the picture.", "wrong_type", 400, "speakers")
        face = None if box is None else tuple(float(side) for side in box)
        said = "" if text is None else str(text)
        return Character(
            name, image, face, voice, say=said if said and voice is None else None, look=look, text=said if voice else ""
        )

    def _picture(self) -> str:
        for name, key in (("input_reference", "image_url"), ("image_reference", "image_url"), ("video_reference", "video_url")):
            found = self._file(name, key)
            if found:
                return found
        return ""

    def _file(self, name: str, key: str) -> str | None:
        """The asset of a field: an upload, a data URL, or the id of a file."""
        value = self.given.get(name)
        if isinstance(value, Upload):
            service = self.service
            return service.assets.receive(self.caller.owner, value.name, value.content, service.quotas.upload).id
        if not value:
            return None
        return self._reference(parsed(value, f'"{name}"') if value.lstrip().startswith("{") else value, key, name)

    def _reference(self, value: object, key: str, param: str) -> str:
        if isinstance(value, dict):
            value = value.get("file_id") or value.get(key) or value.get("url")
            value = value.get("url") if isinstance(value, dict) else value
        if not isinstance(value, str):
            raise ServiceError(f'"{param}" needs a file_id, or a {key} with data.', "missing", 400, param)
        start = _DATA.match(value)
        if start is not None:
            return self._decoded(value[start.end() :], param)
        if "://" in value[:20]:
            raise ServiceError("The service fetches no address; send the file, or upload it to /v1/files.", "address", 400, param)
        return value

    def _decoded(self, text: str, param: str) -> str:
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise ServiceError(f'The data in "{param}" is no base64.', "invalid_data", 400, param) from None
        service = self.service
        return service.assets.receive(self.caller.owner, param, io.BytesIO(content), service.quotas.upload).id

    def _told(self, shots: object) -> str:
        """The prompts of a storyboard as words, one after the other."""
        entries = shots if isinstance(shots, list) else []
        told = [str(shot.get("prompt") or "").strip(" .") for shot in entries if isinstance(shot, dict)]
        if any(isinstance(shot, dict) and shot.keys() - {"index", "prompt"} for shot in entries):
            self.notes.append("Of the storyboard's shots only the prompts are used; a whole storyline says more.")
        return "".join(f" Then {words}." if number else f" First {words}." for number, words in enumerate(filter(None, told)))

    def _size(self) -> tuple[tuple[int, int] | int | None, float | None]:
        width, height = self._number("width"), self._number("height")
        if width and height:
            return (int(width), int(height)), None
        text = self._text("size")
        return size_of(text) if text else (None, None)

    def _engine(self) -> str | None:
        name = self._text("model") or MODEL
        engine = name.removeprefix(f"{MODEL}-")
        if name != MODEL and engine not in CREWS:
            raise ServiceError(f'There is no model "{name}": {", ".join(models())} can be used.', "model_not_found", 404, "model")
        return None if name == MODEL else engine

    def _seed(self) -> int:
        text = self._text("seed")
        if text and not (text.isascii() and text.isdigit() and int(text[:30]) < 2**63):
            raise ServiceError(f'"seed" must be a whole number from 0 on, not "{text[:50]}".', "wrong_type", 400, "seed")
        return int(text or 0)

    def _unused(self) -> None:
        for name, value in self.given.items():
            if name in _UNUSED:
                self.notes.append(_UNUSED[name].format(value))
            elif name not in _USED:
                self.notes.append(f'"{name}" is not known and not used.')
        self.notes[:] = [note for note in self.notes if note]

    def _text(self, name: str) -> str:
        value = self.given.get(name, "")
        if isinstance(value, Upload):
            raise ServiceError(f'"{name}" must be a text.', "wrong_type", 400, name)
        return value

    def _number(self, name: str) -> float | None:
        text = self._text(name)
        try:
            number = float(text) if text else None
            if number is None or math.isfinite(number):
                return number
            raise ValueError(text)
        except ValueError:
            raise ServiceError(f'"{name}" must be a number, not "{text[:50]}".', "wrong_type", 400, name) from None

    def _json(self, name: str) -> object:
        """The JSON object or list in a field; None for none."""
        text = self._text(name)
        data = parsed(text, f'"{name}"') if text else None
        if data is not None and not isinstance(data, _NESTED[name]):
            raise ServiceError(f'"{name}" is of a type that it cannot be.', "wrong_type", 400, name)
        return data


_USED = {
    "prompt", "model", "size", "width", "height", "fps", "seed", "seconds", "input_reference", "image_reference",
    "audio_reference", "video_reference", "speakers", "storyboard", "callback_url", "consent",
}  # fmt: skip


def _renamed(message: str) -> str:
    for name, field_name in _NAMES.items():
        message = message.replace(name, field_name)
    return message


def models() -> list[str]:
    """Names of the models."""
    return [MODEL, *(f"{MODEL}-{engine}" for engine in sorted(CREWS))]
