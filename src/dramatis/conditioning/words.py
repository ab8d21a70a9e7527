"""The caption language: short clauses, each with the stretch of time in which it holds, in English and Chinese.

What lasts (who, where, in which style) is a clause without a span; what comes and goes (an emotion, an action, a camera move) is
one with a span, which only the frames inside it read. The stage's captions and the director's cues are put into the same
words here, so that a model that was trained on the one obeys the other, at the right instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dramatis.clock import Span
from dramatis.story import Cue, Direction

Language = Literal["en", "zh"]
Kind = Literal["emotion", "action", "camera"]


@dataclass(frozen=True)
class CaptionClause:
    """Words that hold in `span`, seconds on the film's clock; None: from the first frame to the last."""

    words: str
    span: Span | None = None


_DEGREES: dict[Kind, tuple[tuple[str, str], ...]] = {
    "emotion": (("slightly", "有点"), ("", ""), ("very", "非常")),
    "action": (("slightly", "轻轻"), ("", ""), ("strongly", "用力")),
    "camera": (("slowly", "缓慢"), ("", ""), ("quickly", "快速")),
}
"""Words for an intensity of a third, two thirds and one."""

WORDS: dict[Kind, dict[str, tuple[str, str]]] = {
    "emotion": {
        "calm": ("calm", "平静"),
        "excitement": ("excited", "兴奋"),
        "confusion": ("confused", "困惑"),
        "sadness": ("sad", "悲伤"),
        "surprise": ("surprised", "惊讶"),
        "anger": ("angry", "生气"),
    },
    "action": {
        "wave": ("waves", "挥手"),
        "nod": ("nods", "点头"),
        "shake head": ("shakes head", "摇头"),
        "turn left": ("turns left", "向左转"),
        "turn right": ("turns right", "向右转"),
        "raise both hands": ("raises both hands", "举起双手"),
        "fold arms": ("folds arms", "抱臂"),
        "point": ("points", "指"),
        "shrug": ("shrugs", "耸肩"),
        "clap": ("claps", "鼓掌"),
        "bow": ("bows", "鞠躬"),
        "take off glasses": ("takes off glasses", "摘下眼镜"),
        "drink": ("drinks", "喝水"),
        "hand over": ("hands over", "递"),
        "walk in": ("walks in", "走进来"),
        "sit down": ("sits down", "坐下"),
        "stand up": ("stands up", "站起来"),
        "dance": ("dances", "跳舞"),
        "look left": ("turns left", "向左转"),
        "look right": ("turns right", "向右转"),
        "look up": ("looks up", "抬头"),
        "look down": ("looks down", "低头"),
        "lean in": ("leans in", "前倾"),
        "smile": ("smiles", "微笑"),
        "brow raise": ("raises brows", "扬眉"),
        "blink": ("blinks", "眨眼"),
        "sigh": ("sighs", "叹气"),
    },
    "camera": {
        "static": ("static camera", "固定镜头"),
        "push in": ("camera pushes in", "镜头推近"),
        "pull out": ("camera pulls out", "镜头拉远"),
        "pan left": ("camera pans left", "镜头左摇"),
        "pan right": ("camera pans right", "镜头右摇"),
        "tilt up": ("camera tilts up", "镜头上摇"),
        "tilt down": ("camera tilts down", "镜头下摇"),
        "orbit": ("camera orbits", "镜头环绕"),
        "handheld": ("handheld camera", "手持镜头"),
        "follow": ("camera follows", "镜头跟随"),
    },
}
"""What a timed clause says, in English and Chinese, by kind and by the words of `story.direction` and `stage.play.script`."""


SPEAKS = "speaks"
"""What is said of the time in which a voice is heard."""


def timed(kind: Kind, what: str, intensity: float = 2 / 3, language: Language = "en") -> str:
    """The words of a timed clause: "very angry", "waves", "camera pushes in slowly"."""
    english, chinese = WORDS[kind][what]
    degree = _DEGREES[kind][min(2, max(0, round(3 * intensity) - 1))]
    if language == "zh":
        return degree[1] + chinese
    parts = [english, degree[0]] if kind == "camera" else [degree[0], english]
    return " ".join(part for part in parts if part)


def moved(clause: CaptionClause, seconds: float) -> CaptionClause:
    """The clause so much later."""
    return (
        clause
        if clause.span is None
        else CaptionClause(clause.words, Span(clause.span.start + seconds, clause.span.end + seconds))
    )


def clause_of(cue: Cue, language: Language = "en") -> CaptionClause:
    """A director's cue as a clause."""
    return CaptionClause(timed(cue.kind, cue.what, cue.intensity, language), cue.span)


def clauses_of(direction: Direction, who: Iterable[str] = (), cannot: Iterable[str] = ()) -> tuple[CaptionClause, ...]:
    """The direction of a take as clauses: its words first (each line a clause), then its cues.

    Cues of characters that are not in `who` are left out, as are those that `cannot` be performed.
    """
    names, left_out = {None, *who}, set(cannot)
    lasting = [CaptionClause(line.strip()) for line in direction.words.splitlines() if line.strip()]
    cues = [cue for cue in direction.cues if cue.who in names and cue.what not in left_out]
    return (*lasting, *(clause_of(cue) for cue in cues))
