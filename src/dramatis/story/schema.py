"""JSON schemas (draft 2020-12) of the documents, made from the type annotations that the reader uses."""

import dataclasses
import types
import typing
from typing import Literal, Union

from dramatis.clock import Span
from dramatis.story.brief import Brief
from dramatis.story.direction import FRAMINGS
from dramatis.story.document import VERSIONS
from dramatis.story.storyline import LOCKS, Shot, Storyline

Schema = dict[str, object]
_PLAIN: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
_LOCKED: Schema = {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"enum": list(LOCKS)}}]}
_CLOSER: dict[tuple[type, str], Schema] = {(Shot, "framing"): {"enum": ["", *FRAMINGS]}, (Shot, "locked"): _LOCKED}
"""Fields with a fixed vocabulary."""


def schema_of(document: type[Brief] | type[Storyline]) -> Schema:
    """The schema of a brief or a storyline; objects refuse unknown keys, as the reader does."""
    parts: dict[str, Schema] = {}
    whole = _object(document, parts)
    properties = typing.cast("Schema", whole["properties"])
    required = typing.cast("list[str]", whole["required"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": document.__name__,
        **whole,
        "properties": {"version": {"const": VERSIONS[document]}, **properties},
        "required": ["version", *required],
        "$defs": dict(sorted(parts.items())),
    }


def _object(kind: type, parts: dict[str, Schema]) -> Schema:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    needed = [
        field.name for field in fields if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    properties = {field.name: _CLOSER.get((kind, field.name)) or _value(hints[field.name], parts) for field in fields}
    about = " ".join((kind.__doc__ or "").split())
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _value(hint: object, parts: dict[str, Schema]) -> Schema:
    origin, kinds = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return {"enum": list(kinds)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_value(kind, parts) for kind in kinds]}
    if origin is tuple:
        return _array(kinds, parts)
    if hint is Span:
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    if dataclasses.is_dataclass(hint):
        named = typing.cast("type", hint)
        if named.__name__ not in parts:
            parts[named.__name__] = {}
            parts[named.__name__] = _object(named, parts)
        return {"$ref": f"#/$defs/{named.__name__}"}
    return {"type": _PLAIN[typing.cast("type", hint)]}


def _array(kinds: tuple[object, ...], parts: dict[str, Schema]) -> Schema:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return {"type": "array", "items": _value(kinds[0], parts)}
    items = [_value(kind, parts) for kind in kinds]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
