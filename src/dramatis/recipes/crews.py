"""Crews for making films."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from dramatis.clock import Rate, Span
from dramatis.director import direct
from dramatis.director.claims import Direct
from dramatis.engines import build
from dramatis.errors import BriefError, EngineError
from dramatis.media.face import Box
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import ValueCache
from dramatis.production.crew import Crew, Marking, Mouths, Sounds, Translate
from dramatis.production.phases import blueprint, clips, finish, joins, keyframes, sub_clips
from dramatis.production.phases.boundaries import FrameGrid
from dramatis.production.phases.choice import choose
from dramatis.production.phases.phase import Format, Phase
from dramatis.production.phases.single import single
from dramatis.provenance.installation import SigningFiles
from dramatis.provenance.label import label_of
from dramatis.runtime.environment import Environment, cores, folder_of
from dramatis.runtime.render_lanes import RenderLane, copies, local, read_lanes
from dramatis.speech.recognition.recognisers import NONE, Recognisers, recognisers
from dramatis.speech.recognition.transcript import Recogniser
from dramatis.take import Engine, Take

_SHORT_SIDE, _GRID = 144, FrameGrid(clips=Rate(12), blueprint=Rate(3), step=4, most=33, seconds=7 / 3)
"""What the native model films best: pixels, frames a second, and a clip that it sees at once."""
_SUB_CLIP = 5.0  # seconds: what published networks see at once


def cascade(cache: ValueCache) -> tuple[Phase, ...]:
    """The phases of a native film: all of it small and slow, large keyframes of that, clips between them, their joins, the
    film's size and rate.
    """
    stills, native, large = (partial(build, name, cache) for name in ("stills", "native", "finish"))
    slow, small, single_frames = (
        Format(_SHORT_SIDE, _GRID.blueprint),
        Format(_SHORT_SIDE, _GRID.clips),
        Format(rate=_GRID.clips),
    )
    chosen = partial(keyframes.keyframes, _GRID, choose=partial(choose, _GRID))
    return (
        Phase(blueprint.NAME, stills, partial(blueprint.blueprint, _GRID), slow, share=1.2),
        Phase(keyframes.NAME, large, chosen, single_frames, share=0.4),
        Phase(clips.NAME, native, partial(clips.clips, _GRID), small, share=1.8),
        Phase(joins.NAME, native, partial(joins.joins, _GRID), small, share=1.0),
        Phase(finish.NAME, large, partial(finish.finish, _GRID), share=4.0),
    )


def in_one_phase(engine: str, cache: ValueCache) -> tuple[Phase, ...]:
    """The one phase of an engine that films at the film's size and rate at once."""
    return single(partial(build, engine, cache))


def drawn(cache: ValueCache, recogniser: Recogniser | None) -> tuple[Phase, ...]:
    """The one phase of films that are drawn from words; `recogniser` hears the words of recordings."""
    from dramatis.engines.drawn import DrawnEngine

    return single(partial(DrawnEngine, cache, recogniser))


def at_servers(servers: Sequence[tuple[str, str]]) -> tuple[Phase, ...]:
    """The phases of films that servers make; each is an address and a key.

    One, if they film from the beginning of a shot on; two, if they take both ends, and they or others can draft. Raises
    `EngineError` if they cannot be used together.
    """
    from dramatis.engines.remote import RemoteEngine, Server, divided
    from dramatis.engines.remote.exchange import Timeouts

    film, draft = divided([Server(*server) for server in servers])
    engine = partial(RemoteEngine, film.servers, Timeouts(), film.model)
    if draft is None:
        return single(engine)
    return by_sub_clips(engine, partial(RemoteEngine, draft.servers, Timeouts(), draft.model))


def with_weights(places: Sequence[Path], gigabytes: float | None) -> tuple[Phase, ...]:
    """The phases of films of published weights, in these folders and files, for a card with so much memory.

    One, if they film from the beginning of a shot on; two, if they take both ends, and they or others can draft.
    """
    from dramatis.engines.wan import can_draft, divided, wan_engine

    film, draft = divided(places)
    engine, fewer = partial(wan_engine, film, gigabytes), bool(places) and can_draft(draft or film)
    if not fewer and not draft:
        return single(engine)
    return by_sub_clips(engine, partial(wan_engine, draft or film, gigabytes, drafts=fewer))


def by_sub_clips(film: Callable[[], Engine], draft: Callable[[], Engine], seconds: float = _SUB_CLIP) -> tuple[Phase, ...]:
    """The phases of an engine whose limits say what it can be given; `draft` is the same in less time, `seconds` how long
    a clip should be. Raises `EngineError`."""
    limits = film().limits
    if not sub_clips.can_meet(limits):
        return single(film)
    rate = Rate.of(limits.fps)
    most = min(limits.most_frames, round(seconds * limits.fps) + 1)
    grid = FrameGrid(clips=rate, blueprint=rate, step=limits.frame_step, most=most, seconds=seconds)
    return (
        Phase(blueprint.NAME, draft, partial(sub_clips.drafts, grid, limits.needs_last), share=1.0),
        Phase(clips.NAME, film, partial(sub_clips.sub_clips, grid), share=4.0),
    )


CREWS: dict[str, Callable[[ValueCache, Environment], tuple[Phase, ...]]] = {
    "drawn": lambda cache, settings: drawn(cache, _recognisers(settings, 1, quick=True).words),
    "fake": lambda cache, _: in_one_phase("fake", cache),
    "native": lambda cache, _: cascade(cache),
    "portrait": lambda cache, _: in_one_phase("portrait", cache),
    "remote": lambda _, settings: at_servers(settings.servers),
    "wan": lambda _, settings: with_weights(settings.wan, settings.memory),
}
"""The phases of a film, by the name that users give to what films it."""


def crew_for(engine: str, settings: Environment) -> Crew:
    """The crew that films with an engine; raises `EngineError` for an unknown name, `BriefError` for a label that is none."""
    if engine not in CREWS:
        raise EngineError(f'There is no engine "{engine}": {", ".join(sorted(CREWS))} can be used.')
    cache = ValueCache(folder_of(settings.vault))
    return Crew(
        CREWS[engine](cache, settings),
        director_for(settings),
        local(len(settings.servers)) if engine == "remote" else lanes_for(settings),  # workers of servers only wait
        vault=settings.vault,
        cache=cache,
        font=settings.font,
        sounds=SOUNDS.get(engine),
        mouths=MOUTHS.get(engine),
        marking=_marking(settings),
        recognise=_recognisers(settings, cores()),
    )


def _recognisers(settings: Environment, threads: int, quick: bool = False) -> Recognisers:
    """What recognises words and people here; raises `BriefError` if the environment names what is not there."""
    return recognisers(settings.recogniser, threads, quick) if settings.recognise else NONE


def lanes_for(settings: Environment) -> tuple[RenderLane, ...]:
    """Where takes are rendered; raises `BriefError` for a file that cannot be used, `EngineError` without the cluster."""
    if settings.ray:
        from dramatis.runtime.ray_lanes import ray_lanes

        return ray_lanes(settings.ray)
    if settings.lanes:
        return read_lanes(settings.lanes)
    return copies(cores() if settings.workers is None else settings.workers)


def _marking(settings: Environment) -> Marking | None:
    """How films are marked; None where the environment says "none", or if there is no home folder."""
    folder, label = settings.config and folder_of(settings.config), label_of(settings.label)
    if label is not None and not folder:
        raise BriefError(f"DRAMATIS_LABEL is {label}, but films that are not marked show no label: set DRAMATIS_CONFIG, too.")
    return Marking(folder, settings.signing and SigningFiles(*settings.signing), label) if folder else None


def _drawn_sounds(shots: Sequence[tuple[Span, Take]], seconds: float) -> Waveform | None:
    """What is heard in drawn shots; the stage, which makes it, is loaded with the first film."""
    from dramatis.engines.drawn.sounds import sounds

    return sounds(shots, seconds)


def _drawn_mouths(shots: Sequence[tuple[Span, Take]]) -> list[tuple[Span, Box]]:
    """Where mouths are in drawn shots."""
    from dramatis.engines.drawn.mouth_places import mouth_places

    return mouth_places(shots)


MOUTHS: dict[str, Mouths] = {"drawn": _drawn_mouths}
"""Where the mouths of an engine's people are."""
SOUNDS: dict[str, Sounds] = {"drawn": _drawn_sounds}
"""What is heard in the shots of an engine besides the voices."""


def translator_for(settings: Environment) -> Translate | None:
    """What translates lines: the language model that the environment names; None: there is none."""
    if settings.llm is None:
        return None
    from dramatis.director.model.client import client_for
    from dramatis.director.model.translation import translated_lines

    return partial(translated_lines, client_for(settings.llm.url, settings.llm.model, settings.llm.key))


def director_for(settings: Environment) -> Direct:
    """The director: rules, or the language model that the environment names; raises `BriefError` if it cannot be used."""
    if settings.llm is None:
        return direct
    from dramatis.director.model.client import client_for
    from dramatis.director.model.experts import directing

    client_for(settings.llm.url, settings.llm.model, settings.llm.key)
    return directing(partial(client_for, settings.llm.url, settings.llm.model, settings.llm.key))
