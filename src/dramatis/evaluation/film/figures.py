"""Measured figures and their goals, as a table and as JSON."""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FaceMeasures:
    """One face. None: the film gives no occasion to measure it (no silence, no voice that is known to be its own ...).

    Seconds, or shares of the face's largest opening; `head` is the range of yaw, pitch and roll in degrees;
    `expression` is the range of the brows' height over the distance of the eyes' outer corners.
    """

    name: str
    seen: float
    largest: float
    rest: float | None
    lag: float | None
    correlation: float | None
    correlation_in_speech: float | None
    closures: float | None
    closures_heard: int
    silence_motion: float | None
    listener_motion: float | None
    sharpness: float | None
    blinks: float | None
    brows_in_blinks: float | None
    head: tuple[float, float, float]
    expression: float


@dataclass(frozen=True)
class Measures:
    """A film. `background` is the worst PSNR in dB outside of the people, of the encoded film made small.

    `lost` is how thick the thickest spot is that the film paints over on the first frame of a shot, as a share of its height.
    """

    film: str
    width: int
    height: int
    fps: float
    seconds: float
    faces: tuple[FaceMeasures, ...]
    background: float | None
    lost: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A goal: its name in `FaceMeasures`, a description, and its condition."""

    field: str
    what: str
    goal: str
    shown: Callable[[float], str]
    met: Callable[[float], bool] | None = None
    least_seconds: float = 0.0
    """In shorter films the figure is shown but not judged."""

    def cell(self, value: float | None, seconds: float) -> str:
        """The figure of a film of so many seconds, with a tick or a cross; a dash for None."""
        if value is None:
            return "-"
        if self.met is None or seconds < self.least_seconds:
            return self.shown(value)
        return f"{self.shown(value)} {'✓' if self.met(value) else '✗'}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


GOALS = (
    Goal("lag", "lag of the mouth behind the voice", "within ±40 ms", lambda v: f"{1000 * v:+.0f} ms", lambda v: abs(v) <= 0.04),
    Goal("correlation", "correlation of opening and loudness", "≥ 0.60", lambda v: f"{v:.2f}", lambda v: v >= 0.6),
    Goal("correlation_in_speech", "the same, within speech only", "", lambda v: f"{v:.2f}"),
    Goal("closures", "/p b m/ that close the lips (English)", "≥ 85 %", _percent, lambda v: v >= 0.85),
    Goal("closures_heard", "/p b m/ that were heard", "", lambda v: f"{v:.0f}"),
    Goal("silence_motion", "mouth motion in silence", "≤ 5 %", _percent, lambda v: v <= 0.05),
    Goal("listener_motion", "mouth motion while listening", "≤ 5 %", _percent, lambda v: v <= 0.05),
    Goal("sharpness", "sharpness against the picture", "≥ 0.95", lambda v: f"{v:.3f}", lambda v: v >= 0.95),
    Goal("blinks", "blinks a minute", "12 to 20", lambda v: f"{v:.1f}", lambda v: 12 <= v <= 20, 30.0),
    Goal("brows_in_blinks", "brows' contrast in blinks, of that at rest", "≥ 0.80", lambda v: f"{v:.2f}", lambda v: v >= 0.8),
    Goal("rest", "opening in silence, of the largest", "", _percent),
    Goal("largest", "largest opening, of the eyes' distance", "", _percent),
    Goal("expression", "range of the brows, of the eyes' distance", "", _percent),
    Goal("seen", "frames on which the face was found", "", _percent),
)
"""The goals of docs/log.md; figures without a description are shown for information."""

FILM_GOALS = (
    Goal("background", "background, worst PSNR (encoded, made small)", "≥ 40 dB", lambda v: f"{v:.1f} dB", lambda v: v >= 40),
    Goal("lost", "thickest spot of the picture painted over, of the height", "≤ 2.5 %", _percent, lambda v: v <= 0.025),
)
"""The same of a whole film: names in `Measures`."""


def as_table(measures: Measures) -> str:
    """The figures as a Markdown table, one column a face; a cross marks a goal that was missed."""
    names = [face.name for face in measures.faces]
    rows = [["what", "goal", *names], ["---"] * (2 + len(names))]
    for goal in GOALS:
        values = [getattr(face, goal.field) for face in measures.faces]
        if any(value is not None for value in values):
            rows.append([goal.what, goal.goal, *(goal.cell(value, measures.seconds) for value in values)])
    if measures.faces:
        heads = [" ".join(f"{angle:.1f}°" for angle in face.head) for face in measures.faces]
        rows.append(["range of the head: yaw, pitch, roll", "", *heads])
    for goal in FILM_GOALS:
        value = getattr(measures, goal.field)
        if value is not None:
            rows.append([goal.what, goal.goal, goal.cell(value, measures.seconds), *([""] * (len(names) - 1))])
    head = f"{measures.film}: {measures.width}x{measures.height}, {measures.fps:g} fps, {measures.seconds:.1f} s"
    lines = [head, "", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join([*lines, *(f"\n{note}" for note in measures.notes)]) + "\n"


def to_json(measures: Measures) -> str:
    """The figures as a JSON document."""
    return json.dumps(dataclasses.asdict(measures), indent=2, ensure_ascii=False) + "\n"
