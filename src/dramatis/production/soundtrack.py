"""The sound of a film: voices, music under them, and what is heard in the shots. Mouths follow the voices alone (`stock.py`)."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.media.sounds.sound_levels import fitted, under_speech
from dramatis.production.assets import Assets
from dramatis.production.crew import Sounds
from dramatis.production.phases.boundaries import view_of
from dramatis.production.stock import SOUND_RATE, Stock
from dramatis.story import Shot, Storyline
from dramatis.take import Take

_CEILING = 0.98


@dataclass(frozen=True, eq=False)
class Soundtrack:
    """The parts of a film's sound, each as long as the film: 48 kHz stereo, not louder together than can be written."""

    voices: Waveform
    music: Waveform | None = None
    effects: Waveform | None = None

    @property
    def stems(self) -> dict[str, Waveform]:
        """The parts by name; their sum is the film's sound."""
        parts = {"voices": self.voices, "music": self.music, "effects": self.effects}
        return {name: part for name, part in parts.items() if part is not None}

    @cached_property
    def mixed(self) -> Waveform:
        """The film's sound."""
        if len(self.stems) == 1:
            return self.voices
        return Waveform(np.sum([part.samples for part in self.stems.values()], axis=0, dtype=np.float32), SOUND_RATE)


def soundtrack(storyline: Storyline, stock: Stock, assets: Assets, sounds: Sounds | None = None) -> Soundtrack:
    """The sound that a storyline asks for; `sounds` as in `Crew`. Raises `VoiceError` for music that cannot be read."""
    music = _music(storyline, stock, assets) if storyline.music else None
    effects = None if sounds is None else _effects(storyline, stock, sounds)
    return _within_range(Soundtrack(stock.sound, music, effects))


def _effects(storyline: Storyline, stock: Stock, sounds: Sounds) -> Waveform | None:
    """What is heard in the shots, in stereo."""
    shots = [(shot.span, unvoiced_take(storyline, stock, shot)) for shot in storyline.shots]
    made = sounds(shots, len(stock.sound.samples) / SOUND_RATE)
    return None if made is None else Waveform(np.broadcast_to(made.samples, stock.sound.samples.shape), SOUND_RATE)


def unvoiced_take(storyline: Storyline, stock: Stock, shot: Shot) -> Take:
    """A shot as one take, without voices."""
    cast = tuple(replace(role, voice=None, phones=()) for role in stock.roles(shot))
    seed, own = storyline.seed, shot.seed
    return Take(storyline.canvas, shot.span, cast, direction=shot.direction, seed=seed, view=view_of(shot), shot_seed=own)


def _music(storyline: Storyline, stock: Stock, assets: Assets) -> Waveform:
    spoken = [
        Span(line.start + phrase.start, line.start + phrase.end)
        for line in storyline.lines
        for phrase in assets.phrases(line.sound, line.part)
    ]
    played = resample(assets.sound(storyline.music), SOUND_RATE, mono=False)
    stereo = Waveform(np.broadcast_to(played.samples, (len(played.samples), 2)), SOUND_RATE)
    return under_speech(fitted(stereo, len(stock.sound.samples) / SOUND_RATE), stock.sound, spoken)


def _within_range(sound: Soundtrack) -> Soundtrack:
    """All parts softer, if their sum would clip."""
    if len(sound.stems) == 1:
        return sound
    peak = float(np.abs(sound.mixed.samples).max(initial=0.0))
    if peak <= 1.0:
        return sound
    scale = np.float32(_CEILING / peak)
    return Soundtrack(**{name: Waveform(part.samples * scale, part.rate) for name, part in sound.stems.items()})
