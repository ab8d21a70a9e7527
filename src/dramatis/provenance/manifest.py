"""The manifest of a film (C2PA 2.x): what was done by what, from which ingredients, and the watermark that stands for it."""

from base64 import b64encode

from dramatis import __version__
from dramatis.provenance.record import Record

ALGORITHM = "org.dramatis.watermark.2"
"""Name of the watermark in a soft binding."""
FILM = "org.dramatis.film"
"""Label of the assertion with the facts of a film."""
_AGENT = {"name": "Dramatis", "version": __version__}
_FORMATS = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".heic": "image/heic",
    ".avif": "image/avif", ".wav": "audio/wav", ".flac": "audio/flac", ".mp3": "audio/mpeg", ".m4a": "audio/mp4",
    ".ogg": "audio/ogg", ".mp4": "video/mp4",
}  # fmt: skip


def manifest_of(record: Record, title: str, payload: int | None) -> dict[str, object]:
    """The manifest of a film, ready for JSON; `payload` is that of its watermark (None: it carries none)."""
    ingredients = [_ingredient(number, record) for number in range(len(record.ingredients))]
    assertions: list[dict[str, object]] = [
        {"label": "c2pa.actions", "data": {"actions": _actions(record)}},
        {"label": FILM, "data": facts_of(record)},
    ]
    if payload is not None:
        value = b64encode(payload.to_bytes(8, "big")).decode()
        binding = {"alg": ALGORITHM, "blocks": [{"scope": {}, "value": value}]}
        assertions.append({"label": "c2pa.soft-binding", "data": binding})
    return {
        "claim_generator_info": [_AGENT],
        "title": title,
        "format": "video/mp4",
        "ingredients": ingredients,
        "assertions": assertions,
    }


def facts_of(record: Record) -> dict[str, object]:
    """The facts of a film, ready for JSON."""
    canvas = record.canvas
    return {
        "engine": {"name": record.engine, "version": record.version},
        "film": {"width": canvas.width, "height": canvas.height, "fps": canvas.rate.fps, "seconds": round(record.seconds, 3)},
        "seed": record.seed,
        "source type": record.source_type,
        "ingredients": [vars(one) for one in record.ingredients],
    }


def _actions(record: Record) -> list[dict[str, object]]:
    """Made by us; portraits and voices were put into it."""
    made: dict[str, object] = {"action": "c2pa.created", "digitalSourceType": record.source_type, "softwareAgent": _AGENT}
    placed: list[dict[str, object]] = [
        {"action": "c2pa.placed", "parameters": {"ingredientIds": [_label(number)]}} for number in range(len(record.ingredients))
    ]
    return [made, *placed]


def _ingredient(number: int, record: Record) -> dict[str, object]:
    """An ingredient by hash: the file itself stays where it is."""
    one = record.ingredients[number]
    suffix = one.file[one.file.rfind(".") :].lower()
    return {
        "title": one.file,
        "format": _FORMATS.get(suffix, "application/octet-stream"),
        "instance_id": f"sha256:{one.sha256}",
        "relationship": "componentOf",
        "label": _label(number),
        "description": f"{one.kind} of {one.who}; consent: {one.consent or 'not stated'}",
    }


def _label(number: int) -> str:
    return f"ingredient {number + 1}"
