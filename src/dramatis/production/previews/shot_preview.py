"""One shot of a plan, small and fast: what somebody looks at while it is edited."""

from dataclasses import replace
from pathlib import Path

from dramatis.clock import Rate
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.previews.animatic import SMALL_AND_FAST, small
from dramatis.production.previews.stand_ins import stand_ins
from dramatis.production.produce import Extent, Film, produce, quiet
from dramatis.runtime.pool import Pool
from dramatis.story import Storyline
from dramatis.take import OnEvent

_FULL, _FEWER = Rate(25), Rate(12)
_SHORT = 4.5  # seconds; longer shots are filmed with fewer frames a second


def preview(
    storyline: Storyline, shot: int, output: Path, crew: Crew, on_event: OnEvent = quiet, pool: Pool | None = None
) -> Film:
    """Film a shot (by its place, from 0 on) with a short side of 360 pixels; raises what `produce` raises.

    A crew that films the storyline's own engine shows its pictures; one that draws shows drawn stand-ins of them.
    """
    shown = storyline if crew.limits.name == storyline.engine else stand_ins(storyline, Assets(crew.cache), crew.limits)
    long = not 0 <= shot < len(storyline.shots) or storyline.shots[shot].span.seconds > _SHORT
    rate = storyline.canvas.rate if storyline.canvas.rate.fps <= _FULL.fps else _FULL
    canvas = small(storyline.canvas, _FEWER if long and rate.fps > _FEWER.fps else rate)
    plan = replace(shown, canvas=canvas, captions="none", music="")
    return produce(plan, output, replace(crew, encoding=SMALL_AND_FAST), on_event, pool, Extent(shot))
