"""The reader looks where heads are, and answers for pictures of any size."""

import torch

from dramatis.evaluation.native.reader import CUT, FACE_POINTS, TRACK, Reader, ReaderConfig, cut, track

CONFIG = ReaderConfig(
    picture=(("set", ("park", "beach")),),
    face=(("hair", ("short", "long", "bun")), ("emotion", ("calm", "anger"))),
    actions=("none", "wave"),
    cameras=("static", "pan left"),
    widths=(8, 8),
)


def test_a_cut_is_a_square_around_the_head() -> None:
    frames = torch.zeros(2, 3, 100, 200)
    frames[0, :, 40:50, 60:70] = 1  # a head of 10 pixels, its middle at (65, 45)
    frames[1, :, 0:20, 0:20] = 1
    heads = torch.tensor([[65 / 200, 45 / 100, 0.1], [10 / 200, 10 / 100, 0.2]])
    for picture in cut(frames, heads)[:, 0]:
        white = (picture > 0.5).nonzero()
        assert picture.shape == (CUT, CUT)
        assert white.min(0).values.tolist()[0] <= CUT // 5
        near = CUT / 1.5  # the head's height in the cut
        middle = picture[CUT // 2 - int(near / 2) + 2 : CUT // 2 + int(near / 2) - 2, CUT // 2 - 5 : CUT // 2 + 5]
        assert float(middle.mean()) > 0.95
    assert abs(float((cut(frames, heads)[0, 0] > 0.5).float().mean()) - 1 / 1.5**2) < 0.03


def test_it_answers_for_frames_of_any_size() -> None:
    torch.manual_seed(0)
    reader = Reader(CONFIG).eval()
    for size in ((144, 144), (144, 256)):
        seen = reader(torch.rand(5, 3, *size) * 2 - 1)
        assert seen.places.shape == (5, 9)
        assert seen.points.shape == (5, len(FACE_POINTS), 2)
        assert {name: logits.shape[1] for name, logits in seen.words.items()} == {"set": 2, "hair": 3, "emotion": 2}
        acted, filmed = reader.motion(track(seen)[None])
        assert track(seen).shape == (TRACK, 5)
        assert acted.shape == (1, 2, 5)
        assert filmed.shape == (1, 2)
