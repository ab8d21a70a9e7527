"""Training of the reader: frames of the stage, degraded as generators and codecs spoil them, and what is true about them.

A step sees scripts by its own number, each in three steps, degraded anew. What is done over time is learned from the truth's
tracks with the reader's own kind of faults.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from dramatis.evaluation.native.reader import FACE_POINTS, HANDS, SHIPPED, UNIT, Reader, ReaderConfig, ReaderOutput, track
from dramatis.models import checkpoints
from dramatis.models.pose_sequence import POINTS
from dramatis.stage.play.script import ACTIONS, EMOTIONS, NATIVE, Person, Repertoire, Script
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre
from dramatis.stage.truth import Truth
from dramatis.take import OnEvent
from dramatis.training.loop import Figures, Progress, Trainer, run, warmed

SECONDS, FPS, FRAMES = 2.75, 12, 33
SIZE = (144, 144)
_SCRIPTS, _NEW, _EACH, _CLIPS, _KEPT = 18, 6, 4, 8, 300
_FACE = [POINTS.index(name) for name in FACE_POINTS]
_HANDS = [POINTS.index(name) for name in HANDS]
_PERSON = ("species", "hair", "hair_colour", "skin", "beard", "glasses")

Labels = dict[str, Tensor]


@dataclass(frozen=True, eq=False)
class Frames:
    """Frames `N 3 H W` in -1..1 and their truth: `places` as `Seen.places` (hands seen: 0 or 1), `points` in pixels' fractions
    `N 8 2`, `opening` `N`, words by number.
    """

    pictures: Tensor
    places: Tensor
    points: Tensor
    opening: Tensor
    words: Labels


def config_of(repertoire: Repertoire = NATIVE) -> ReaderConfig:
    """A reader of a repertoire's words."""
    return ReaderConfig(
        picture=(("set", repertoire.sets), ("clothes", repertoire.clothes), ("colour", repertoire.colours)),
        face=(
            ("species", repertoire.species),
            ("hair", repertoire.hairs),
            ("hair_colour", repertoire.hair_colours),
            ("skin", repertoire.skins),
            ("beard", repertoire.beards),
            ("glasses", repertoire.glasses),
            ("emotion", EMOTIONS),
        ),
        actions=("none", *repertoire.actions),
        cameras=repertoire.cameras,
    )


def labels(config: ReaderConfig, script: Script) -> dict[str, str]:
    """What is true of a script's looks: a word for each aspect but the emotion, which changes."""
    person: Person = script.parts[0].person
    looks = {name: getattr(person, name) for name in (*_PERSON, "clothes", "colour")}
    known = {name for name, _ in (*config.picture, *config.face)}
    return {name: word for name, word in ({"set": script.place.set} | looks).items() if name in known}


def drawn(config: ReaderConfig, first: int, random: np.random.Generator) -> Frames:
    """Some frames of `_SCRIPTS` scripts from a number on, degraded."""
    parts = [_filmed(config, first + k) for k in range(_SCRIPTS)]
    words = {name: torch.cat([part.words[name] for _, part in parts]) for name in parts[0][1].words}
    pictures = np.stack([degrade(picture, random) for film, _ in parts for picture in film])
    return Frames(
        torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1,
        torch.cat([part.places for _, part in parts]),
        torch.cat([part.points for _, part in parts]),
        torch.cat([part.opening for _, part in parts]),
        words,
    )


@lru_cache(maxsize=2 * _SCRIPTS)
def _filmed(config: ReaderConfig, number: int) -> tuple[NDArray[np.uint8], Frames]:
    """Frames of a script, as drawn, and their truth (with no pictures)."""
    script = write(NATIVE, number, "train", SECONDS)
    times = np.sort(np.random.default_rng([29, number]).uniform(0, SECONDS, _EACH))
    film, truth = Theatre(script).film(SIZE, times)
    vocabulary = dict((*config.picture, *config.face))
    words = {name: torch.full((_EACH,), vocabulary[name].index(word)) for name, word in labels(config, script).items()}
    words["emotion"] = torch.from_numpy(truth.emotion[:, 0].astype(np.int64))
    points = torch.from_numpy(truth.points[:, 0, _FACE] / np.array(SIZE, np.float32))
    return film, Frames(torch.empty(0), places_of(truth, SIZE), points, torch.from_numpy(truth.opening[:, 0]), words)


def places_of(truth: Truth, size: tuple[int, int]) -> Tensor:
    """Head and hands of the first character, `T PLACES`."""
    left, top, right, bottom = truth.heads[:, 0].T
    width, height = size
    columns = [(left + right) / 2 / width, (top + bottom) / 2 / height, (bottom - top) / height]
    for hand in _HANDS:
        x, y = truth.points[:, 0, hand, 0] / width, truth.points[:, 0, hand, 1] / height
        columns += [x, y, ((x > 0) & (x < 1) & (y > 0) & (y < 1)).astype(np.float32)]
    return torch.from_numpy(np.stack(columns, 1).astype(np.float32))


def degrade(picture: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """A frame as it comes out of a codec or a generator: blurred, noisy, off in colour, with ringing at edges."""
    value = picture
    if random.random() < 0.4:
        share = random.uniform(0.35, 0.9)
        small = cv2.resize(value, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        value = np.asarray(cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_CUBIC), np.uint8)
    if random.random() < 0.5:
        value = np.asarray(cv2.GaussianBlur(value, (0, 0), random.uniform(0.3, 1.1)), np.uint8)
    if random.random() < 0.3:
        packed = cv2.imencode(".jpg", value, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(15, 90))])[1]
        value = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    shifted = (value.astype(np.float32) - 128) * random.uniform(0.92, 1.08) + 128 + random.normal(0, 4, 3)
    shifted += random.uniform(0, 5) * random.standard_normal(value.shape, np.float32)
    return np.clip(shifted, 0, 255).astype(np.uint8)


def sight(model: Reader, frames: Frames, random: np.random.Generator) -> tuple[Tensor, Figures]:
    """The loss of the two networks that see frames; the cut is never quite where the head is."""
    heads = (
        frames.places[:, :3]
        + torch.from_numpy(random.normal(0, 0.04, (len(frames.places), 3)).astype(np.float32)) * (frames.places[:, 2:3])
    )
    with torch.autocast("cpu", torch.bfloat16):
        seen = model(frames.pictures, heads)
    tall = frames.pictures.shape[2] / frames.pictures.shape[3]
    scale = torch.stack((heads[:, 2] * tall, heads[:, 2]), 1)[:, None]
    points = (frames.points - heads[:, None, :2]) / scale
    losses = {name: functional.cross_entropy(seen.words[name], numbers) for name, numbers in frames.words.items()}
    head = near(seen.places[:, :3], frames.places[:, :3])
    hands = torch.zeros(())
    for first in (3, 6):
        shown = frames.places[:, first + 2]
        hands = hands + functional.binary_cross_entropy_with_logits(seen.places[:, first + 2], shown)
        apart = (seen.places[:, first : first + 2] - frames.places[:, first : first + 2]).abs().sum(1)
        hands = hands + (apart * shown).mean() / UNIT
    face = near(seen.points, points)
    opening = near(seen.opening, frames.opening)
    loss = torch.stack(list(losses.values())).sum() + 2 * head + 0.3 * hands + 2 * face + 10 * opening
    right = [float((seen.words[name].argmax(1) == numbers).float().mean()) for name, numbers in frames.words.items()]
    return loss, {"opening": float(opening.detach()), "mean": sum(right) / len(right), "worst": min(right)}


@lru_cache(maxsize=_KEPT)
def _tracked(number: int) -> tuple[ReaderOutput, Tensor, int]:
    """A clip's truth as the reader would see it, the action of each frame (0: none) and the camera's number."""
    config = config_of()
    script = write(NATIVE, number, "train", SECONDS)
    _, truth = Theatre(script).film((32, 32), np.arange(FRAMES) / FPS)
    places = places_of(truth, (32, 32))
    actions = torch.tensor([0 if action < 0 else config.actions.index(ACTIONS[action]) for action in truth.action[:, 0]])
    points = torch.from_numpy(truth.points[:, 0, _FACE] / 32)
    shaped = (points - places[:, None, :2]) / places[:, None, 2:3]
    return ReaderOutput(places, shaped, places[:, 0], {}), actions, config.cameras.index(script.camera.move)


def near(seen: Tensor, true: Tensor) -> Tensor:
    """Distance in units of the networks' answers; small ones count squared."""
    return functional.smooth_l1_loss(seen / UNIT, true / UNIT, beta=0.1)


def over_time(model: Reader, random: np.random.Generator) -> tuple[Tensor, Figures]:
    """The loss of the network that sees tracks, on clips with faults: shaky, and shifted as a whole."""
    tracks, actions, cameras = [], [], []
    for number in random.integers(0, _KEPT, _CLIPS):
        seen, doing, camera = _tracked(int(number))
        places, points = _shaken(seen.places, random, 0.006), _shaken(seen.points.flatten(1), random, 0.03)
        for hand in (5, 8):
            known = (seen.places[:, hand] > 0.5).float()
            missed = torch.from_numpy((random.random(len(known)) < 0.04).astype(np.float32))
            places[:, hand] = 2 * (known * (1 - missed)) - 1
        tracks.append(track(ReaderOutput(places, points.view(-1, len(FACE_POINTS), 2), seen.opening, {})))
        actions.append(doing)
        cameras.append(camera)
    acted, filmed = model.motion(torch.stack(tracks))
    truth, moves = torch.stack(actions), torch.tensor(cameras)
    loss = functional.cross_entropy(acted, truth) + functional.cross_entropy(filmed, moves)
    right = {
        "action": float((acted.argmax(1) == truth).float().mean()),
        "camera": float((filmed.argmax(1) == moves).float().mean()),
    }
    return loss, right


def _shaken(values: Tensor, random: np.random.Generator, much: float) -> Tensor:
    shake = random.normal(0, much, values.shape) + random.normal(0, 2 * much, (1, values.shape[1]))
    return values + torch.from_numpy(shake.astype(np.float32))


def objective(model: nn.Module, number: int) -> tuple[Tensor, Figures]:
    """The loss of a step."""
    assert isinstance(model, Reader)
    random = np.random.default_rng([23, number])
    seen, figures = sight(model, drawn(model.config, number * _NEW, random), random)
    done, more = over_time(model, random)
    return seen + done, figures | more


def build_trainer(steps: int) -> Trainer[Reader]:
    """A new reader, the same each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, average = Reader(config_of()), Reader(config_of())
    rate: Callable[[int], float] = warmed(2e-3, 30, steps)
    trainer: Trainer[Reader] = Trainer(model, average, objective, rate)
    trainer.decay = 0.99
    return trainer


def train(folder: Path, minutes: float, on_event: OnEvent, steps: int = 4000, target: Path = SHIPPED) -> Progress:
    """Train for some minutes more, and write the reader whatever stops it."""
    trainer = build_trainer(steps)
    try:
        return run(trainer, folder, minutes, on_event, steps)
    finally:
        checkpoints.save(target, trainer.average)
