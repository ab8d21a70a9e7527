"""The facts of a take against an engine's limits: what every engine checks before it renders."""

from dramatis.errors import EngineError
from dramatis.take import Limits, Role, Take

_SAME_RATE = 1e-3
_ANCHORS = {
    "none": "takes no given frames",
    "first": "takes a given first frame alone",
    "ends": "takes given first and last frames alone",
    "any": "takes given frames inside a take",
}


def check_facts(take: Take, limits: Limits) -> None:
    """Raises `EngineError` in one sentence if the take asks for more than the limits allow."""
    for fault in (_size(take, limits), _ground(take, limits), _frames(take, limits), _cast(take, limits), _given(take, limits)):
        if fault:
            raise EngineError(f'The engine "{limits.name}" {fault}.')


def _size(take: Take, limits: Limits) -> str:
    canvas = take.canvas
    if limits.only_fps and abs(canvas.rate.fps - limits.fps) > _SAME_RATE:
        return f"films {limits.fps:g} frames a second, not {canvas.rate.fps:g}"
    if canvas.width % limits.size_step or canvas.height % limits.size_step:
        return f"films widths and heights that are multiples of {limits.size_step}, not {canvas.width}x{canvas.height}"
    if canvas.width * canvas.height > limits.most_pixels:
        return f"films at most {limits.most_pixels} pixels, {canvas.width}x{canvas.height} are more"
    return ""


def _ground(take: Take, limits: Limits) -> str:
    return "films people with their background" if take.canvas.alpha and not limits.alpha else ""


def _frames(take: Take, limits: Limits) -> str:
    if (take.frames - 1) % limits.frame_step:
        return f"films takes of k x {limits.frame_step} + 1 frames, not of {take.frames}"
    if take.frames > limits.most_frames:
        return f"films at most {limits.most_frames} frames at once, not {take.frames}"
    return ""


def _cast(take: Take, limits: Limits) -> str:
    if len(take.cast) > limits.most_cast:
        return f"films at most {limits.most_cast} characters at once, not {len(take.cast)}"
    speaking = [role.name for role in take.cast if speaks(role, take)]
    if limits.most_speakers is not None and len(speaking) > limits.most_speakers:
        return f"hears at most {limits.most_speakers} voices at once, not those of {' and '.join(speaking)}"
    for role in take.cast:
        if limits.needs_face and (role.look is None or role.look.face is None):
            return f'needs a picture with a face of "{role.name}"'
    return ""


def speaks(role: Role, take: Take) -> bool:
    """Whether anything is heard of a role between the ends of a take."""
    if role.voice is None:
        return False
    start, end = (round(float(at) * role.voice.rate) for at in (take.times[0], take.times[-1]))
    return bool(role.voice.samples[max(0, start) : end + 1].any())


def _given(take: Take, limits: Limits) -> str:
    outside = [anchor.at for anchor in take.anchors if not limits.allow(anchor, take)]
    if outside:
        start, end = (float(take.times[place]) for place in (0, -1))
        return f"{_ANCHORS[limits.anchors]}: one at {outside[0]:.2f} s was given to a take from {start:.2f} to {end:.2f} s"
    if take.prior is not None and not limits.takes_prior:
        return "takes no prior"
    return ""
