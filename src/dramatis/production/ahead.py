"""What workers do while a film is planned: they listen to the voice that it will most likely have.

A worker that has heard it keeps what it heard (`runtime/values.py`), so no take waits for it. If the plan turns out otherwise,
the voice is heard again: nothing depends on this but time.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import numpy as np

from dramatis.clock import Rate, Span
from dramatis.errors import DramatisError
from dramatis.production.crew import Crew
from dramatis.production.plan import VOICE_RATE
from dramatis.production.storyboard import TAIL
from dramatis.runtime.values import Values
from dramatis.story import Brief

_FIRST = 1.0  # seconds of the film whose mouths are made


def listening(request: object, crew: Crew) -> Callable[[], None] | None:
    """What to do ahead for a request: hear its only recorded voice; None if there is not just one."""
    if not isinstance(request, Brief):
        return None
    recorded = [who.voice for who in request.cast if who.voice]
    return partial(_hear, recorded[0], request.fps, crew.values) if len(recorded) == 1 else None


def _hear(path: str, fps: float | None, values: Values) -> None:
    from dramatis.conditioning.score import score
    from dramatis.media.sound import Waveform
    from dramatis.media.sounds import read_sound, resample

    with suppress(DramatisError):  # whoever plans the film says what is wrong with it
        sound = read_sound(path)
        rate = Rate.of(fps or 25.0)
        seconds = rate.time(max(1, rate.nearest(sound.seconds + TAIL)))
        samples = resample(sound, VOICE_RATE, mono=True).samples[: round(seconds * VOICE_RATE)]
        track = np.zeros((round(seconds * VOICE_RATE), 1), np.float32)
        track[: len(samples)] = samples
        score(Waveform(track, VOICE_RATE), Span(0.0, _FIRST), values)
