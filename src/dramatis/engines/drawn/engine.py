"""The engine: its limits, and `render`. The stage, which draws with skia, is imported with the first take: planning a film
needs neither.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from dramatis.clock import Span
from dramatis.engines.deferred import needing
from dramatis.engines.facts import check_facts
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.recognition.transcript import Recogniser
from dramatis.speech.vocals import WEIGHTS
from dramatis.stage.play.script import WHOLE
from dramatis.story import FRAMINGS
from dramatis.take import Limits, Role, Take

_VERSION = digest_of(code_digest(__name__), WEIGHTS.read_bytes())
_LIMITS = Limits(
    "drawn",
    _VERSION,
    most_frames=100_000,
    most_cast=4,
    draws=replace(WHOLE.attributes, framings=FRAMINGS),
    hears_phones=True,
    framings=FRAMINGS,
    alpha=True,
    aspect=16 / 9,
    unheard=6.0,
    even_areas=True,
)
_AT_ONCE = 32  # frames whose poses are made together, counted from the film's first


class DrawnEngine:
    """Draws characters from words; every frame is a function of the shot and of its instant."""

    def __init__(self, cache: ValueCache = NOWHERE, recogniser: Recogniser | None = None) -> None:
        """`recogniser` hears the words of recordings, for their mouths; None: mouths follow the sound alone."""
        self._cache, self._recogniser = cache, recogniser

    @property
    def limits(self) -> Limits:
        """What it can do."""
        heard = self._recogniser and self._recogniser.version
        return replace(_LIMITS, version=digest_of(_VERSION, heard)) if heard else _LIMITS

    def check(self) -> None:
        """Raises `EngineError` if the package that draws is missing."""
        if find_spec("skia") is None:
            raise needing("drawn", ModuleNotFoundError(name="skia"))

    def load(self) -> None:
        """Import the stage, which a worker does while the film is planned; raises `EngineError`."""
        try:
            for module in ("dramatis.engines.drawn.shot_script", "dramatis.stage.theatre"):
                import_module(module)
        except ImportError as fault:
            raise needing("drawn", fault) from None

    def render(self, take: Take) -> Footage:
        """Footage of a take with up to four characters."""
        check_facts(take, _LIMITS)
        return Footage(take.canvas, take.span, self._frames(take))

    def _frames(self, take: Take) -> Iterator[Pixels]:
        self.load()
        from dramatis.engines.drawn.backgrounds import set_aside
        from dramatis.engines.drawn.composition import cameras, floor_of
        from dramatis.engines.drawn.shot_script import script_of
        from dramatis.engines.drawn.spoken_lines import Recognition, mouths
        from dramatis.stage.people.acting import perform
        from dramatis.stage.theatre import Seen, Theatre

        script = script_of(take, self._cache)
        floor, aside = floor_of(take), 0.0 if take.canvas.alpha else set_aside(take, script)
        theatre, size = Theatre(script), (take.canvas.width, take.canvas.height)
        shown = theatre.people if take.canvas.alpha else theatre.frames
        recognition = Recognition(self._cache, self._recogniser)
        spoken, rate = mouths(take.cast, take.span, recognition), take.canvas.rate
        for first in range(take.first // _AT_ONCE * _AT_ONCE, take.first + take.frames, _AT_ONCE):
            numbers = np.arange(first, first + _AT_ONCE)
            times = numbers * (rate.per / rate.frames)
            poses = perform(script, times, spoken)
            lens, air = cameras(take, times, poses)
            kept = np.flatnonzero((numbers >= take.first) & (numbers < take.first + take.frames))
            seen = Seen(
                [[row[k] for k in kept] for row in poses], [lens[k] for k in kept], [air[k] for k in kept], floor, True, aside
            )
            yield from shown(size, times[kept], seen)
        recognition.on(take.cast, take.span)

    def hear(self, voice: Waveform, span: Span) -> None:
        """As `take.Hearing`."""
        from dramatis.engines.drawn.spoken_lines import Recognition, mouths

        mouths((Role("", voice=voice),), span, Recognition(self._cache, self._recogniser))
