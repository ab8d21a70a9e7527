"""The job files of MultiTalk and InfiniteTalk."""

from pathlib import Path

import pytest

from dramatis.errors import BriefError
from dramatis.story.job_files import best_reading, brief_with_boxes, is_job, job_from

TWO = {
    "prompt": "In a car, two people talk.",
    "cond_image": "examples/car.png",
    "audio_type": "add",
    "cond_audio": {"person1": "examples/one.wav", "person2": "examples/two.wav"},
    "bbox": {"person1": [100, 20, 300, 180], "person2": [100, 520, 300, 680]},
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "examples").mkdir()
    for name in ("car.png", "one.wav", "two.wav"):
        (tmp_path / "examples" / name).touch()
    return tmp_path / "job.json"


def test_two_people_one_after_the_other(place: Path) -> None:
    brief = job_from(TWO, place).brief
    assert [(who.name, who.portrait, who.voice) for who in brief.cast] == [
        ("person1", str(place.parent / "examples/car.png"), str(place.parent / "examples/one.wav")),
        ("person2", str(place.parent / "examples/car.png"), str(place.parent / "examples/two.wav")),
    ]
    assert (brief.prompt, brief.order) == ("In a car, two people talk.", "in turn")


def test_files_may_lie_in_the_working_folder(place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "jobs").mkdir()
    monkeypatch.chdir(tmp_path)
    assert job_from(TWO, tmp_path / "jobs" / "job.json").brief.cast[0].portrait == "examples/car.png"
    assert place.parent == tmp_path


def test_side_by_side_is_the_default(place: Path) -> None:
    job = {key: value for key, value in TWO.items() if key not in ("audio_type", "bbox")}
    assert job_from(job, place).brief.order == "together"
    assert job_from({**job, "audio_type": "para"}, place).brief.order == "together"


def test_boxes_are_read_as_they_fit_the_picture(place: Path) -> None:
    job = job_from(TWO, place)

    def holds(x: float, y: float, box: tuple[float, ...]) -> float:
        return float(box[0] <= x <= box[2] and box[1] <= y <= box[3])

    assert best_reading(job, lambda box: holds(100, 200, box) + holds(600, 200, box)) == "y first"
    assert best_reading(job, lambda box: holds(200, 100, box) + holds(200, 600, box)) == "x first"
    assert brief_with_boxes(job, "y first").cast[1].face == (520, 100, 680, 300)
    assert brief_with_boxes(job, "x first").cast[1].face == (100, 520, 300, 680)


def test_infinitetalk_names_the_picture_otherwise(place: Path) -> None:
    job = {"prompt": "", "cond_video": "examples/car.png", "cond_audio": {"person1": "examples/one.wav"}}
    assert is_job(job)
    assert job_from(job, place).brief.cast[0].portrait.endswith("car.png")


def test_texts_to_speak(place: Path) -> None:
    job = {
        **TWO,
        "cond_audio": {},
        "bbox": None,
        "tts_audio": {"text": "(s1) Hello. (s2) Hi! (s1) How are you?", "human1_voice": "a.pt"},
    }
    assert [(who.name, who.say) for who in job_from(job, place).brief.cast] == [
        ("person1", "Hello. How are you?"),
        ("person2", "Hi!"),
    ]
    spoken = job_from({**TWO, "tts_audio": {"text": "not needed"}}, place).brief
    assert all(who.say is None for who in spoken.cast)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, 'Unknown key "colour"'),
        ({"cond_image": ""}, '"cond_image"'),
        ({"audio_type": "mix"}, '"para" or "add"'),
        ({"cond_audio": "one.wav"}, '"cond_audio"'),
        ({"cond_audio": {"person1": 3}}, "path of a sound"),
        ({"bbox": [1, 2, 3, 4]}, '"bbox"'),
        ({"bbox": {"person1": [1, 2, 3]}}, "four numbers"),
        ({"bbox": {"person1": [1, 2, 3, "4"]}}, "four numbers"),
        ({"bbox": {"person1": [1, 2, 3, float("inf")]}}, "four numbers"),
        ({"tts_audio": "hello"}, '"tts_audio"'),
    ],
)
def test_what_is_wrong_is_named(place: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(BriefError) as fault:
        job_from({**TWO, **change}, place)
    assert said in str(fault.value)


def test_other_documents_are_no_jobs() -> None:
    assert not is_job({"version": 1, "cast": []})
    assert not is_job([])
