"""Figures of a plan's shots: what an editor would count, on the storyline alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, TextReport, Verdict, VisualReport
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.writing.writer import written
from dramatis.evaluation.director.dialogues import COUNT, SECONDS, dialogue
from dramatis.story import FRAMINGS, Character, Shot
from dramatis.take import Limits

_EDGE = 1e-3  # s
_LISTENS = 0.2  # of what is said in a shot: who says less listens


@dataclass(frozen=True)
class ShotFigures:
    """Faults (how many) and shares (0 to 1) of one film; lengths in seconds.

    `same`: shots with the framing and the people of the one before; `reversed`: shots in which people changed sides; `inside`:
    cuts inside a word; `visible`: of the spoken time, that in which who speaks is framed; `reactions`: of the film, shots of
    listeners.
    """

    same: int
    reversed: int
    inside: int
    visible: float
    reactions: float
    lengths: tuple[float, ...]


def shot_figures(shots: Sequence[Shot], audio: AudioReport) -> ShotFigures:
    """The figures of a film with these voices."""
    cuts = [two.span.start for one, two in pairwise(shots) if not _alike(one, two)]
    words = [word.span for track in audio.tracks for word in track.words]
    spoken = [(track.who, phrase) for track in audio.tracks for phrase in track.phrases]
    seen = sum(phrase.overlap(shot.span) for who, phrase in spoken for shot in shots if who in _framed(shot))
    said = sum(phrase.seconds for _, phrase in spoken)
    return ShotFigures(
        sum(_jumps(one, two) for one, two in pairwise(shots)),
        sum(_reverses(one, two) for one, two in pairwise(shots)),
        sum(any(word.start + _EDGE < cut < word.end - _EDGE for word in words) for cut in cuts),
        seen / said if said else 1.0,
        sum(shot.span.seconds for shot in shots if _reacts(shot, spoken)) / shots[-1].span.end,
        tuple(shot.span.seconds for shot in shots),
    )


def dialogue_figures() -> list[ShotFigures]:
    """Ten dialogues of a minute, directed by rules for a camera that films every framing."""
    found = []
    for number in range(COUNT):
        audio = dialogue(number)
        cast = tuple(Character(track.who) for track in audio.tracks)
        material = Material("", cast, SECONDS, (), (), Limits("any", "1", framings=FRAMINGS), number)
        verdict = Verdict(audio, VisualReport(), TextReport(), deliberate(material, audio, VisualReport(), TextReport()))
        found.append(shot_figures(written(material, verdict), audio))
    return found


def figures_table(films: Sequence[ShotFigures]) -> str:
    """One row a figure: all films together, and the worst of them."""
    lengths = [length for film in films for length in film.lengths]
    rows = [
        ("same framing twice", f"{sum(film.same for film in films)}", ""),
        ("people change sides", f"{sum(film.reversed for film in films)}", ""),
        ("cuts inside a word", f"{sum(film.inside for film in films)}", ""),
        ("speaker visible", _share([film.visible for film in films]), f"least {min(film.visible for film in films):.0%}"),
        ("reaction shots", _share([film.reactions for film in films]), _range([film.reactions for film in films])),
        ("median shot", f"{median(lengths):.1f} s", f"{_medians(films)} s"),
        ("shortest shot", f"{min(lengths):.1f} s", f"{len(lengths)} shots"),
    ]
    return (
        "\n".join([f"shots of {len(films)} dialogues", *(f"  {name:<20}{value:>8}   {more}" for name, value, more in rows)])
        + "\n"
    )


def _share(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.0%}"


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.0%} to {max(values):.0%}"


def _medians(films: Sequence[ShotFigures]) -> str:
    medians = [median(film.lengths) for film in films]
    return f"{min(medians):.1f} to {max(medians):.1f}"


def _framed(shot: Shot) -> tuple[str, ...]:
    return shot.focus or shot.cast


def _alike(one: Shot, two: Shot) -> bool:
    return (one.picture, one.framing, _framed(one)) == (two.picture, two.framing, _framed(two))


def _jumps(one: Shot, two: Shot) -> bool:
    """Whether a cut is to the same framing of the same people."""
    return _alike(one, two)


def _reverses(one: Shot, two: Shot) -> bool:
    """Whether two people stand the other way round than before."""
    both = [name for name in one.cast if name in two.cast]
    return both != [name for name in two.cast if name in one.cast] or list(_framed(two)) != [
        n for n in two.cast if n in _framed(two)
    ]


def _reacts(shot: Shot, spoken: Sequence[tuple[str, Span]]) -> bool:
    total = sum(phrase.overlap(shot.span) for _, phrase in spoken)
    own = sum(phrase.overlap(shot.span) for who, phrase in spoken if who in _framed(shot))
    return total >= 0.5 * shot.span.seconds and own < _LISTENS * total
