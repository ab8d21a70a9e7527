"""Two people in one recording, made of our own voices: how often they are told apart, and how often one person is parted.

Each voice says two sentences of `unseen_voices.txt`. Pairs take turns, two each, with pauses of 0.2 to 0.6 s; everybody is heard
alone, too. Voices that are blends of one table of styles are pairs of their own: they are as alike as voices of one family.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.running import say, table
from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample, write_sound
from dramatis.production.lines.shared_track import SURE
from dramatis.runtime.environment import calculate_alike
from dramatis.speech.analysis import analyse
from dramatis.speech.recognition import voice_encoder
from dramatis.speech.recognition.turns import Turns, turns_in
from dramatis.speech.recognition.whisper import INSTALL
from dramatis.speech.synthesis.catalogue import VOICES, Voice
from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines

RATE = 16_000
_LANGUAGES = {"en": "en-us", "zh": "cmn"}
_PAIRS, _QUICK = 6, 3  # of each kind


@dataclass(frozen=True, eq=False)
class Mixture:
    """A recording, what kind of mixture it is, and who speaks when (0 or 1)."""

    kind: str
    sound: Waveform
    truth: tuple[tuple[int, Span], ...]


def run(folder: Path, quick: bool) -> None:
    """Speak, mix and measure; what was spoken stays in the folder."""
    say("## Two people in one recording\n\n")
    calculate_alike()
    if not voice_encoder.available():
        say(f"Voices are not told apart here: {INSTALL}\n")
        return
    found: dict[str, list[tuple[Turns, float]]] = {}
    for mixture in _mixtures(folder, quick):
        turns = turns_in(analyse(mixture.sound), voice_encoder.voice_encoder())
        found.setdefault(mixture.kind, []).append((turns, _right(turns, mixture.truth)))
    rows = []
    for kind, results in sorted(found.items()):
        sure = [right for turns, right in results if turns.confidence >= SURE]
        heard = f"{100 * float(np.mean(sure)):.1f} %" if sure else "-"
        means = f"{float(np.mean([turns.confidence for turns, _ in results])):.2f}"
        rows.append([kind, str(len(results)), str(len(sure)), heard, means])
    say(table(["kind", "recordings", f"two people ({SURE:.0%} sure)", "of their time right", "mean confidence"], rows))


def _mixtures(folder: Path, quick: bool) -> Iterator[Mixture]:
    draw = random.Random("turns")
    for language, code in _LANGUAGES.items():
        voices = [voice for voice in VOICES if code in voice.languages]
        said = {voice.name: _spoken(voice, at, language, folder) for at, voice in enumerate(voices)}
        for voice in voices[: _QUICK if quick else None]:
            yield _mixed(f"{language} alone", [(0, sound) for sound in said[voice.name]], draw)
        pairs = list(itertools.combinations(voices, 2))
        draw.shuffle(pairs)
        counts: dict[str, int] = {}
        for one, two in pairs:
            kind = f"{language} {_kind(one, two)}"
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= (_QUICK if quick else _PAIRS):
                turns = zip(said[one.name], said[two.name], strict=True)
                yield _mixed(kind, [turn for pair in turns for turn in enumerate(pair)], draw)


def _kind(one: Voice, two: Voice) -> str:
    if {name for name, _ in one.style} & {name for name, _ in two.style} or (one.by == two.by == "hibari"):
        return "blends of one table"
    return "/".join(sorted({"any": "child"}.get(voice.sex, voice.sex) for voice in (one, two)))


def _spoken(voice: Voice, at: int, language: str, folder: Path) -> list[NDArray[np.float32]]:
    """Two sentences at 16 kHz."""
    lines = Path(__file__).with_name("unseen_voices.txt").read_text(encoding="utf-8").splitlines()
    texts = [line.partition(": ")[2] for line in lines if line.startswith(f"{language}: ")]
    found = []
    for turn in range(2):
        path = folder / f"{language} {voice.name} {turn}.wav"
        if not path.exists():
            write_sound(speak_lines([LineToSpeak(texts[(2 * at + turn) % len(texts)], voice)])[0].sound, str(path))
        found.append(resample(read_sound(str(path)), RATE, mono=True).samples[:, 0])
    return found


def _mixed(kind: str, turns: Sequence[tuple[int, NDArray[np.float32]]], draw: random.Random) -> Mixture:
    parts: list[NDArray[np.float32]] = []
    truth, at = [], 0
    for voice, sound in turns:
        pause = round(draw.uniform(0.2, 0.6) * RATE)
        truth.append((voice, Span((at + pause) / RATE, (at + pause + len(sound)) / RATE)))
        parts += [np.zeros(pause, np.float32), sound]
        at += pause + len(sound)
    return Mixture(kind, Waveform(np.concatenate(parts)[:, None], RATE), tuple(truth))


def _right(found: Turns, truth: Sequence[tuple[int, Span]]) -> float:
    """The part of what is said that is given to who says it, whichever voice is called the first."""
    spoken = sum(span.seconds for _, span in truth)
    same = sum(turn.span.overlap(span) for voice, span in truth for turn in found.turns if turn.voice == voice)
    return max(same, spoken - same) / spoken
