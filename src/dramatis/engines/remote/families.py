"""What published families of video models can do, as far as a server lets them: a table of facts.

Sources: the models' own documentation and code, and how vLLM-Omni 0.30, SGLang 0.5.23 and LightX2V (August 2026) serve them.
"""

import re
from dataclasses import dataclass, replace

from dramatis.engines.remote.protocol import Served
from dramatis.errors import EngineError
from dramatis.take import Limits, Places

_CHAIN = 60  # seconds of a take that is filmed window after window


@dataclass(frozen=True)
class Family:
    """`models`: a pattern of model names, in small letters with hyphens. The network films `window` frames at once; a take has at
    most a minute if windows can follow one another: the server `chained` them, or each begins with the last frame of the one
    before. `speakers`: most voices in a take; 0: it hears none. `picture`: it needs one. `buckets`: it films in a size of its own
    choice, which is scaled. `last`: where the server passes one on, it takes a given last frame, too.
    """

    name: str
    models: str
    fps: float
    window: int
    speakers: int = 0
    chained: bool = False
    picture: bool = True
    anchors: Places = "first"
    last: bool = False
    buckets: bool = False
    size_step: int = 16
    licence: str = "Apache-2.0"

    @property
    def most_frames(self) -> int:
        """Of one take: `4 k + 1`."""
        return round(_CHAIN * self.fps) // 4 * 4 + 1 if self.chained or self.anchors != "none" else self.window


FAMILIES = (
    Family("InfiniteTalk", r"infinite-?talk|multi-?talk|skyreels-v3-a2v|flash-?talk", 25, 81, speakers=2, chained=True),
    Family("LongCat-Video-Avatar", r"longcat.*avatar", 25, 93, speakers=2, chained=True, buckets=True, licence="MIT"),
    Family("Wan2.2-S2V", r"wan-?2-2-s2v|wan.*-s2v", 16, 81, speakers=1, chained=True, anchors="none"),
    Family("Wan2.1-FLF2V", r"wan.*flf2v", 16, 81, last=True),
    Family("Wan2.2-TI2V", r"wan.*ti2v", 24, 121, size_step=32),
    Family("Wan-I2V", r"wan.*i2v", 16, 81, last=True),
    Family("Wan-T2V", r"wan.*t2v|fastwan", 16, 81, picture=False, anchors="none"),
)


def family_of(model: str, where: str) -> Family:
    """The family of a model by its name or path; raises `EngineError` for one that is not in the table."""
    plain = re.sub(r"[\s_./]+", "-", model.lower())
    for family in FAMILIES:
        if re.search(family.models, plain):
            return family
    known = ", ".join(family.name for family in FAMILIES)
    raise EngineError(f'The server at {where} has the model "{model}", which is not known here: use one of {known}.')


def served_by(kind: str, model: str, version: str, family: Family) -> Served:
    """A server of that kind with a model of this family."""
    return Served(
        kind,
        model,
        version,
        _limits(family),
        "cropped" if family.buckets else "asked",
        family.picture,
        family.window,
        family.chained,
    )


def between_ends(served: Served) -> Served:
    """The same server where it was started to film from one given frame to another: it then films nothing else."""
    limits = replace(served.limits, anchors="ends", needs_last=True, most_frames=served.window)
    return replace(served, limits=limits)


def _limits(family: Family) -> Limits:
    return Limits(
        name="remote",
        version="",
        frame_step=4,
        size_step=family.size_step,
        most_frames=family.most_frames,
        most_pixels=1280 * 720,
        anchors=family.anchors,
        most_speakers=family.speakers,
        needs_face=family.speakers > 1,
        short_side=480,
        aspect=16 / 9,
        unheard=(family.window - 1) / family.fps,
        fps=family.fps,
        only_fps=True,
        seamless=False,
        generative=True,
    )
