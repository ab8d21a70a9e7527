"""The audio expert: analyses every voice, who speaks when, and the emotion of the voices.

It claims who speaks, and one emotion for each stretch of constant emotion in a voice.
"""

from dataclasses import replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.audio.music import beats, stretches
from dramatis.director.audio.prosody import feelings, prosody, turns
from dramatis.director.audio.transcripts import aligned
from dramatis.director.claims import CONTOUR_RATE, AudioReport, Feeling, Material, Turn, VoiceInput, VoiceReport
from dramatis.media.sounds.sound_files import resample
from dramatis.speech.analysis import VoiceAnalysis, analyse, runs
from dramatis.speech.spectrum import RATE, SAMPLE_RATE
from dramatis.speech.synthesis import language_of
from dramatis.story import EMOTIONS, Claim

_GAP = 0.12  # s; a shorter silence inside a phrase is a consonant's closure
_BEFORE, _AFTER = 0.2, 1.0  # s by which a change of emotion may move to the beginning of a phrase
_FLOOR = 0.7  # s of a pause that ends a turn even if nobody else speaks
_WRITTEN = {"en-us": "en", "cmn": "zh"}


def hear(material: Material) -> AudioReport:
    """The report on every voice of the material."""
    heard = [(voice, analyse(resample(voice.voice, SAMPLE_RATE, mono=True))) for voice in material.voices]
    tracks = tuple(_track(voice, analysis) for voice, analysis in heard)
    floor = _floor(tracks)
    claims = [_speaking(turn) for turn in floor]
    for track, voice in zip(tracks, material.voices, strict=True):
        claims += () if voice.synthetic else _felt(track)
    return AudioReport(tracks, floor, tuple(claims))


def _track(voice: VoiceInput, analysis: VoiceAnalysis) -> VoiceReport:
    contours = prosody(analysis)
    kinds = stretches(analysis, voice.start)
    musical = any(part.heard in {"song", "music"} and part.span.seconds > 2 for part in kinds)
    beat, tempo = beats(analysis, voice.start) if musical else ((), 0.0)
    words = voice.words or (aligned(voice.text, analysis, voice.start) if voice.text else ())
    phrases = tuple(_later(phrase, voice.start) for phrase in analysis.phrases)
    lead = (0.0,) * round(voice.start * CONTOUR_RATE)
    loud = tuple(round(float(value), 3) for value in analysis.loudness[:: RATE // CONTOUR_RATE])
    return VoiceReport(
        who=voice.who,
        stretches=kinds,
        phrases=phrases,
        pauses=tuple(Span(one.end, two.start) for one, two in pairwise(phrases)),
        gaps=_quiet(analysis, voice.start),
        words=words,
        stress=tuple((round(voice.start + at, 3), strength) for at, strength in analysis.stress),
        rate=round(contours.rate, 2),
        pitch=lead + tuple(round(float(value), 1) for value in contours.pitch),
        energy=lead + loud,
        feelings=feelings(contours, voice.start),
        beats=beat,
        tempo=tempo,
        language=voice.language or _language(voice.text),
    )


def _later(span: Span, start: float) -> Span:
    return Span(start + span.start, start + span.end)


def _quiet(analysis: VoiceAnalysis, start: float) -> tuple[Span, ...]:
    """Short silences inside phrases."""
    spoken = [(phrase.start, phrase.end) for phrase in analysis.phrases]
    return tuple(
        Span(start + first / RATE, start + last / RATE)
        for first, last in runs(~analysis.speech)
        if last - first >= _GAP * RATE and any(low < first / RATE and last / RATE < high for low, high in spoken)
    )


def _language(text: str) -> str:
    """By the letters of the text; unknown where there is none."""
    code = language_of(text) if text else ""
    return _WRITTEN.get(code, code)


def _floor(tracks: tuple[VoiceReport, ...]) -> tuple[Turn, ...]:
    """Turns: the phrases of one voice until another one speaks, or until a long silence."""
    phrases = sorted((phrase, track.who) for track in tracks for phrase in track.phrases)
    found: list[Turn] = []
    for phrase, who in phrases:
        last = found[-1] if found else None
        if last and last.who == who and phrase.start - last.span.end <= _FLOOR:
            found[-1] = Turn(who, Span(last.span.start, max(last.span.end, phrase.end)))
        else:
            found.append(Turn(who, phrase))
    return tuple(found)


def _speaking(turn: Turn) -> Claim:
    seconds = f"{turn.span.start:.1f} to {turn.span.end:.1f} s"
    return Claim("audio", 1, "speaker", turn.who, turn.who, turn.span, 1.0, 0.95, f"{turn.who} is heard from {seconds}")


def _felt(track: VoiceReport) -> list[Claim]:
    """One claim for each stretch of constant emotion; a single one if the voice is always calm."""
    parts = turns(track.feelings)
    claims = [_feeling(track, track.feelings[first:last]) for first, last in parts]
    edges = [claim.span.start if claim.span else 0.0 for claim in claims]
    edges = [*edges[:1], *(_breath(at, track.phrases) for at in edges[1:]), track.feelings[-1].at + 0.1] if claims else []
    claims = [replace(claim, span=span) for claim, span in zip(claims, map(Span, edges, edges[1:]), strict=True)]
    return claims if any(claim.what != "calm" for claim in claims) else claims[:1]


def _breath(at: float, phrases: tuple[Span, ...]) -> float:
    """Time of a change of emotion: at the start of a phrase that begins there or soon after, else as detected."""
    return next((phrase.start for phrase in phrases if at - _BEFORE <= phrase.start <= at + _AFTER), at)


def _feeling(track: VoiceReport, felt: tuple[Feeling, ...]) -> Claim:
    weights = [sum(one.emotions[place] * one.confidence for one in felt) for place in range(len(EMOTIONS))]
    much, what = max(zip(weights, EMOTIONS, strict=True))
    arousal = sum(one.arousal for one in felt) / len(felt)
    valence = sum(one.valence for one in felt) / len(felt)
    strength = min(1.0, max(0.2, (arousal**2 + valence**2) ** 0.5))
    sure = 0.15 + 0.75 * much / len(felt)
    span = Span(felt[0].at, max(felt[0].at, felt[-1].at + 0.1))
    moved, toned = _words(arousal, "aroused", "soft", "steady"), _words(valence, "bright", "dark", "neutral")
    evidence = f"{moved}, {toned} voice, {track.rate:.1f} syllables a second"
    return Claim("audio", 1, "emotion", what, track.who, span, round(strength, 2), round(min(0.9, sure), 2), evidence)


def _words(value: float, high: str, low: str, between: str) -> str:
    if abs(value) < 0.2:
        return between
    return f"{'very ' if abs(value) > 0.6 else ''}{high if value > 0 else low}"
