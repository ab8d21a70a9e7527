"""Planning: shots, framing, who is who, and cutting into takes."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Rate, Span
from dramatis.director.writing.cutting import SHORTEST_SHOT
from dramatis.errors import BriefError, FaceError
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.production.assets import Assets
from dramatis.production.phases.phase import frame_count
from dramatis.production.phases.single import takes
from dramatis.production.pictures.casting import brief_of, bystanders, faces_of
from dramatis.production.report import unperformed
from dramatis.production.stock import Stock, load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief, Canvas, Character, Claim, Cue, Deliberation, Direction, Line, Shot, Storyline
from dramatis.story.job_files import job_from
from dramatis.take import Limits, Look, Take
from tests.production.directing import director, undirected
from tests.production.facing import face

Make = Callable[..., str]
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
FACELESS = Limits("any", "1")
LOOK = Look(Still(np.zeros((2, 2, 3), np.uint8)))


class Cast(Assets):
    """A assets whose pictures have faces."""

    def __init__(self, *found: Face) -> None:
        super().__init__()
        self.found = found

    def faces(self, path: str) -> tuple[Face, ...]:
        return self.found


# --- cutting into takes ---------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    fps=st.sampled_from([12.5, 24, 25, 29.97, 48, 60]),
    step=st.sampled_from([1, 2, 4, 8]),
    most=st.integers(9, 300),
    lengths=st.lists(st.floats(0.05, 30), min_size=1, max_size=5),
    seed=st.integers(0, 9),
)
def test_takes_follow_the_frame_rule(fps: float, step: int, most: int, lengths: list[float], seed: int) -> None:
    edges = [0.0, *np.cumsum(lengths).tolist()]
    shots = tuple(Shot(Span(a, b), "p.png", ("Ada",), Direction()) for a, b in pairwise(edges))
    storyline = Storyline(Canvas(64, 64, Rate.of(fps)), (Character("Ada", "p.png"),), (), shots)
    loudness = np.random.default_rng(seed).uniform(0, 1, 100).astype(np.float32)
    stock = Stock({("p.png", "Ada"): LOOK}, {}, Waveform(np.zeros((1, 2), np.float32), 48000), loudness)
    made = takes(storyline, stock, Limits("any", "1", frame_step=step, most_frames=most))
    at = 0
    for take in made:
        assert take.first == at
        assert (take.frames - 1) % step == 0
        assert take.frames <= most
        assert take.frames > 1 or len(made) == 1
        at += take.frames - 1
    assert frame_count(storyline) - 1 <= at < frame_count(storyline) - 1 + step


def cut_at(*spoken: tuple[float, float]) -> list[Take]:
    loudness = np.zeros(3000, np.float32)
    for start, end in spoken:
        loudness[round(start * 100) : round(end * 100)] = 0.2
    shot = Shot(Span(0.0, 30.0), "p.png", ("Ada",), Direction())
    storyline = Storyline(Canvas(64, 64, Rate(25)), (Character("Ada", "p.png"),), (), (shot,))
    stock = Stock({("p.png", "Ada"): LOOK}, {}, Waveform(np.zeros((1, 2), np.float32), 48000), loudness)
    return list(takes(storyline, stock, FACELESS))


def test_the_first_takes_are_short_and_none_is_long() -> None:
    made = cut_at()
    assert made[0].frames <= 30
    assert max(take.frames for take in made) <= 116


def test_cuts_lie_in_silences() -> None:
    pauses = [0.48, 1.02, 2.1, 3.9, 6.2, 9.7, 14.0, 18.2, 22.0, 26.3]
    speech = [(a + 0.06, b - 0.06) for a, b in zip([-1.0, *pauses], [*pauses, 40.0], strict=True)]
    for take in [take for take in cut_at(*speech)[1:] if take.span.start < 18]:  # towards the end takes are short
        assert min(abs(take.span.start - pause) for pause in pauses) < 0.08


# --- shots ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def story(make_picture: Make, make_voice: Make) -> Callable[..., Storyline]:
    """`story((one's phrases), (two's phrases), seconds)`: a storyline of two pictures, voices together."""

    def make(one: tuple[tuple[float, float], ...], two: tuple[tuple[float, float], ...], seconds: float) -> Storyline:
        cast = (
            Character("Ada", make_picture("a.png"), voice=make_voice("a.wav", seconds, spoken=one)),
            Character("Bob", make_picture("b.png"), voice=make_voice("b.wav", seconds, spoken=two)),
        )
        voices = {who.name: who.voice or "" for who in cast}
        return write(Brief(cast), voices, Assets(), FACELESS, undirected)[0]

    return make


def shown(storyline: Storyline) -> str:
    return "".join(Path(shot.picture).stem for shot in storyline.shots)


def test_who_speaks_is_seen(story: Callable[..., Storyline]) -> None:
    storyline = story(((0.3, 2.0), (6.0, 9.5)), ((3.0, 5.0), (7.0, 8.0)), 10.0)
    assert shown(storyline) == "aba"
    first, second = (shot.span.start for shot in storyline.shots[1:])
    assert 2.0 <= first <= 3.0
    assert 5.0 <= second <= 6.0
    assert [shot.cast for shot in storyline.shots] == [("Ada",), ("Bob",), ("Ada",)]


def test_no_shot_is_too_short(story: Callable[..., Storyline]) -> None:
    turns = [(0.2 + 1.3 * n, 1.2 + 1.3 * n) for n in range(9)]
    storyline = story(tuple(turns[::2]), tuple(turns[1::2]), 12.0)
    assert {"a", "b"} == set(shown(storyline))
    assert min(shot.span.seconds for shot in storyline.shots) >= SHORTEST_SHOT


def test_one_interjection_does_not_cut(story: Callable[..., Storyline]) -> None:
    assert shown(story(((0.2, 5.0), (5.9, 9.0)), ((5.2, 5.7),), 10.0)) == "a"


def test_voices_in_turn_or_together(make_picture: Make, make_voice: Make) -> None:
    def starts(seconds: float, order: str) -> list[float]:
        voices = {"Ada": make_voice("a.wav", 2.0), "Bob": make_voice("b.wav", seconds)}
        cast = tuple(Character(name, make_picture(), voice=voice) for name, voice in voices.items())
        brief = Brief(cast, order=order)  # type: ignore[arg-type]  # words of a Literal type
        return [line.start for line in write(brief, voices, Assets(), FACELESS, undirected)[0].lines]

    assert starts(2.0, "auto") == [0.0, 2.0]  # equal lengths are no reason to speak at once
    assert starts(2.0, "together") == [0.0, 0.0]
    assert starts(3.0, "auto") == [0.0, 2.0]
    assert starts(3.0, "together") == [0.0, 0.0]
    assert starts(2.0, "in turn") == [0.0, 2.0]


def test_what_people_do_runs_through_cuts_and_the_camera_starts_anew(make_picture: Make, make_voice: Make) -> None:
    direct = director(Claim("text", 1, "emotion", "anger", span=Span(0.0, 4.0)), Claim("text", 1, "camera", "push in"))
    names = {
        "Ada": make_voice("a.wav", 6.0, spoken=((0.0, 2.0),)),
        "Bob": make_voice("b.wav", 6.0, spoken=((2.5, 5.0),)),
    }
    cast = tuple(Character(name, make_picture(f"{name}.png"), voice=voice) for name, voice in names.items())
    one, two = write(Brief(cast), names, Assets(), FACELESS, direct)[0].shots
    angry = [[cue.span for cue in shot.direction.cues if cue.kind == "emotion"] for shot in (one, two)]
    assert angry[0] == angry[1]
    assert angry[0][0].start == 0 < two.span.start < angry[0][0].end
    assert [cue.span for cue in two.direction.cues if cue.kind == "camera"] == [two.span]


def test_voices_lie_on_the_films_clock(make_picture: Make, make_voice: Make) -> None:
    picture, voice = make_picture(), make_voice(seconds=1.0)
    shot = Shot(Span(0.0, 4.0), picture, ("Ada", "Bob"), Direction())
    cast = (Character("Ada", picture), Character("Bob", picture))
    lines = (Line("Ada", voice, 0.5), Line("Ada", voice, 2.5))
    stock = load_stock(Storyline(Canvas(64, 64, Rate(25)), cast, lines, (shot,)), Assets(), FACELESS)
    ada, bob = stock.roles(shot)
    assert ada.voice is not None
    assert (bob.voice, ada.voice.rate, ada.voice.seconds) == (None, 16000, 4.0)
    heard = [float(np.abs(ada.voice.samples[round(at * 16000) :][:8000]).max()) > 0.05 for at in np.arange(0, 4, 0.5)]
    assert heard == [False, True, True, False, False, True, True, False]
    assert (stock.sound.rate, stock.sound.seconds) == (48000, 4.0)


def test_what_an_engine_cannot_show_is_named_once() -> None:
    cues = tuple(Cue("action", what, Span(1.0, 2.0)) for what in ("wave", "nod"))
    shots = tuple(Shot(Span(a, a + 2.0), "p.png", ("Ada",), Direction(cues=cues)) for a in (0.0, 2.0))
    told = (Claim("text", 1, "framing", "full"), Claim("visual", 1, "framing", "close-up"))
    whole = Storyline(Canvas(64, 64, Rate(25)), (Character("Ada", "p.png"),), (), shots, deliberation=Deliberation(told))
    assert unperformed(whole, Limits("small", "1", cannot=("wave", "clap"))) == ("wave", "full")


# --- pictures and faces ---------------------------------------------------------------------------------------------


def who(name: str, where: tuple[float, ...] | None = None) -> Character:
    return Character(name, "p.png", where)


def test_a_box_by_hand_is_never_refused_as_upside_down(make_picture: Make) -> None:
    picture = make_picture(width=1000, height=500)
    turned, other = face(300, 250, 200), face(700, 250, 200)
    turned.mesh[[10, 152], :2] = [[300, 340], [300, 160]]  # its forehead lies below its chin
    assets = Cast(turned, other)
    with pytest.raises(FaceError, match="upside down"):
        faces_of(picture, [Character("Ada", picture)], assets)
    ada = Character("Ada", picture, (200.0, 150.0, 400.0, 350.0))
    assert not faces_of(picture, [ada], assets)["Ada"].upside_down
    assert bystanders(picture, [ada], assets) == (other,)


def test_faces_go_to_characters_left_to_right_or_where_they_are_pointed_out(make_picture: Make) -> None:
    picture = make_picture(width=1000, height=500)
    left, middle, right = (face(x, 250, 100) for x in (200, 500, 800))
    assets = Cast(left, middle, right)

    def cast(*characters: tuple[float, ...] | None) -> list[Face]:
        given_ = [Character(str(n), picture, where) for n, where in enumerate(characters)]
        return list(faces_of(picture, given_, assets).values())

    assert cast(None, None, None) == [left, middle, right]
    assert cast((810, 240), None) == [right, left]
    assert cast((450.0, 100.0, 560.0, 400.0), None, None) == [middle, left, right]
    assert cast((700.0, 20.0)) == [right]
    rest = bystanders(picture, [Character("x", picture, (500.0, 250.0))], assets)
    assert rest == (left, right)
    with pytest.raises(BriefError, match="shows 3 faces, but 4 characters"):
        cast(None, None, None, None)


def test_faces_far_in_the_background_are_cast_only_if_they_are_pointed_out(make_picture: Make) -> None:
    picture = make_picture(width=1000, height=500)
    far, near = face(100, 100, 30), face(600, 250, 200)
    assets = Cast(far, near)
    ada, bob = Character("Ada", picture), Character("Bob", picture)
    assert faces_of(picture, [ada], assets) == {"Ada": near}
    assert bystanders(picture, [ada], assets) == ()
    with pytest.raises(BriefError, match=r"shows one face \(and 1 far smaller.*but 2 characters"):
        faces_of(picture, [ada, bob], assets)
    assert faces_of(picture, [ada, Character("Bob", picture, (100.0, 100.0))], assets) == {"Bob": far, "Ada": near}


def test_no_face_at_all(make_picture: Make) -> None:
    with pytest.raises(FaceError, match="No face was found"):
        faces_of("p.png", [who("Ada")], Cast())


needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


@needs_samples
@pytest.mark.parametrize("order", ["y first", "x first"])
def test_boxes_of_a_real_job_are_matched_to_the_faces(order: str) -> None:
    boxes = {"person1": [235, 500, 723, 892], "person2": [342, 2019, 742, 2346]}
    if order == "x first":
        boxes = {name: [box[1], box[0], box[3], box[2]] for name, box in boxes.items()}
    job = {"cond_image": str(SAMPLES / "two_in_car.png"), "cond_audio": {"person1": "a.wav", "person2": "b.wav"}, "bbox": boxes}
    assets = Assets()
    brief, said = brief_of(job_from(job, Path("job.json")), assets)
    assert ("[y0, x0, y1, x1]" in said) == (order == "y first")
    found = faces_of(brief.cast[0].portrait, brief.cast, assets)
    assert [f.box[0] < 1280 for f in found.values()] == [True, False]


@needs_samples
def test_who_has_no_voice_listens_and_small_faces_are_refused() -> None:
    picture, voice = str(SAMPLES / "two_in_car.png"), str(SAMPLES / "two_in_car_first.wav")
    limits, assets = Limits("any", "1", needs_face=True), Assets()
    cast = (Character("Ada", picture, (2200.0, 500.0), voice),)
    storyline = write(Brief(cast, size=360), {"Ada": voice}, assets, limits, undirected)[0]
    assert storyline.shots[0].cast == ("listener1", "Ada")
    listener, ada = load_stock(storyline, assets, limits).roles(storyline.shots[0])
    assert listener.voice is None
    assert ada.voice is not None
    assert ada.look is not None
    assert ada.look.face is not None
    assert ada.look.matte is not None
    assert ada.look.picture.pixels.shape == (360, 640, 3)
    small = write(Brief(cast, size=120), {"Ada": voice}, assets, limits, undirected)[0]
    with pytest.raises(FaceError, match=r"3\d pixels high in the film, 40 are needed"):
        load_stock(small, assets, limits)


# --- covered mouths -------------------------------------------------------------------------------------------------


def test_a_speaker_whose_mouth_is_hidden_is_named_and_a_listener_is_not() -> None:
    hidden = Look(LOOK.picture, covered="mask")
    silence = Waveform(np.zeros((160, 1), np.float32), 16000)
    stock = Stock({("a.png", "Ada"): hidden, ("a.png", "Bo"): hidden}, {"Ada": silence}, silence, np.zeros(1, np.float32))
    assert len(stock.mouth_notes) == 1
    assert '"Ada" is hidden by a mask' in stock.mouth_notes[0]


def test_who_is_taken_for_an_animal_is_named() -> None:
    silence = Waveform(np.zeros((160, 1), np.float32), 16000)
    looks = {("a.png", "Rex"): Look(LOOK.picture, animal=True), ("a.png", "Bo"): LOOK}
    stock = Stock(looks, {"Rex": silence, "Bo": silence}, silence, np.zeros(1, np.float32))
    assert [note for note in stock.mouth_notes if "animal" in note and '"Rex"' in note] == list(stock.mouth_notes) != []
