"""Briefs and storylines as JSON documents.

One reader serves all documents: type annotations say which keys a JSON object has and which values are allowed. Keys
without a default are required; unknown keys are refused by name, so that a typing error never becomes a silent
default. Spans are written `[start, end]`; everything else is an object with the field's names.
"""

import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, Union

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.story.brief import Brief
from dramatis.story.checks import check_brief, check_storyline
from dramatis.story.storyline import Storyline

Document = TypeVar("Document", Brief, Storyline)

VERSIONS: dict[type, int] = {Brief: 1, Storyline: 2}
"""The only version of each document that is read and written."""


def to_json(document: Brief | Storyline) -> str:
    """The document as JSON text that `brief_from` or `storyline_from` reads back to an equal value."""
    plain = {"version": VERSIONS[type(document)], **typing.cast("dict[str, object]", json_ready(document))}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def brief_from(data: object) -> Brief:
    """A brief from parsed JSON; raises `BriefError` in one sentence that names the place and what is allowed there."""
    return check_brief(_document(Brief, data, "the brief"))


def storyline_from(data: object) -> Storyline:
    """A storyline from parsed JSON; raises `BriefError` in one sentence that names the place and what is allowed there."""
    return check_storyline(_document(Storyline, data, "the storyline"))


def parse(path: Path) -> object:
    """The JSON in a file; raises `BriefError` if it cannot be read."""
    return parsed(text_in(path), str(path))


def text_in(path: Path) -> str:
    """The text in a file; raises `BriefError` if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BriefError(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise BriefError(
            f"{path} is not a text file in UTF-8: a brief, a storyline or a job file is JSON, a script is text (.txt)."
        ) from None
    except OSError as fault:
        raise BriefError(f"{path} cannot be read: {fault.strerror}.") from None


def parsed(text: str, where: str) -> object:
    """The JSON in a text; raises `BriefError`, which says that `where` cannot be read."""
    try:
        data: object = json.loads(text, parse_constant=_no_constant)
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BriefError(f'{where} holds half a character (such as "\\ud800" alone); write the whole one.') from None
    except json.JSONDecodeError as fault:
        raise BriefError(f"{where} is not valid JSON: {fault.msg} in line {fault.lineno}, column {fault.colno}.") from None
    except (ValueError, RecursionError):
        raise BriefError(f"{where} holds numbers or lists that are too long to be read; write plain ones.") from None
    return data


Kind = TypeVar("Kind")


def read_as(kind: type[Kind], data: object, where: str) -> Kind:
    """A dataclass of plain fields from parsed JSON, read like a document; raises `BriefError`, which names the place."""
    return typing.cast(Kind, _object(kind, data, where))


def beside(document: Path, path: str) -> str:
    """Resolve a path of a document: absolute, else relative to the document, else to the working folder; else unchanged."""
    if not path:
        return path
    near = document.parent / path
    try:
        return str(near) if not Path(path).is_absolute() and near.exists() else path
    except OSError:  # not a valid file name; opening it will report that
        return path


def located(brief: Brief, document: Path) -> Brief:
    """The brief with paths resolved relative to its document."""
    return relocated(brief, partial(beside, document))


def storyline_located(storyline: Storyline, document: Path) -> Storyline:
    """The storyline with paths resolved relative to its document."""
    return relocated(storyline, partial(beside, document))


def relocated(document: Document, place: Callable[[str], str]) -> Document:
    """The document with each path of a file in it (those that are not empty) replaced by what `place` makes of it."""

    def placed(path: str) -> str:
        return place(path) if path else path

    cast = tuple(
        dataclasses.replace(who, portrait=placed(who.portrait), voice=who.voice and placed(who.voice)) for who in document.cast
    )
    if isinstance(document, Brief):
        paths = {"music": placed(document.music), "lexicon": placed(document.lexicon)}
        return dataclasses.replace(document, cast=cast, **paths)  # type: ignore[arg-type]  # by name
    lines = tuple(dataclasses.replace(line, sound=placed(line.sound)) for line in document.lines)
    shots = tuple(
        dataclasses.replace(shot, picture=placed(shot.picture), background=placed(shot.background)) for shot in document.shots
    )
    return dataclasses.replace(document, cast=cast, lines=lines, shots=shots, music=placed(document.music))


def _no_constant(name: str) -> None:
    raise BriefError(f"{name} is not a number that a document may hold.")


def _document(kind: type[Document], data: object, what: str) -> Document:
    if not isinstance(data, dict):
        raise BriefError(f"{what.capitalize()} must be a JSON object, not {_named(data)}.")
    version, known = data.get("version"), VERSIONS[kind]
    if version != known or isinstance(version, bool):
        given = "has no version" if version is None else f"is of version {version!r}"
        raise BriefError(f'{what.capitalize()} {given}: this Dramatis reads version {known} ("version": {known}).')
    value = _object(kind, {key: entry for key, entry in data.items() if key != "version"}, what)
    return typing.cast(Document, value)


def json_ready(value: object) -> object:
    """A value made of dataclasses and plain fields, as documents write it: `read_as` reads it back."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value):
        return {field.name: json_ready(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [json_ready(entry) for entry in value] if isinstance(value, tuple) else value


def _object(kind: type, data: object, where: str) -> object:
    if not isinstance(data, dict):
        raise BriefError(f"{where} must be an object, not {_named(data)}.")
    fields = {field.name: field for field in dataclasses.fields(kind)}
    allowed = ", ".join(fields)
    for key in data:
        if key not in fields:
            raise BriefError(f'Unknown key "{key}" in {where}: it may have {allowed}.')
    for name, field in fields.items():
        if name not in data and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise BriefError(f'Missing key "{name}" in {where}: it may have {allowed}.')
    hints = typing.get_type_hints(kind)
    values = {key: _value(hints[key], entry, f'"{key}" of {where}') for key, entry in data.items()}
    return _built(lambda: kind(**values), where)


def _value(hint: object, data: object, where: str) -> object:
    origin = typing.get_origin(hint)
    if origin is Literal:
        return _choice(typing.get_args(hint), data, where)
    if origin in (Union, types.UnionType):
        return _either(typing.get_args(hint), data, where)
    if origin is tuple:
        return _tuple(typing.get_args(hint), data, where)
    if hint is Span:
        start, end = typing.cast("tuple[float, float]", _tuple((float, float), data, where))
        return _built(lambda: Span(start, end), where)
    if dataclasses.is_dataclass(hint):
        return _object(typing.cast(type, hint), data, where)
    return _scalar(typing.cast(type, hint), data, where)


def _built(build: Callable[[], object], where: str) -> object:
    try:
        return build()
    except ValueError as fault:
        raise BriefError(f"{where} cannot be used: {fault}.") from None


def _choice(choices: tuple[object, ...], data: object, where: str) -> object:
    if data not in choices:
        raise BriefError(f"{where} must be one of {', '.join(map(repr, choices))}, not {data!r}.")
    return data


def _either(kinds: tuple[object, ...], data: object, where: str) -> object:
    if data is None and types.NoneType in kinds:
        return None
    rest = [kind for kind in kinds if kind is not types.NoneType]
    listed = isinstance(data, list)
    fitting = [kind for kind in rest if (typing.get_origin(kind) is tuple) == listed]
    return _value((fitting or rest)[0], data, where)


def _tuple(kinds: tuple[object, ...], data: object, where: str) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise BriefError(f"{where} must be a list, not {_named(data)}.")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(data)
    if len(kinds) != len(data):
        raise BriefError(f"{where} must be a list of {len(kinds)}, not of {len(data)}.")
    return tuple(
        _value(kind, entry, f"entry {at + 1} of {where}") for at, (kind, entry) in enumerate(zip(kinds, data, strict=True))
    )


def _scalar(kind: type, data: object, where: str) -> object:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        data = float(data) if abs(data) < _LARGE else math.inf
    if type(data) is not kind or (isinstance(data, float) and not math.isfinite(data)):
        raise BriefError(f"{where} must be {_WORDS[kind]}, not {_named(data)}.")
    return data


_LARGE = 10**15  # larger integers cannot be pixels, seconds or frames
_WORDS: dict[type, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _named(data: object) -> str:
    if isinstance(data, (dict, list)):
        return "an object" if isinstance(data, dict) else "a list"
    return json.dumps(data, ensure_ascii=False)
