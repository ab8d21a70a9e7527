"""How a film is made: engine, director, workers, caches; everything but the request and the film."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from dramatis.clock import Span
from dramatis.director.claims import Direct
from dramatis.media.face import Box
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.media.videos.video import FINAL, Encoding
from dramatis.production.phases.phase import Phase
from dramatis.provenance.installation import SigningFiles
from dramatis.provenance.label import LabelKind
from dramatis.runtime.render_lanes import RenderLane
from dramatis.speech.recognition.recognisers import NONE, Recognisers
from dramatis.story import Canvas
from dramatis.take import Limits, Take

Sounds = Callable[[Sequence[tuple[Span, Take]], float], Waveform | None]
"""Shots with their spans, without voices, and the film's seconds -> what is heard in them, as long as the film."""
Mouths = Callable[[Sequence[tuple[Span, Take]]], list[tuple[Span, Box]]]
"""Shots with their spans, without voices -> where mouths are, in pixels, and when, of people whom the engine draws."""
Translate = Callable[[Sequence[str], str], list[str]]
"""Texts and a language -> the texts in it; raises `BriefError`."""
_FINER = 8  # x264's quality for opacities


@dataclass(frozen=True)
class Marking:
    """How films are marked: the folder of this installation's keys, what signs in their place, and a visible label if one is
    asked for.
    """

    folder: Path
    signing: SigningFiles | None = None
    label: LabelKind | None = None


@dataclass(frozen=True)
class Crew:
    """`phases` film one after the other; the clips of the last one are the film. On each of the `lanes` a
    worker renders, (): only this process; `vault` is the folder where clips are kept between films, None: beside the film until
    it is finished; `cache` is the cache of faces, mattes and analysed voices for processes and films; `font` is the file of the
    captions' font, None: one from a package; `sounds` makes what is heard in the shots besides the voices, None: nothing;
    `mouths` tells captions where not to be, None: only over the mouths of pictures; `marking` None: films carry no mark and no
    signature; `recognise` hears words and people in recordings.
    """

    phases: tuple[Phase, ...]
    direct: Direct
    lanes: tuple[RenderLane, ...] = ()
    encoding: Encoding = FINAL
    vault: Path | None = None
    cache: ValueCache = NOWHERE
    font: Path | None = None
    sounds: Sounds | None = None
    mouths: Mouths | None = None
    marking: Marking | None = None
    recognise: Recognisers = NONE

    @cached_property
    def limits(self) -> Limits:
        """What a film is planned for; builds the engines."""
        limits = {engine: engine().limits for engine in dict.fromkeys(phase.engine for phase in self.phases)}
        return planned_for([limits[phase.engine] for phase in self.phases])


def encoding_for(canvas: Canvas, encoding: Encoding) -> Encoding:
    """How the film's clips are encoded: finer where they hold an opacity, which is not for the eye but for another program."""
    return replace(encoding, crf=min(encoding.crf, _FINER)) if canvas.alpha else encoding


def planned_for(limits: Sequence[Limits]) -> Limits:
    """What a film of several phases is planned for: the first engine acts, and the last one says how large and fast films are."""
    first, last = limits[0], limits[-1]
    return replace(
        first,
        size_step=last.size_step,
        most_pixels=last.most_pixels,
        short_side=last.short_side,
        fps=last.fps,
        only_fps=last.only_fps,
    )
