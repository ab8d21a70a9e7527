"""Validates a language model's answers: only claims about the plan are accepted.

An answer is a JSON object with a list of claims. Anything else is refused with one sentence that is sent to the
model: unknown keys, unknown values, people who are not in the cast, times outside the film, texts with addresses, paths
or options in them. Nothing in an answer is ever opened, executed or looked up.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dramatis.clock import Span
from dramatis.director.model.client import Schema
from dramatis.director.pattern import Pattern
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, FRAMINGS, Claim
from dramatis.story.deliberation import Expert, Subject

MOST_CLAIMS = 80
MOST_TEXT = 240
"""Characters of a text in a claim."""
KINDS: Mapping[Expert, tuple[Subject, ...]] = {
    "audio": ("emotion", "action", "mood", "speaker", "listener"),
    "visual": ("framing", "look", "setting", "style", "emotion", "camera", "mood"),
    "text": ("emotion", "action", "camera", "framing", "look", "setting", "style", "mood", "avoid", "listener"),
    "director": (),
}
"""Kinds of claims that each expert may make."""
WORDS: Mapping[str, tuple[str, ...]] = {"emotion": EMOTIONS, "action": ACTIONS, "camera": CAMERAS, "framing": FRAMINGS}
_KEYS = {"kind", "what", "who", "start", "end", "intensity", "confidence", "evidence", "at", "supports", "contradicts"}
_OUTSIDE = Pattern(
    r"://|\bwww\.|(?:^|\s)(?:[~.]{0,2}/|\.{2}\\|[a-z]:\\|--?[a-z])|\\\\|[<>{}$`|]|\b(?:data|file|javascript):",
    re.IGNORECASE,
)
_THOUGHT = Pattern(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE = Pattern(r"\A\s*```(?:json)?\s*\n(.*?)\n\s*```\s*\Z", re.DOTALL)


class AnswerError(Exception):
    """An answer that cannot be used; the message is a sentence for the model."""


@dataclass(frozen=True)
class AnswerScope:
    """Context for validation: the expert, the round, the cast, the film's length, claims so far."""

    expert: Expert
    round: int
    names: tuple[str, ...]
    seconds: float
    said: int = 0


def schema(scope: AnswerScope) -> Schema:
    """The JSON schema of an answer."""
    number = {"type": ["number", "null"], "minimum": 0, "maximum": round(scope.seconds, 3)}
    share = {"type": "number", "minimum": 0, "maximum": 1}
    text = {"type": "string", "maxLength": MOST_TEXT}
    places = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": max(1, scope.said)}}
    claim = {
        "kind": {"type": "string", "enum": list(KINDS[scope.expert])},
        "what": text,
        "who": {"enum": [*scope.names, None]},
        "start": number,
        "end": number,
        "intensity": share,
        "confidence": share,
        "evidence": text,
        "at": text,
        "supports": places,
        "contradicts": places,
    }
    one = {"type": "object", "properties": claim, "required": ["kind", "what"], "additionalProperties": False}
    claims = {"type": "array", "maxItems": MOST_CLAIMS, "items": one}
    return {"type": "object", "properties": {"claims": claims}, "required": ["claims"], "additionalProperties": False}


def claims_of(answer: str, scope: AnswerScope) -> tuple[Claim, ...]:
    """The claims of an answer; text before the JSON is ignored. Raises `AnswerError`."""
    answer = _THOUGHT.sub("", answer)
    fenced = _FENCE.match(answer)
    try:
        data: object = json.loads(fenced[1] if fenced else answer, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        raise AnswerError(f"The answer is not JSON: {fault.msg} at character {fault.pos}.") from None
    except (ValueError, RecursionError):
        raise AnswerError("The answer holds numbers or lists that are too long.") from None
    if not isinstance(data, dict) or set(data) != {"claims"} or not isinstance(data["claims"], list):
        raise AnswerError('The answer must be an object {"claims": [...]} and nothing else.')
    if len(data["claims"]) > MOST_CLAIMS:
        raise AnswerError(f"The answer has {len(data['claims'])} claims; at most {MOST_CLAIMS} are read.")
    return tuple(_claim(entry, scope, f"claim {number}") for number, entry in enumerate(data["claims"], 1))


def _claim(entry: object, scope: AnswerScope, where: str) -> Claim:
    if not isinstance(entry, dict):
        raise AnswerError(f"{where} must be an object.")
    unknown = sorted(str(key) for key in entry if key not in _KEYS)
    if unknown:
        raise AnswerError(f'{where} has an unknown key "{unknown[0][:40]}"; known are {", ".join(sorted(_KEYS))}.')
    kind = entry.get("kind")
    if kind not in KINDS[scope.expert]:
        raise AnswerError(f"{where}: the {scope.expert} expert speaks of {', '.join(KINDS[scope.expert])}.")
    who = entry.get("who")
    if who is not None and who not in scope.names:
        raise AnswerError(f"{where}: who must be null or one of {', '.join(scope.names)}.")
    return Claim(
        scope.expert,
        scope.round,
        cast("Subject", kind),
        _what(entry.get("what"), str(kind), scope, where),
        cast("str | None", who),
        _span(entry, scope, where),
        max(0.05, _share(entry, "intensity", 2 / 3, where)),
        _share(entry, "confidence", 0.8, where),
        _text(entry.get("evidence", ""), "evidence", where),
        _text(entry.get("at", ""), "at", where),
        _places(entry.get("supports", []), scope, where),
        _places(entry.get("contradicts", []), scope, where),
    )


def _what(given: object, kind: str, scope: AnswerScope, where: str) -> str:
    what = _text(given, "what", where)
    allowed = scope.names if kind in {"speaker", "listener"} else WORDS.get(kind, ())
    if not what or (allowed and what not in allowed):
        raise AnswerError(f"{where}: what must be {'one of ' + ', '.join(allowed) if allowed else 'a few words'} for {kind}.")
    return what


def _text(given: object, name: str, where: str) -> str:
    if not isinstance(given, str):
        raise AnswerError(f"{where}: {name} must be a text.")
    text = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else sign for sign in given).strip()
    if len(text) > MOST_TEXT:
        raise AnswerError(f"{where}: {name} has {len(text)} characters; at most {MOST_TEXT} are read.")
    if _OUTSIDE.search(text):
        raise AnswerError(f"{where}: {name} must be plain words, without addresses, paths, options or marks of code.")
    return text


def _span(entry: Mapping[str, object], scope: AnswerScope, where: str) -> Span | None:
    start, end = (_number(entry.get(name), name, where) for name in ("start", "end"))
    if start is None and end is None:
        return None
    first, last = start or 0.0, scope.seconds if end is None else end
    if not 0 <= first < last <= scope.seconds + 0.05:
        raise AnswerError(f"{where}: start and end must lie in 0 to {scope.seconds:.2f} s, start first.")
    return Span(first, min(last, scope.seconds))


def _number(given: object, name: str, where: str) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) < 1e9:
        raise AnswerError(f"{where}: {name} must be a number.")
    return float(given)


def _share(entry: Mapping[str, object], name: str, otherwise: float, where: str) -> float:
    value = _number(entry.get(name), name, where)
    if value is not None and not 0 <= value <= 1:
        raise AnswerError(f"{where}: {name} must lie between 0 and 1.")
    return otherwise if value is None else value


def _places(given: object, scope: AnswerScope, where: str) -> tuple[int, ...]:
    """Indices of earlier claims, which are numbered from 1 for the model."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise AnswerError(f"{where}: supports and contradicts must be lists of claims' numbers.")
    for place in given:
        if isinstance(place, bool) or not isinstance(place, int) or not 1 <= place <= scope.said:
            raise AnswerError(f"{where}: supports and contradicts name claims from 1 to {scope.said}.")
    return tuple(dict.fromkeys(place - 1 for place in given))


def _no_constant(name: str) -> None:
    raise AnswerError(f"{name} is not a number that an answer may hold.")
