"""The cascade: one phase after the other, each films what it makes of the footage of those before it.

A phase's takes are rendered side by side, through the vault. Footage that a later phase reads is lossless; the clips of the last
phase are the film's own, and are handed on as they are finished. A film of one phase is the same with nothing before it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from dramatis.clock import Rate
from dramatis.errors import BriefError
from dramatis.media.pictures.captioned_frames import Captions
from dramatis.media.videos.video import INNER, Encoding
from dramatis.production.assets import Assets
from dramatis.production.parts import FrameRange, part_of
from dramatis.production.phases.phase import Earlier, Phase, TakesByPassage, frame_count
from dramatis.production.report import Recorder
from dramatis.production.stock import Stock, framed, load_stock
from dramatis.runtime.dispatch import RenderedClip
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.vault import Vault
from dramatis.story import Storyline
from dramatis.take import Limits, Take


@dataclass(frozen=True)
class Unit:
    """A phase that is ready for one film: the film's storyline and stock on the phase's canvas, and its engine's limits."""

    phase: Phase
    storyline: Storyline
    stock: Stock
    limits: Limits

    def takes(self, earlier: Earlier) -> TakesByPassage:
        """What the phase films, now that earlier phases have filmed so much."""
        return self.phase.takes(self.storyline, self.stock, self.limits, earlier)


@dataclass(frozen=True)
class ClipOutput:
    """Where clips lie, how those of the film are encoded and captioned, and what of it is filmed (None: all of it); `spare` is
    used where `vault` takes no more.
    """

    vault: Vault
    spare: Vault
    encoding: Encoding
    captions: Captions | None = None
    part: FrameRange | None = None

    def work(self, takes: Iterable[Take]) -> Work:
        """Takes that are to be rendered for a later phase."""
        return Work(list(takes), self.vault, INNER, spare=self.spare)


def units(phases: Sequence[Phase], storyline: Storyline, assets: Assets, pool: Pool) -> tuple[Unit, ...]:
    """The phases made ready for a film: its files are read once, its pictures framed for each canvas. Raises `DramatisError`."""
    limits = [pool.engine_of(phase.engine).limits for phase in phases]
    on_canvas = [
        replace(storyline, canvas=phase.format.canvas(storyline.canvas, its)) for phase, its in zip(phases, limits, strict=True)
    ]
    for plan in sorted(on_canvas, key=lambda plan: -plan.canvas.rate.fps):  # the fastest first: the others divide it
        _check_rate(plan.canvas.rate, storyline.canvas.rate)
    film = load_stock(on_canvas[-1], assets, limits[-1])
    stocks = [framed(film, plan, assets, its) for plan, its in zip(on_canvas[:-1], limits[:-1], strict=True)]
    return tuple(Unit(*parts) for parts in zip(phases, on_canvas, (*stocks, film), limits, strict=True))


def _check_rate(rate: Rate, film: Rate) -> None:
    """Every frame of a phase has to be a frame of the film."""
    try:
        film.per_frame_of(rate)
    except ValueError:
        raise BriefError(
            f"The film has {film.fps:g} frames a second and is filmed in phases, one of them at {rate.fps:g}: "
            f"give a multiple of that, such as --size @{2 * rate.fps:g}."
        ) from None


def filmed(
    crew: Sequence[Unit], output: ClipOutput, pool: Pool, recorder: Recorder, watch: Callable[[RenderedClip], None]
) -> Iterator[RenderedClip]:
    """The film's clips in order; raises what `render_all` raises. What is finished stays in the vault.

    `watch` is called with each clip of the first of several phases, in order and as they come.
    """
    *inner, last = crew
    earlier: dict[str, tuple[tuple[RenderedClip, ...], ...]] = {}
    for unit in inner:
        planned = unit.takes(earlier)
        clips = []
        for clip in _rendered(unit, output.work(chain.from_iterable(planned)), pool, recorder):
            clips.append(clip)
            if unit is crew[0]:
                watch(clip)
        inside = iter(clips)
        earlier[unit.phase.name] = tuple(tuple(islice(inside, len(takes))) for takes in planned)
    part = output.part or part_of(last.storyline, None)
    shown = [take for take in chain.from_iterable(last.takes(earlier)) if part.holds(take)]  # others: nothing new
    work = replace(output.work(shown), encoding=output.encoding, end=frame_count(last.storyline), captions=output.captions)
    yield from _rendered(last, work, pool, recorder)


def _rendered(unit: Unit, work: Work, pool: Pool, recorder: Recorder) -> Iterator[RenderedClip]:
    pool.turn_to(unit.phase.engine)
    with recorder.phase(unit.phase.name, unit.limits, unit.storyline.canvas) as noted:
        for clip in render_all(pool, work, recorder.rendering):
            noted.append(clip)
            yield clip
