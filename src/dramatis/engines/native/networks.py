"""The networks of the native engine, as one value that its engines share."""

from dataclasses import dataclass

from dramatis.conditioning.assemble import Encoders
from dramatis.models.codec import Codec
from dramatis.models.motion_model import MotionModel
from dramatis.models.refiner import Refiner
from dramatis.models.video_model import VideoModel


@dataclass(frozen=True, eq=False)
class Networks:
    """The networks and what they know: `flattest` is the least flatness of a picture of somebody that they can film,
    `otherwise` is what to do with other pictures.
    """

    motion_model: MotionModel
    video_model: VideoModel
    codec: Codec
    refiner: Refiner
    encoders: Encoders
    flattest: float
    otherwise: str = ""
