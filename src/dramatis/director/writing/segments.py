"""Segments: what is heard in each part of a shot, and what is shown meanwhile."""

from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Heard, VoiceReport
from dramatis.story import Cue, Segment

LONGEST = 6.0
"""Seconds; longer speech is parted where somebody takes a breath, or between words."""
_JOIN = 0.35  # s between phrases that are one segment
_SILENCE = 0.5  # s of silence that is a segment of its own


def segments(span: Span, audio: AudioReport, cues: tuple[Cue, ...]) -> tuple[Segment, ...]:
    """Who is heard when in a span, and what is said; silences between. Voices that overlap have segments that do."""
    spoken = [
        Segment(part, _heard(track, part), track.who, _text(track, part), _seen(part, track.who, cues))
        for track in audio.tracks
        for part in _parts(track, span)
    ]
    silent = [Segment(part, "silence", words=_seen(part, None, cues)) for part in _silences(span, spoken)]
    return tuple(sorted([*spoken, *silent], key=lambda segment: (segment.span, segment.who or "")))


def _parts(track: VoiceReport, span: Span) -> list[Span]:
    """The phrases inside a span, joined over short pauses, parted where they are long."""
    inside = [_cut(phrase, span) for phrase in track.phrases if phrase.overlap(span) > 0.05]
    joined: list[Span] = []
    for phrase in inside:
        if joined and phrase.start - joined[-1].end < _JOIN and phrase.end - joined[-1].start <= LONGEST:
            joined[-1] = Span(joined[-1].start, phrase.end)
        else:
            joined.append(phrase)
    return [part for phrase in joined for part in _parted(phrase, track)]


def _parted(phrase: Span, track: VoiceReport) -> list[Span]:
    if phrase.seconds <= LONGEST:
        return [phrase]
    gaps = [gap.middle for gap in track.gaps if phrase.start + 1 < gap.middle < phrase.end - 1]
    gaps = gaps or [two.span.start for two in track.words if phrase.start + 1 < two.span.start < phrase.end - 1]
    if not gaps:
        return [phrase]
    cut = min(gaps, key=lambda at: abs(at - phrase.middle))
    return [part for half in (Span(phrase.start, cut), Span(cut, phrase.end)) for part in _parted(half, track)]


def _silences(span: Span, spoken: list[Segment]) -> list[Span]:
    parts = sorted(segment.span for segment in spoken)
    ends, found = span.start, []
    for start, end in [*((part.start, part.end) for part in parts), (span.end, span.end)]:
        if start - ends >= _SILENCE:
            found.append(Span(ends, start))
        ends = max(ends, end)
    return found


def _cut(phrase: Span, span: Span) -> Span:
    return Span(max(phrase.start, span.start), min(phrase.end, span.end))


def _heard(track: VoiceReport, part: Span) -> Heard:
    shares: dict[Heard, float] = {}
    for stretch in track.stretches:
        if stretch.heard != "silence":
            shares[stretch.heard] = shares.get(stretch.heard, 0.0) + stretch.span.overlap(part)
    return max(shares, key=lambda heard: shares[heard]) if shares else "speech"


def _text(track: VoiceReport, part: Span) -> str:
    said = [word.text for word in track.words if part.holds(word.span.middle)]
    glued = "".join(one + ("" if _joined(one, two) else " ") for one, two in pairwise([*said, ""]))
    return glued.strip()


def _joined(one: str, two: str) -> bool:
    """Chinese and Japanese are written without spaces."""
    return bool(one and two) and one[-1] > "\u2e80" and two[0] > "\u2e80"


def _seen(part: Span, who: str | None, cues: tuple[Cue, ...]) -> str:
    """What happens meanwhile, in words: "Noor: anger, nod"."""
    seen: dict[str | None, list[str]] = {}
    for cue in cues:
        if cue.what != "static" and cue.span.overlap(part) >= min(0.3, 0.5 * cue.span.seconds):
            seen.setdefault(cue.who or who if cue.kind != "camera" else "camera", []).append(cue.what)
    return "; ".join(f"{name or 'all'}: {', '.join(dict.fromkeys(what))}" for name, what in seen.items())
