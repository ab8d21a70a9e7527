"""Camera setups: what can be framed, what must be in the picture, and how well a setup suits each second of a film.

Everything that speaks for or against a setup is seconds times a cost: speech of somebody who is not framed, an action that the
framing hides, a framing that the words ask for. `coverage` finds the cheapest sequence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material
from dramatis.director.rounds.dialogue import BODY, HANDS
from dramatis.story import FRAMINGS, Claim, Cue
from dramatis.take import View

_CLOSE, _BUST, _WAIST, _BODY, _WIDE = FRAMINGS
_TURNS = frozenset(("turn left", "turn right"))
_UNSEEN = 2.5  # a second of speech without the speaker in the picture
_HIDDEN, _IMPLIED = 15.0, 0.3  # a second of an action that cannot be seen: asked for; filled in by the director
_ASKED = 60.0  # a second in another framing than the words ask for
_STRONG, _MOVED, _TOLD = 0.75, 0.35, 0.2  # intensity of a feeling that a close-up suits; what it saves; what stress saves
_SILENT = 0.3  # a second of silence on one of several people
_ENDING, _LEFT = 1.5, 6.0  # s before the last word's end, from which on a second without its speaker costs so much
_NEARER, _ALONE = 0.1, 0.3  # a second of a narrator, for each step nearer than the place around people, and on one of several
_FAR = 0.6  # a second in which somebody speaks who is far away, in films with a narrator, which show places
_STRESSED = 0.5  # s around a stressed syllable
_LATER, _CLOSER = 0.6, 0.12  # of the film, from which on close-ups save something: a scene comes closer

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Setup:
    """A place of the camera: one of FRAMINGS ("": as it is), and who is framed, from left to right."""

    framing: str
    focus: tuple[str, ...]

    @property
    def step(self) -> int:
        """How wide it is: its place in FRAMINGS."""
        return FRAMINGS.index(self.framing) if self.framing else len(FRAMINGS)


@dataclass(frozen=True)
class Concern:
    """Something that matters during its spans: what a second of it costs in each setup."""

    spans: tuple[Span, ...]
    costs: tuple[float, ...]

    def until(self, times: Grid) -> Grid:
        """Seconds of it before each instant."""
        if not self.spans:
            return np.zeros(len(times))
        starts, ends = (np.array(edges)[None] for edges in zip(*((span.start, span.end) for span in self.spans), strict=True))
        return np.asarray(np.clip(times[:, None] - starts, 0, ends - starts).sum(axis=1))


def free_setups(
    names: tuple[str, ...], framings: tuple[str, ...], claims: Sequence[Claim], narrated: bool = False
) -> tuple[Setup, ...]:
    """What a free camera covers people with, the establishing shot first, and what the words and the actions ask for; places as
    well where a narrator is heard (`narrated`), and nothing else where nobody is seen.
    """
    kinds = {0: (), 1: (_WAIST, _BUST, _CLOSE), 2: (_BODY, _WAIST, _BUST)}.get(len(names), (_BODY, _WAIST))
    kinds = (_WIDE, *kinds) if narrated or not names else kinds
    groups = [Setup(nearest(kind, framings), names) for kind in kinds]
    pairs = [Setup(nearest(_WAIST, framings), pair) for pair in pairwise(names) if len(names) > 2]
    singles = [Setup(nearest(kind, framings), (who,)) for kind in (_BUST, _CLOSE) for who in names]
    asked = [setup for claim in asked_framings(claims) for setup in _asked(nearest(claim.what, framings), claim.who, names)]
    shown = [
        Setup(nearest(_room(claim.what), framings), names) for claim in claims if claim.kind == "action" and _room(claim.what)
    ]
    return tuple(dict.fromkeys([*groups, *pairs, *singles, *asked, *shown]))


def pictured_setups(names: tuple[str, ...], framing: str, views: Sequence[View]) -> tuple[Setup, ...]:
    """The whole picture, which has this framing, and the closer views of it."""
    return Setup(framing, names), *(Setup(view.framing, view.focus or names) for view in views)


def asked_framings(claims: Sequence[Claim]) -> list[Claim]:
    """Framings that the words ask for."""
    return [claim for claim in claims if claim.kind == "framing" and claim.expert == "text" and claim.what in FRAMINGS]


def asked_for(cue: Cue, claims: Sequence[Claim]) -> bool:
    """Whether the words ask for an action."""
    asked = {(claim.what, claim.who) for claim in claims if claim.kind == "action" and claim.expert == "text"}
    return cue.kind == "action" and bool({(cue.what, cue.who), (cue.what, None)} & asked)


def room_for(claims: Sequence[Claim], framings: Sequence[str]) -> str:
    """The framing that shows all actions; "" if any does."""
    needed = [room for claim in claims if claim.kind == "action" and (room := _room(claim.what))]
    return nearest(max(needed, key=FRAMINGS.index), framings) if needed else ""


def nearest(framing: str, framings: Sequence[str]) -> str:
    """The framing that comes nearest among those that can be filmed."""
    return min(framings, key=lambda one: abs(FRAMINGS.index(one) - FRAMINGS.index(framing)))


def concerns(
    setups: Sequence[Setup], material: Material, audio: AudioReport, claims: Sequence[Claim], acted: Sequence[Cue]
) -> list[Concern]:
    """All that matters; `acted` are the cues of people."""
    phrases = {name: tuple(p for track in audio.tracks if track.who == name for p in track.phrases) for name in material.names}
    found = [Concern(spans, tuple(_UNSEEN * (who not in setup.focus) for setup in setups)) for who, spans in phrases.items()]
    for cue in acted:
        if cue.kind == "action":
            weight = _HIDDEN if asked_for(cue, claims) else _IMPLIED
            people = material.names if cue.who is None else (cue.who,)
            found.append(Concern((cue.span,), tuple(weight * _hides(setup, cue.what, people) for setup in setups)))
    for claim in asked_framings(claims):
        span = claim.span or Span(0.0, material.seconds)
        found.append(Concern((span,), tuple(_ASKED * _differs(setup, claim, setups) for setup in setups)))
    found += _emphasis(setups, material.seconds, audio, acted)
    found += _ending(setups, phrases, material.seconds)
    found += _narrated(setups, phrases, audio)
    silent = _between([span for spans in phrases.values() for span in spans], material.seconds)
    alone = tuple(_SILENT * (len(setup.focus) == 1 < len(material.names)) for setup in setups)
    return [*found, Concern(silent, alone)]


def narrators(audio: AudioReport, names: Sequence[str]) -> tuple[Span, ...]:
    """When somebody is heard who is not seen in the film."""
    return tuple(phrase for track in audio.tracks if track.who not in names for phrase in track.phrases)


def _narrated(setups: Sequence[Setup], phrases: dict[str, tuple[Span, ...]], audio: AudioReport) -> list[Concern]:
    """A narrator tells of places and of everybody; who speaks is nearer."""
    told = narrators(audio, list(phrases))
    if not told:
        return []
    most = max((len(setup.focus) for setup in setups), default=0)
    over = (_NEARER * (len(FRAMINGS) - 1 - setup.step) + _ALONE * (len(setup.focus) == 1 < most) for setup in setups)
    far = tuple(_FAR * (setup.framing == _WIDE) for setup in setups)
    return [Concern(told, tuple(over)), Concern(tuple(span for spans in phrases.values() for span in spans), far)]


def _asked(framing: str, who: str | None, names: tuple[str, ...]) -> list[Setup]:
    """Close framings are of one person each, others of all."""
    singles = [Setup(framing, (name,)) for name in ((who,) if who else names)]
    return singles if who or framing in (_CLOSE, _BUST) else [Setup(framing, names)]


def _room(action: str) -> str:
    """The closest framing that shows an action; "" if all do."""
    return _WAIST if action in HANDS | _TURNS else _BODY if action in BODY else ""


def _hides(setup: Setup, action: str, people: tuple[str, ...]) -> float:
    """Whether a setup hides an action; half, if it shows the person, but not all of the action."""
    if not set(people) <= set(setup.focus):
        return 1.0
    room = _room(action)
    return 0.5 if room and setup.step < FRAMINGS.index(room) else 0.0


def _differs(setup: Setup, claim: Claim, setups: Sequence[Setup]) -> bool:
    """Whether a setup is not what the words ask for; of one person, others may be framed as they like if no time is named."""
    framing = nearest(claim.what, [one.framing for one in setups if one.framing] or FRAMINGS)
    if claim.who is None:
        return setup.framing != framing
    return (setup.framing != framing) if setup.focus == (claim.who,) else claim.span is not None


def _emphasis(setups: Sequence[Setup], seconds: float, audio: AudioReport, acted: Sequence[Cue]) -> list[Concern]:
    """Close-ups suit strong feelings, stressed words and the end of a scene."""
    late = Span(_LATER * seconds, seconds)
    found = [Concern((late,), tuple(-_CLOSER * _close(setup, None) for setup in setups))]
    for cue in acted:
        if cue.kind == "emotion" and cue.what != "calm" and cue.intensity >= _STRONG:
            found.append(Concern((cue.span,), tuple(-_MOVED * _close(setup, cue.who) for setup in setups)))
    for track in audio.tracks:
        spans = tuple(Span(max(0.0, at - _STRESSED), at + _STRESSED) for at, strength in track.stress if strength >= _STRONG)
        found.append(Concern(spans, tuple(-_TOLD * _close(setup, track.who) for setup in setups)))
    return found


def _ending(setups: Sequence[Setup], phrases: dict[str, tuple[Span, ...]], seconds: float) -> list[Concern]:
    """A film ends on who speaks last, alone or with others."""
    ends = [(spans[-1].end, who) for who, spans in phrases.items() if spans]
    if not ends:
        return []
    end, who = max(ends)
    return [Concern((Span(max(0.0, end - _ENDING), seconds),), tuple(_LEFT * (who not in setup.focus) for setup in setups))]


def _close(setup: Setup, who: str | None) -> bool:
    return setup.framing == _CLOSE and len(setup.focus) == 1 and (who is None or who in setup.focus)


def _between(spans: list[Span], seconds: float) -> tuple[Span, ...]:
    """When nobody speaks."""
    found, until = [], 0.0
    for start, end in [*((span.start, span.end) for span in sorted(spans)), (seconds, seconds)]:
        if start > until:
            found.append(Span(until, start))
        until = max(until, end)
    return tuple(found)
