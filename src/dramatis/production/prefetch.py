"""Work done ahead while a film is planned: workers analyse the likely voices and build the rig of the likely picture.

Results are cached (`media/value_cache.py`), so neither the plan nor a take waits for them. If the plan turns out
otherwise, they are computed again: only time depends on this.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import numpy as np

from dramatis.clock import Rate, Span
from dramatis.errors import DramatisError
from dramatis.media.value_cache import ValueCache
from dramatis.story import Brief
from dramatis.take import Engine, Hearing, Role, Take

_FIRST = 1.0  # seconds of the film whose mouths are made


def preparations(request: object, cache: ValueCache) -> tuple[Callable[[Engine], None], ...]:
    """Tasks for workers, each with the worker's engine: see the only picture, hear the first recorded voice, analyse others."""
    if not isinstance(request, Brief):
        return ()
    recorded = [who.voice for who in request.cast if who.voice]
    pictures = {who.portrait for who in request.cast if who.portrait}
    seeing = [partial(_see, request, cache)] if len(pictures) == 1 else []
    hearing = [partial(_hear, voice, request.fps, cache) for voice in recorded[:1]]
    return (*seeing, *hearing, *(partial(_analyse, voice, cache) for voice in recorded[1:]))


def _see(brief: Brief, cache: ValueCache, engine: Engine) -> None:
    """Render one frame with all people of the picture, so that the engine caches their rig."""
    from dramatis.production.assets import Assets
    from dramatis.production.pictures.casting import in_sight, with_listeners
    from dramatis.production.pictures.framing import canvas_of
    from dramatis.production.stock import looks_of

    limits = engine.limits
    if not limits.needs_face:
        return
    with suppress(DramatisError):  # planning the film reports the error
        assets = Assets(cache)
        canvas = canvas_of(brief, assets, limits)
        cast = [who for who, _ in in_sight(with_listeners(brief.cast, assets, canvas, limits), assets)]
        looks = looks_of(cast[0].portrait, cast, canvas, assets, limits)
        roles = tuple(Role(who.name, looks[who.name]) for who in cast)
        next(iter(engine.render(Take(canvas, Span(0.0, canvas.rate.time(1)), roles)).frames))


def _hear(path: str, fps: float | None, cache: ValueCache, engine: Engine) -> None:
    from dramatis.media.sound import Waveform
    from dramatis.media.sounds.sound_files import resample
    from dramatis.production.assets import Assets
    from dramatis.production.lines.film_length import TAIL
    from dramatis.production.lines.voice_tracks import RATE
    from dramatis.speech.score import score

    with suppress(DramatisError):
        assets = Assets(cache)
        sound = assets.sound(path)
        assets.analysis(path)
        rate = Rate.of(fps or engine.limits.fps)
        seconds = rate.time(max(1, rate.nearest(sound.seconds + TAIL)))
        samples = resample(sound, RATE, mono=True).samples[: round(seconds * RATE)]
        track = np.zeros((round(seconds * RATE), 1), np.float32)
        track[: len(samples)] = samples
        voice, span = Waveform(track, RATE), Span(0.0, _FIRST)
        if isinstance(engine, Hearing):
            engine.hear(voice, span)
        else:
            score(voice, span, cache)


def _analyse(path: str, cache: ValueCache, _engine: Engine) -> None:
    from dramatis.production.assets import Assets

    with suppress(DramatisError):
        Assets(cache).analysis(path)
