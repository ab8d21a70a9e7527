"""The cases of the director's evaluation, and the small language of what a right plan must have and must not have.

A case (`cases/director*.toml`) is what a user gives: words, the cast from left to right, the film's length, and what the other
experts would notice (`said`: words with the second at which each begins; `heard`: the emotion of a voice; `framing`; `sound`).
Each feature is one line of a small language and counts once:

    anger of Tom, strong, 4-8    a cue: what, of whom, how much (weak, plain, strong), when (a-b: most of it, and hardly outside;
                                 "at 3": begins there within 0.35 s; "whole": from start to end)
    calm then anger of Tom       both, and the first begins before the second
    avoid smile                  the negative words name it
    line of Tom: Hello!          he speaks these words
    setting: beach               the global direction: setting, light, weather, style, framing; "look of Tom: red hair"
    conflict: emotion            the experts disagreed, and the plan says so

In `must_not` the same lines must all be false.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.story import Cue

FILES = {"tuned": "director.toml", "held out": "director_held_out.toml", "fresh": "director_fresh.toml"}
_STEP = 0.05  # seconds
_CUE = re.compile(r"(?P<what>[a-z][a-z -]*?)(?: of (?P<who>[^,]+))?(?P<rest>(?:, [^,]+)*)")
_WHEN = re.compile(r"(?P<start>[\d.]+)-(?P<end>[\d.]+)|at (?P<at>[\d.]+)|(?P<whole>whole)")
_HOW = {"weak": (0.0, 0.5), "plain": (0.4, 0.85), "strong": (0.75, 1.0)}


@dataclass(frozen=True)
class DirectorCase:
    """A user's input, and what the plan must and must not contain."""

    words: str
    kind: str
    language: str
    group: str
    cast: tuple[str, ...] = ("Noor",)
    seconds: float = 12.0
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    heard: Mapping[str, str] = field(default_factory=dict)
    framing: str = ""
    sound: str = "speech"


@dataclass(frozen=True)
class JudgedPlan:
    """Content of a plan that features refer to."""

    cues: tuple[Cue, ...] = ()
    avoid: frozenset[str] = frozenset()
    lines: tuple[tuple[str, str], ...] = ()
    facts: frozenset[tuple[str, str]] = frozenset()
    """Key and value: ("setting", "beach"), ("look of Tom", "red hair"), ("conflict", "emotion")."""


@dataclass(frozen=True)
class Finding:
    """One feature of one case, and whether the plan is correct in it."""

    case: DirectorCase
    feature: str
    right: bool


def cases() -> tuple[DirectorCase, ...]:
    """All cases, the tuned ones first."""
    found = []
    for group, name in FILES.items():
        data = tomllib.loads((files("dramatis.evaluation.director") / "cases" / name).read_text(encoding="utf-8"))
        for language, entries in data.items():
            for entry in entries:
                found.append(_case(entry, language, group))
    return tuple(found)


def _case(entry: dict[str, Any], language: str, group: str) -> DirectorCase:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return DirectorCase(**values, language=language, group=group)


def judged(case: DirectorCase, plan: JudgedPlan) -> tuple[Finding, ...]:
    """Every feature of a case."""
    wanted = [Finding(case, feature, holds(feature, case, plan)) for feature in case.must]
    return (*wanted, *(Finding(case, f"not: {feature}", not holds(feature, case, plan, _touching)) for feature in case.must_not))


def holds(feature: str, case: DirectorCase, plan: JudgedPlan, when: "_When | None" = None) -> bool:
    """Whether the plan has the feature; `when` checks times. Raises `ValueError` for an invalid feature."""
    if ": " in feature:
        key, value = feature.split(": ", 1)
        return (key[8:], value) in plan.lines if key.startswith("line of ") else (key, value) in plan.facts
    if feature.startswith("avoid "):
        return feature[6:] in plan.avoid
    if " then " in feature:
        first, second = (_first(part, plan) for part in feature.split(" then "))
        return first is not None and second is not None and first < second
    return _cued(feature, case, plan, when or _when)


@dataclass(frozen=True)
class _Asked:
    what: str
    who: str | None
    rest: tuple[str, ...]


def _asked(feature: str) -> _Asked:
    match = _CUE.fullmatch(feature)
    if match is None:
        raise ValueError(f"no feature: {feature}")
    return _Asked(match["what"], match["who"], tuple(part for part in match["rest"].split(", ") if part))


def _matching(asked: _Asked, plan: JudgedPlan) -> list[Cue]:
    """Cues by action and person; without a name, of any person."""
    return [cue for cue in plan.cues if cue.what == asked.what and (asked.who is None or _meant(asked.who, cue.who))]


def _meant(asked: str, who: str | None) -> bool:
    return who is None or (who == asked and asked != "everybody")


def _first(feature: str, plan: JudgedPlan) -> float | None:
    return min((cue.span.start for cue in _matching(_asked(feature), plan)), default=None)


def _cued(feature: str, case: DirectorCase, plan: JudgedPlan, when: "_When") -> bool:
    asked = _asked(feature)
    if asked.who == "everybody" and len(case.cast) > 1 and not _matching(asked, plan):
        rest = "".join(f", {part}" for part in asked.rest)
        return all(_cued(f"{asked.what} of {name}{rest}", case, plan, when) for name in case.cast)
    found = _matching(asked, plan)
    for part in asked.rest:
        found = _so_much(found, part) if part in _HOW else when(found, part, case.seconds)
    return bool(found)


def _so_much(cues: list[Cue], how: str) -> list[Cue]:
    low, high = _HOW[how]
    return [cue for cue in cues if low < cue.intensity <= high]


_When = Callable[[list[Cue], str, float], list[Cue]]


def _times(when: str, seconds: float) -> tuple[float, float]:
    """Start and end in seconds; both the same for an instant."""
    match = _WHEN.fullmatch(when)
    if match is None:
        raise ValueError(f"no time: {when}")
    if match["whole"]:
        return 0.0, seconds
    return float(match["start"] or match["at"]), float(match["end"] or match["at"])


def _touching(cues: list[Cue], when: str, seconds: float) -> list[Cue]:
    """Cues of which more than 0.3 s lie inside."""
    start, end = _times(when, seconds)
    return [cue for cue in cues if cue.span.overlap(Span(start, end)) > 0.3]


def _when(cues: list[Cue], when: str, seconds: float) -> list[Cue]:
    """The cues at the expected time; a single action needs only to be inside the span."""
    start, end = _times(when, seconds)
    if start == end:
        return [cue for cue in cues if abs(cue.span.start - start) <= 0.35]
    if any(cue.kind == "action" and cue.span.seconds < 3.01 for cue in cues):
        return [cue for cue in cues if start - 0.05 <= cue.span.middle <= end + 0.05]
    on = _presence([cue.span for cue in cues], seconds)
    times = (np.arange(len(on)) + 0.5) * _STEP
    inside = (times >= start) & (times < end)
    right = on[inside].mean() >= 0.6 and (inside.all() or on[~inside].mean() <= 0.4)
    return cues if right else []


def _presence(spans: Iterable[Span], seconds: float) -> NDArray[np.bool_]:
    times = (np.arange(max(1, round(seconds / _STEP))) + 0.5) * _STEP
    on = np.zeros(len(times), bool)
    for span in spans:
        on |= (times >= span.start) & (times < span.end)
    return on
