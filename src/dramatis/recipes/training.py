"""Training runs of the native model: what is trained, on what, and where it is kept. `runs/native.sh` calls them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import WINDOW, silence
from dramatis.conditioning.text import PROGRESS
from dramatis.engines.native.load import Hearing
from dramatis.media.digests import digest_of
from dramatis.media.pictures import write_still
from dramatis.media.sound import Waveform
from dramatis.models import checkpoints, generator
from dramatis.models.codec import Codec, CodecConfig
from dramatis.models.codec import load as load_codec
from dramatis.models.dit import DiTConfig
from dramatis.models.generator import GeneratorConfig, inputs, outputs
from dramatis.models.speech import SpeechConfig, SpeechEncoder
from dramatis.models.text import TextConfig
from dramatis.runtime.environment import cores
from dramatis.speech.mouthshapes import FEATURES, levelled
from dramatis.stage.play.captions import vocabulary
from dramatis.stage.play.casting import write
from dramatis.stage.play.script import EMOTIONS, NATIVE
from dramatis.stage.theatre import Theatre
from dramatis.take import OnEvent
from dramatis.training import codec as codecs
from dramatis.training import finisher, performer, reader, speech, transformer, vocals
from dramatis.training.ahead import Ahead
from dramatis.training.clips import read_clips
from dramatis.training.curves import curve
from dramatis.training.drawing import SECONDS, Plan, draw
from dramatis.training.examples import Diet
from dramatis.training.loop import LOG, Student, run

Module = TypeVar("Module", bound=nn.Module)
CLIPS, CODEC, TRANSFORMER = "clips", "codec.safetensors", "transformer"
"""Where things lie in a training's folder."""
_SIZE, _MEASURED = (256, 144), 64


RECIPES = {
    "cpu": transformer.Recipe(),
    "cuda": transformer.Recipe(warm=500, steps=12_000, diet=Diet(tokens=24_000)),
}
"""How the transformer is trained on a device; that for GPUs has not been run yet."""


def native_config(channels: int) -> GeneratorConfig:
    """The architecture of the native model, for latents of so many channels."""
    text = TextConfig(vocabulary(), dim=128, num_heads=2)
    dit = DiTConfig(
        dim=192,
        ffn_dim=576,
        num_heads=4,
        num_layers=6,
        in_dim=inputs(channels),
        out_dim=outputs(channels),
        text_dim=text.dim,
        patch_size=(1, 1, 1),
        theta=100.0,
        position_scale=(3.0, 9.0, 9.0),
        roles=("video", "keyframe", "reference"),
        null_text=True,
        pooled_dim=192,
        speech_dim=len(FEATURES),
        speech_window=WINDOW,
        speech_tokens=6,
    )
    return GeneratorConfig(dit, text, PROGRESS, performs=(*EMOTIONS, *NATIVE.actions, *NATIVE.cameras))


def train_codec(folder: Path, _minutes: float, on_event: OnEvent) -> None:
    """The codec, in two minutes or so, whatever is given: principal components, statistics and spectrum of their latents."""
    codec = codecs.with_components(Codec(CodecConfig()), codecs.drawn(codecs.CLIPS, on_event))
    scripts = (Theatre(write(NATIVE, number, "validation", SECONDS)) for number in range(_MEASURED))
    clips = (_film(theatre.film(_SIZE, np.arange(9) / 12)[0]) for theatre in scripts)
    checkpoints.save(folder / CODEC, codecs.with_statistics(codec, clips, Plan.channels))


def train_speech(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The speech encoder."""
    _trained(speech.student(), folder / "speech", minutes, on_event)


def train_vocals(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The network that hears the voice in a mix (`conditioning/vocals.py`)."""
    learner = vocals.student()
    try:
        run(learner, folder / "vocals", minutes, on_event)
    finally:
        vocals.ship(learner, folder / "vocals.safetensors")


def _trained(learner: Student[Module], state: Path, minutes: float, on_event: OnEvent) -> None:
    """Train from where the folder `state` stands; however that ends, the average of the weights is written beside it."""
    try:
        run(learner, state, minutes, on_event)
    finally:
        checkpoints.save(state.with_suffix(".safetensors"), learner.average)


def draw_clips(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """Clips of the native repertoire through the frozen encoder, on all cores."""
    draw(folder / CLIPS, Plan(NATIVE, folder / CODEC), minutes, cores(), on_event, Heard(folder / "speech.safetensors"))


def train_transformer(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The transformer, on the clips that are there; it goes on from where the folder stands, and exports its average."""
    clips = read_clips(folder / CLIPS)
    config = native_config(next(iter(clips.values()))[0].latents.shape[0])
    encoders = Encoders(tokens=config.text.tokens, hear=_unheard, silence=silence())
    device = "cuda" if torch.cuda.is_available() else "cpu"
    recipe, workers = RECIPES[device], cores() - 1 if device == "cuda" else 0
    batch = Ahead(transformer.batches(clips, encoders, load_codec(folder / CODEC), recipe), workers)
    pupil = transformer.student(config, batch, clips, recipe, device)
    try:
        _trained(pupil, folder / TRANSFORMER, minutes, on_event)
    finally:
        write_still(curve(folder / TRANSFORMER / LOG), str(folder / f"{TRANSFORMER}.png"))


def train_finisher(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The finisher, on what the transformer, as it is now, makes of new scenes: those are filmed first, in some minutes of their
    own.
    """
    weights = folder / f"{TRANSFORMER}.safetensors"
    maker = generator.load(weights)
    kept = folder / "answers" / digest_of(weights.read_bytes())
    encoders = Encoders(tokens=maker.config.text.tokens, hear=_unheard, silence=silence())
    recipe = finisher.Recipe()
    by = finisher.Filming(maker, load_codec(folder / CODEC), encoders)
    _trained(finisher.student(finisher.answers(kept, by, recipe, on_event), recipe), folder / "finisher", minutes, on_event)


def train_performer(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The performer, on the clips that are there."""
    clips = read_clips(folder / CLIPS)
    text = native_config(1).text
    encoders = Encoders(tokens=text.tokens, hear=_unheard, silence=silence())
    learner = performer.student(len(text.vocabulary), PROGRESS, clips, encoders, performer.Recipe())
    _trained(learner, folder / "performer", minutes, on_event)


def train_reader(folder: Path, minutes: float, on_event: OnEvent) -> None:
    """The reader of stage films, the judge of `dramatis evaluate native`."""
    reader.train(folder / "reader", minutes, on_event, target=folder / "reader.safetensors")


RUNS: dict[str, Callable[[Path, float, OnEvent], None]] = {
    "codec": train_codec,
    "speech": train_speech,
    "clips": draw_clips,
    "performer": train_performer,
    "transformer": train_transformer,
    "finisher": train_finisher,
    "reader": train_reader,
    "vocals": train_vocals,
}
"""What can be trained (or, for training, drawn), in the order in which one needs the other."""


@dataclass(frozen=True)
class Heard:
    """Hears voices as the engine will, with the speech encoder of a file; it is loaded where it is needed."""

    path: Path

    def __call__(self, voice: Waveform) -> NDArray[np.float32]:
        """`N F` at 50 Hz."""
        return _hearing(self.path)(Waveform(levelled(voice.mono)[:, None], voice.rate))


@cache
def _hearing(path: Path) -> Hearing:
    return Hearing(checkpoints.load(path, SpeechConfig, SpeechEncoder))


def _unheard(_voice: Waveform) -> NDArray[np.float32]:
    raise ValueError("clips keep the features of their voices")


def _film(frames: NDArray[np.uint8]) -> Tensor:
    """`1 T 3 H W` in -1..1."""
    return torch.from_numpy(frames).permute(0, 3, 1, 2)[None].float() / 127.5 - 1
