"""From a take to what the transformer is given: words, pictures, voices and who is where, through the encoders."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import torch
from torch import Tensor

from dramatis.conditioning.plain_take import areas, prompt_of, voice_in
from dramatis.conditioning.published.given_frames import given_frames
from dramatis.conditioning.published.speaker_masks import speaker_masks
from dramatis.conditioning.published.voice_windows import voice_windows
from dramatis.engines.chaining import ClipWindow
from dramatis.engines.facts import speaks
from dramatis.engines.tensor_frames import to_frame
from dramatis.engines.wan.limits import FACTS
from dramatis.engines.wan.residency import WORDS, Residency
from dramatis.engines.wan.velocity import ClipConditions
from dramatis.errors import EngineError
from dramatis.media.sounds.sound_levels import loudness
from dramatis.media.still import Picture
from dramatis.models.published.autoencoder import VideoCodec
from dramatis.models.published.clip import PictureEncoder
from dramatis.models.published.identify import TI2V, PublishedWeights
from dramatis.models.published.umt5 import WordEncoder
from dramatis.models.published.wav2vec2 import VoiceEncoder25
from dramatis.take import Role, Take

CODEC, PICTURES, VOICES = "codec", "pictures", "voices"
_AVOID = "blurred, overexposed, still picture, subtitles, watermark, deformed face, deformed hands, extra fingers, low quality"
_LENGTHS = 2  # of the windows of a take
_LEVEL = -23.0  # LUFS, at which InfiniteTalk hears voices


@dataclass(frozen=True, eq=False)
class TakeConditions:
    """A take's words, `1 512 d`; hidden states of its voices, `voices frames layers d`, and masks `1 voices y x` (None: one
    voice, or none); `first` and `last` are given frames, `3 H W` in -1..1. `seen` encodes them for a window of so many frames.
    """

    text: Tensor
    avoid: Tensor
    seen: Callable[[int, Tensor, Tensor | None], tuple[Tensor | None, Tensor | None]]
    first: Tensor | None = None
    last: Tensor | None = None
    voices: Tensor | None = None
    masks: Tensor | None = None

    def ahead(self, first: Tensor | None, last: Tensor | None) -> "TakeConditions":
        """The same for a window that begins with another frame, and ends with one or not."""
        return replace(self, first=first, last=last)


def of_take(take: Take, weights: PublishedWeights, networks: Residency) -> TakeConditions:
    """Everything that all windows of a take share; raises `EngineError` for pictures that cannot be used."""
    first, last = _given(take, weights)
    words = networks.use(WORDS, WordEncoder)
    seen = lru_cache(_LENGTHS)(partial(_seen, weights, networks))
    found = TakeConditions(words.encode(prompt_of(take)), words.encode(take.direction.avoid or _AVOID), seen, first, last)
    if not FACTS[weights.family].voices:
        return found
    chosen, bound = speakers(take)
    encoder = networks.use(VOICES, VoiceEncoder25)
    sounds = [_heard(take, role) for role in chosen] or [np.zeros_like(_heard(take, Role("")))]
    hidden = torch.stack([encoder.encode(torch.from_numpy(sound)).float().cpu() for sound in sounds])
    return replace(found, voices=hidden, masks=None if bound is None else speaker_masks(bound, _space(networks)))


def of_window(window: ClipWindow, shared: TakeConditions, weights: PublishedWeights) -> ClipConditions:
    """What the transformer is given for one window, without latents that it is led by."""
    found = ClipConditions(shared.text, shared.avoid)
    if shared.voices is not None:
        found = replace(found, audio=voice_windows(shared.voices, window.start, window.count)[None], masks=shared.masks)
    if shared.first is None:
        return found
    picture, beside = shared.seen(window.count, shared.first, shared.last)
    return replace(found, picture=picture, beside=beside, level_zero=weights.family == TI2V)


def _seen(
    weights: PublishedWeights, networks: Residency, count: int, first: Tensor, last: Tensor | None
) -> tuple[Tensor | None, Tensor | None]:
    """CLIP's tokens of given frames, and the channels beside the latents of a window of `count` frames; None: it takes none."""
    arch, picture, beside = weights.architecture, None, None
    if arch.image_dim:
        shown = [first, first if last is None else last] if arch.image_tokens else [first]
        picture = networks.use(PICTURES, PictureEncoder).encode(torch.stack(shown)).flatten(0, 1)[None]
    if arch.in_dim > arch.out_dim:
        beside = given_frames(networks.use(CODEC, VideoCodec).encode, count, first, last)
    return picture, beside


def speakers(take: Take) -> tuple[list[Role], "np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None"]:
    """Whose voices are heard, at most two, and where they are, `voices H W`; None: one voice is everybody's.

    Where one of several people speaks, the largest of the others is bound to a silent voice.
    """
    speaking = [number for number, role in enumerate(take.cast) if speaks(role, take)]
    if len(take.cast) < 2 or not speaking:
        return [take.cast[number] for number in speaking], None
    where = areas(take)
    others = sorted(set(range(len(take.cast))) - set(speaking), key=lambda number: -int(where[number].sum()))
    chosen = (speaking + others)[:2]
    return [take.cast[number] for number in chosen], where[chosen]


def _heard(take: Take, role: Role) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """A voice in a take, as loud as the model knows voices; the level is that of the whole track."""
    sound = voice_in(take, role)
    level = loudness(role.voice) if role.voice is not None and sound.any() else -np.inf
    return sound * np.float32(10 ** ((_LEVEL - level) / 20)) if np.isfinite(level) else sound


def _given(take: Take, weights: PublishedWeights) -> tuple[Tensor | None, Tensor | None]:
    """Given frames at both ends: what is given at the beginning, else the picture of the first who has one."""
    facts = FACTS[weights.family]
    at = {take.canvas.rate.nearest(anchor.at) - take.first: anchor.picture for anchor in take.anchors}
    looks: list[Picture] = [role.look.picture for role in take.cast if role.look is not None]
    first = at.get(0, looks[0] if looks else None)
    if facts.picture == "needed" and first is None:
        raise EngineError(f"{weights.family.title}: these weights film from a picture; give one with --portrait.")
    last = at.get(take.frames - 1) if take.frames > 1 else None
    if facts.picture == "none":
        return None, None
    return _framed(first, take), _framed(last, take)


def _framed(picture: Picture | None, take: Take) -> Tensor | None:
    if picture is None:
        return None
    size, canvas = (picture.width, picture.height), (take.canvas.width, take.canvas.height)
    if size != canvas:
        raise EngineError(
            f"A picture of {size[0]}x{size[1]} pixels was given to a take of {canvas[0]}x{canvas[1]}: give one of its size."
        )
    return to_frame(picture.pixels)


def _space(networks: Residency) -> int:
    return networks.use(CODEC, VideoCodec).space
