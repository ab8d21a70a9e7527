"""Coverage: a film's shots and their framings, for a camera that can frame people as it likes.

In each scene an establishing shot first; then who speaks, in two-shots and close-ups, with reaction shots of who listens. Cuts
lie in pauses between turns and phrases, else between words. People keep their order from left to right in every shot (the rule
of 180 degrees), and consecutive shots differ in who is framed or how closely. The cheapest sequence of setups (`setups`) over
all places for cuts is found by dynamic programming; what reaction shots save is chosen so that they take about a twelfth of the
film.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.director.writing.setups import Concern, Setup
from dramatis.director.writing.timing import CutPoint
from dramatis.story import FRAMINGS

SHORTEST, LONGEST = 1.0, 12.0
"""Seconds of a shot, unless there is no place to cut."""
FROM = 10.0
"""Seconds of a film from which it has several shots."""
_USUAL, _ALONE, _FIRST, _REACTION = 3.4, 4.4, 2.4, 1.6
"""Usual seconds of a shot: of several people, of one speaker, of the establishing shot, and of a reaction shot."""
_SLACK, _FIRST_SLACK = 2.2, 1.0  # s by which a shot is longer than usual and costs 1, and the first one
_LEAST = 1.3  # s; shorter shots are costly
_MOST_REACTION = 2.5  # s
_BEFORE, _EPSILON = 1.5, 1e-6  # s before a reaction shot, in which the speaker is heard already
_CUT = 1.5  # times the cost of a cut's place
_SAME, _STEP = 6.0, 0.3  # the same setup again, which makes one longer shot; one step of framing
_JUMP = 4.0  # from somebody to the same a little nearer, where others could be shown: the picture seems to jump
_WIDEST, _WIDER = 3.6, 3.0  # the establishing shot's framing again, and one that shows whole people
_REVERSE = 0.15  # from one person to another one, so that a two-shot comes now and then
_MANY = 5.0  # three or more people again, who fill a narrow picture in every framing
_UNESTABLISHED, _NEVER = 20.0, 1000.0
_LISTENS, _HEARD = 0.2, 0.5  # share of the speech that a listener says at most; share of the shot in which others speak
_SHARE, _DISCOUNTS = 0.08, 8  # of the film in reaction shots; how many prices are tried
_DEAREST = 12.0
_LIKES = 0.6  # how much the seed's taste counts

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Fixed:
    """A shot that is kept: its span, and its setup if that is kept as well."""

    span: Span
    setup: Setup | None = None


@dataclass(frozen=True)
class Wanted:
    """What a film's coverage is made of. `speech` are the spoken spans of each name, `whole` are spans without a cut inside,
    `scenes` is when scenes but the first begin.
    """

    seconds: float
    setups: tuple[Setup, ...]
    concerns: tuple[Concern, ...]
    places: tuple[CutPoint, ...]
    speech: dict[str, tuple[Span, ...]]
    whole: tuple[Span, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    scenes: tuple[float, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class Framed:
    """A span of the film in one setup; `reaction`: of people who listen."""

    span: Span
    setup: Setup
    reaction: bool = False


@dataclass(frozen=True, eq=False)
class _Shots:
    """All shots that may end at a place: where they begin (places), what they cost in each setup, and which are reactions."""

    starts: tuple[int, ...]
    costs: Grid
    reactions: NDArray[np.bool_]


def covered(wanted: Wanted) -> tuple[Framed, ...]:
    """The film's shots in order, without gaps."""
    nodes, borders = _nodes(wanted)
    shots = _shots(wanted, nodes, borders)
    change = _changes(wanted.setups)
    low, high, best = 0.0, _DEAREST, _cheapest(shots, change, 0.0, nodes, wanted)
    for _ in range(_DISCOUNTS if len(wanted.speech) > 1 else 0):
        price = (low + high) / 2
        tried = _cheapest(shots, change, price, nodes, wanted)
        low, high = (price, high) if _reacting(tried, wanted) < _SHARE else (low, price)
        best = min(best, tried, key=lambda film: abs(_reacting(film, wanted) - _SHARE))
    return _joined(best, borders)


def _nodes(wanted: Wanted) -> tuple[list[CutPoint], set[float]]:
    """The places for cuts in order, with the film's ends, and those where a cut must be: ends of what is kept, and of scenes."""
    borders = {edge for kept in wanted.fixed for edge in (kept.span.start, kept.span.end)}
    borders |= {at for at in wanted.scenes if not any(kept.span.start < at < kept.span.end for kept in wanted.fixed)}
    whole = [*wanted.whole, *(kept.span for kept in wanted.fixed)]
    free = [
        place
        for place in wanted.places
        if not any(span.start < place.at < span.end for span in whole)
        and all(abs(place.at - border) >= SHORTEST for border in (0.0, wanted.seconds, *borders))
    ]
    inner = [CutPoint(border, 0.0) for border in borders if 0.0 < border < wanted.seconds]
    return [CutPoint(0.0, 0.0), *sorted([*free, *inner]), CutPoint(wanted.seconds, 0.0)], borders


def _shots(wanted: Wanted, nodes: list[CutPoint], borders: set[float]) -> list[_Shots]:
    """The shots that may end at each place but the first."""
    times = np.array([place.at for place in nodes])
    weights = np.array([concern.costs for concern in wanted.concerns]).reshape(-1, len(wanted.setups))
    seconds = np.stack([concern.until(times) for concern in wanted.concerns], axis=1)
    speech = {who: Concern(spans, ()).until(times) for who, spans in wanted.speech.items()}
    dice = np.random.default_rng([wanted.seed, len(nodes)])
    found = []
    for end in range(1, len(nodes)):
        starts = _starts(times, end, borders)
        lengths = times[end] - times[starts]
        costs = (seconds[end] - seconds[starts]) @ weights + dice.uniform(0, _LIKES, len(wanted.setups))
        reactions = _reactions(wanted, speech, starts, end, times)
        costs += _lengths(wanted, times[starts], lengths, reactions)
        costs += _CUT * nodes[end].cost + _styles(wanted.setups)[None]
        for row, start in enumerate(starts):
            if start == 0 or float(times[start]) in wanted.scenes:
                costs[row] += _opening(wanted)
        _keep(wanted, costs, times, starts, end)
        found.append(_Shots(tuple(starts), costs, reactions))
    return found


def _starts(times: Grid, end: int, borders: set[float]) -> list[int]:
    """Where shots that end at a place may begin: not before a border, not too long, or at the place before."""
    starts: list[int] = []
    for start in range(end - 1, -1, -1):
        if starts and times[end] - times[start] > LONGEST:
            break
        starts.append(start)
        if float(times[start]) in borders:
            break
    return starts


def _reactions(wanted: Wanted, speech: dict[str, Grid], starts: list[int], end: int, times: Grid) -> NDArray[np.bool_]:
    """Shots of who listens while somebody goes on speaking, `[shots, setups]`."""
    spoken = {who: said[end] - said[starts] for who, said in speech.items()}
    total = sum(spoken.values(), np.zeros(len(starts)))
    own = np.stack([sum((spoken.get(who, 0.0) for who in setup.focus), np.zeros(len(starts))) for setup in wanted.setups], 1)
    heard = total >= np.maximum(_HEARD * (times[end] - times[starts]), _EPSILON)
    went_on = np.zeros(len(starts), np.bool_)
    for who, said in spoken.items():
        before = np.interp(times[starts] - _BEFORE, times, speech[who])
        went_on |= (said >= (1 - _LISTENS) * total) & (speech[who][starts] - before >= _HEARD * _BEFORE)
    return np.asarray((heard & went_on)[:, None] & (own < _LISTENS * total[:, None]))


def _lengths(wanted: Wanted, starts: Grid, lengths: Grid, reactions: NDArray[np.bool_]) -> Grid:
    """What lengths cost, `[shots, setups]`."""
    later = ~np.isin(starts, (0.0, *wanted.scenes))
    usual = np.where(later, _USUAL if len(wanted.speech) > 1 else _ALONE, _FIRST)
    off = lengths - usual
    slack = np.where(later, _SLACK, _FIRST_SLACK)
    plain = np.where(off < 0, (off / (usual - 0.8)) ** 2, (off / slack) ** 2) + 8 * np.clip(_LEAST - lengths, 0, None)
    plain += np.where(lengths < SHORTEST, 200.0, 0.0)
    short = (lengths - _REACTION) ** 2 + 8 * np.clip(lengths - _MOST_REACTION, 0, None) + np.where(lengths < SHORTEST, 200.0, 0.0)
    return np.asarray(np.where(reactions, short[:, None], plain[:, None]))


def _styles(setups: Sequence[Setup]) -> Grid:
    """What each setup costs in itself: wide pictures after the first one are rare, close-ups are for emphasis."""
    everybody = max(len(setup.focus) for setup in setups)
    widest = max(setup.step for setup in setups if len(setup.focus) == everybody)
    singles = [setup.step for setup in setups if len(setup.focus) == 1]
    groups = sum(len(setup.focus) > 1 for setup in setups)

    def style(setup: Setup) -> float:
        if everybody < 2:
            return 1.0 * (setup.step == min(singles, default=-1))
        if len(setup.focus) > 1 and setup.step in (widest, FRAMINGS.index("full")) and groups > 1:
            return _WIDEST if setup.step == widest else _WIDER
        return 1.0 if len(setup.focus) > 1 else 0.35 * (setup.step == min(singles))

    return np.array([style(setup) for setup in setups])


def _opening(wanted: Wanted) -> Grid:
    """The first shot of a scene establishes who is where."""
    first = wanted.setups[0]
    return np.array([_UNESTABLISHED * (setup != first) - (setup == first) for setup in wanted.setups])


def _keep(wanted: Wanted, costs: Grid, times: Grid, starts: list[int], end: int) -> None:
    """The setup of what is kept costs nothing, and nothing else may stand in its place."""
    for row, start in enumerate(starts):
        span = Span(float(times[start]), float(times[end]))
        for setup in (kept.setup for kept in wanted.fixed if kept.span == span):
            costs[row] = costs[row] if setup is None else [0.0 if one == setup else _NEVER for one in wanted.setups]


def _changes(setups: Sequence[Setup]) -> Grid:
    """What a cut from each setup (row) to each costs."""
    everybody = max(len(setup.focus) for setup in setups)

    def change(one: Setup, two: Setup) -> float:
        if one == two:
            return _SAME
        if one.focus != two.focus:
            return _REVERSE * (len(one.focus) == len(two.focus) == 1)
        wide = max(one.step, two.step) >= FRAMINGS.index("full")
        step = _STEP if everybody == 1 or wide else _JUMP
        return _MANY if len(one.focus) > 2 else step * (abs(one.step - two.step) == 1)

    return np.array([[change(one, two) for two in setups] for one in setups])


def _cheapest(shots: list[_Shots], change: Grid, price: float, nodes: list[CutPoint], wanted: Wanted) -> tuple[Framed, ...]:
    """The cheapest way through all places, if a reaction shot saves `price`."""
    count = len(wanted.setups)
    after = [np.zeros(count)]  # the cheapest way to a place, if the next shot has each setup
    origins: list[NDArray[np.int64]] = [np.zeros(count, np.int64)]
    ways: list[NDArray[np.int64]] = [np.zeros(count, np.int64)]
    ends: list[Grid] = [np.zeros(count)]
    for group in shots:
        starts = np.array(group.starts)
        totals = np.stack([after[start] for start in group.starts]) + group.costs - price * group.reactions
        pick = totals.argmin(axis=0)
        cost = totals[pick, np.arange(count)]
        turned = cost[:, None] + change
        ends.append(cost)
        ways.append(starts[pick])
        after.append(turned.min(axis=0))
        origins.append(turned.argmin(axis=0))
    place, setup = len(nodes) - 1, int(ends[-1].argmin())
    film: list[Framed] = []
    while place:
        start = int(ways[place][setup])
        group = shots[place - 1]
        reaction = bool(group.reactions[group.starts.index(start), setup])
        film.append(Framed(Span(nodes[start].at, nodes[place].at), wanted.setups[setup], reaction))
        setup, place = int(origins[start][setup]), start
    return tuple(reversed(film))


def _reacting(film: Sequence[Framed], wanted: Wanted) -> float:
    return sum(shot.span.seconds for shot in film if shot.reaction) / wanted.seconds


def _joined(film: Sequence[Framed], borders: set[float]) -> tuple[Framed, ...]:
    """Neighbours in the same setup are one shot: there is no cut to be seen."""
    joined: list[Framed] = []
    for shot in film:
        if joined and joined[-1].setup == shot.setup and shot.span.start not in borders:
            joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, shot.span.end))
        else:
            joined.append(shot)
    return tuple(joined)
