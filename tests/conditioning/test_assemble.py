"""What a take gives the network: given frames, words and voice, each at its own place and time."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from dramatis.clock import Rate, Span
from dramatis.conditioning import anchors, prior
from dramatis.conditioning.assemble import Encoders, assemble
from dramatis.conditioning.grid import by_latents
from dramatis.conditioning.reference import corrupt_reference
from dramatis.conditioning.speech import drop_audio
from dramatis.conditioning.text import PROGRESS, drop_text, progress
from dramatis.conditioning.words import timed
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.models.codec import CodecConfig
from dramatis.models.state import Segment, State, stack, window
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Anchor, Look, Role, Take
from tests.speaking import talk

CANVAS = Canvas(64, 48, Rate(12))
RATE = 16000


class Averages:
    """A codec whose latents are the mean brightness of 16x16 pixels, of a latent frame's last frame."""

    config = CodecConfig(channels=1)

    def encode(self, frames: Tensor) -> Tensor:
        return torch.nn.functional.avg_pool3d(frames[:, ::4].mean(2)[:, None], (1, 16, 16))


def hear(voice: Waveform) -> np.ndarray:
    """Loudness at 50 Hz."""
    return np.abs(voice.mono[: len(voice.mono) // 320 * 320]).reshape(-1, 320).mean(axis=1)[:, None].astype(np.float32)


ENCODERS = Encoders(
    tokenize=lambda words: [1 + len(word) for word in words.split()], speech_features=hear, silence=np.zeros(1, np.float32)
)


def still(grey: int) -> Still:
    return Still(np.full((48, 64, 3), grey, np.uint8))


def level_of(grey: int) -> float:
    return grey / 127.5 - 1


def take(frames: int = 33, first: int = 0, **changes: object) -> Take:
    span = Span(CANVAS.rate.time(first), CANVAS.rate.time(first + frames - 1))
    return Take(CANVAS, span, **changes)  # type: ignore[arg-type]  # by name


def beside(state: State, role: str) -> Segment:
    """The one segment of that role."""
    (found,) = (part for part in state.context if part.role == role)
    return found


def made(asked: Take) -> State:
    return assemble(asked, ENCODERS, Averages())


def test_a_take_of_words_alone_is_free_and_hears_silence() -> None:
    given = made(take(direction=Direction("a woman in a park")))
    assert given.video.latents[0].shape == (1, 9, 3, 4)
    assert given.video.sigma[0].tolist() == [1.0] * 9
    assert np.allclose(given.video.times[0], np.arange(9) / 3)
    assert given.tokens[0].tolist() == [2, 6, 3, 2, 5]
    assert given.text_mask[0].all()
    assert not given.speech[0].any()


def test_leading_frames_are_given_and_later_ones_are_keyframes() -> None:
    first, last = Anchor(still(40), 0.0), Anchor(still(200), CANVAS.rate.time(32))
    given = made(take(anchors=(last, first)))
    assert given.video.sigma[0].tolist() == [0.0] + [1.0] * 8
    assert torch.allclose(given.video.latents[0][:, 0], torch.tensor(level_of(40)))
    assert beside(given, "keyframe").times[0].tolist() == pytest.approx([32 / 12])
    assert torch.allclose(beside(given, "keyframe").latents, torch.tensor(level_of(200)))


def test_frames_to_go_on_from_become_latent_frames() -> None:
    leading = tuple(Anchor(still(10 * number), CANVAS.rate.time(20 + number)) for number in range(6))
    given = made(take(first=20, anchors=leading))
    assert given.video.sigma[0].tolist() == [0.0, 0.0] + [1.0] * 7
    assert given.video.latents[0][0, :2, 0, 0].tolist() == pytest.approx([level_of(0), level_of(40)])
    assert beside(given, "keyframe").times[0].tolist() == pytest.approx(
        [5 / 12]
    )  # what fills no latent frame is given beside the film


def test_looks_are_references_and_a_prior_is_where_it_begins() -> None:
    rough = Footage(Canvas(32, 24, Rate(12)), Span(0, 32 / 12), [np.full((24, 32, 3), 90, np.uint8)] * 33, "prior")
    given = made(take(cast=(Role("Ada", Look(still(70))),), prior=rough))
    assert beside(given, "reference").latents.shape == (1, 1, 1, 3, 4)
    assert torch.allclose(beside(given, "reference").latents, torch.tensor(level_of(70)))
    assert torch.allclose(given.video.latents[0], torch.tensor(level_of(90)), atol=1e-2)
    assert np.allclose(given.video.sigma[0], prior.LEVEL)


def test_a_film_of_one_person_begins_with_the_picture() -> None:
    cast = (Role("Ada", Look(still(70))),)
    begun, later = made(take(cast=cast)), made(take(cast=cast, first=12))
    assert begun.video.sigma[0].tolist() == [0.0] + [1.0] * 8
    assert torch.allclose(begun.video.latents[0][:, 0], torch.tensor(level_of(70)))
    assert later.video.sigma[0].tolist() == [1.0] * 9
    other = made(take(cast=cast, anchors=(Anchor(still(40), 0.0),)))
    assert torch.allclose(other.video.latents[0][:, 0], torch.tensor(level_of(40)))


def test_words_say_when_a_voice_is_heard() -> None:
    voice = talk(4.0, ((1.0, 2.0),))[:, None]
    loud = replace(ENCODERS, speech_features=lambda sound: (hear(sound) > 0.01).astype(np.float32), activity=0)
    state = assemble(take(cast=(Role("Ada", voice=Waveform(voice, RATE)),)), loud, Averages())
    assert state.tokens.tolist() == [ENCODERS.tokenize("speaks")]
    assert [number for number, reads in enumerate(state.text_mask[0, :, 0]) if reads] == [4, 5, 6]
    assert float(state.progress[0, 0, 0, -1]) == pytest.approx(1.0, abs=0.1)  # as long as it is


def test_each_frame_hears_its_own_time_of_the_voice() -> None:
    samples = talk(4.0, ((2.0, 2.4),))[:, None]  # a word at 2 s of the film
    given = made(take(first=12, cast=(Role("Ada", voice=Waveform(samples, RATE)),)))  # the take starts at 1 s
    loud = given.speech[0][..., 0].amax(1)
    hearing = [number for number, value in enumerate(loud) if value > 0.1]
    assert hearing in ([3, 4], [3, 4, 5])  # frame 3 stands for 0.75 .. 1 s of the take; the margin reaches a little beyond


def test_a_cue_is_read_in_its_own_time_only() -> None:
    cue = Cue("action", "wave", Span(2.0, 2.7), who="Ada")
    other = Cue("action", "nod", Span(0.0, 9.0), who="Bob")
    given = made(take(first=12, cast=(Role("Ada"),), direction=Direction("a man", cues=(cue, other))))
    assert len(given.tokens[0]) == 3  # Bob is not in the take
    assert given.text_mask[0][:, :2].all()
    assert [number for number, reads in enumerate(given.text_mask[0][:, 2]) if reads] == [4, 5]


def test_each_frame_knows_how_far_a_cue_has_come() -> None:
    found = progress([None, Span(1 / 3, 7 / 3)], 9, Rate(12))
    assert found.shape == (9, 2, PROGRESS)
    assert not found[:, 0].any()
    begun, left = found[:, 1, 0], found[:, 1, 1]
    assert begun[:2].tolist() == [0, 0]
    assert (begun[3:] == 1).all()
    assert (left[:6] == 1).all()
    assert left[7:] == pytest.approx(0, abs=1e-6)
    assert found[4, 1, 2:4] == pytest.approx([0, -1], abs=1e-6)  # halfway through
    assert (found[:, 1, -1] == 2).all()


def test_intensities_have_words_in_both_languages() -> None:
    assert timed("emotion", "anger", 1.0) == "very angry"
    assert timed("camera", "push in", 1 / 3) == "camera pushes in slowly"
    assert timed("emotion", "sadness", 1 / 3, "zh") == "有点悲伤"


def test_takes_lie_side_by_side() -> None:
    short, long = made(take(direction=Direction("a"))), made(take(direction=Direction("a b c")))
    batch = stack([short, long])
    assert batch.tokens.shape == (2, 3)
    assert batch.text_mask[0].sum(1).tolist() == [1] * 9
    assert batch.video.latents.shape == (2, 1, 9, 3, 4)
    assert batch.video.rows.tolist() == pytest.approx([-1 / 3, 0, 1 / 3])
    assert batch.video.columns.tolist() == pytest.approx([-0.5, -1 / 6, 1 / 6, 0.5])


def test_each_condition_can_be_left_out_alone() -> None:
    whole = made(take(cast=(Role("Ada", Look(still(70))),), direction=Direction("a woman")))
    assert drop_text(whole).tokens.shape == (1, 0)
    assert drop_text(whole).speech_mask.all()
    assert not drop_audio(whole).speech_mask.any()
    assert torch.equal(drop_audio(whole).tokens, whole.tokens)
    dotted = replace(beside(whole, "reference"), latents=torch.arange(12.0).view(1, 1, 1, 3, 4))
    corrupted = corrupt_reference(replace(whole, context=(dotted,))).context[0].latents
    assert float(corrupted.mean()) == pytest.approx(5.5)
    assert float(corrupted.std()) == pytest.approx(0.3 * float(dotted.latents.std()))


def test_frames_stand_in_their_latent_frames() -> None:
    track = np.arange(9, dtype=np.float32)[:, None]
    assert by_latents(track)[..., 0].tolist() == [[0, 0, 0, 0], [1, 2, 3, 4], [5, 6, 7, 8]]


def test_a_window_of_a_long_take_goes_on_from_what_is_done() -> None:
    cues = (Cue("action", "wave", Span(0.0, 0.9)), Cue("action", "nod", Span(3.0, 3.5)))
    last = Anchor(still(200), CANVAS.rate.time(48))
    whole = made(take(49, anchors=(last,), direction=Direction(cues=cues)))
    part = anchors.apply(window(whole, 6, 13), torch.ones(1, 1, 2, 3, 4))
    assert part.video.sigma.tolist() == [[0.0] * 2 + [1.0] * 5]
    assert part.video.times[0, 0] == 0
    assert beside(part, "keyframe").times[0].tolist() == pytest.approx([2.0])
    assert part.tokens.tolist() == [ENCODERS.tokenize("nods")]
    assert part.progress.shape == (1, 7, 1, PROGRESS)
    assert not window(whole, 0, 7).context
