"""The official client of OpenAI, unchanged, against the service; and the same wire by hand, where the client does not go."""

import base64
import io
import json
import wave
from pathlib import Path
from typing import Any

import pytest
from openai import BadRequestError, NotFoundError, OpenAI

from dramatis.media.videos.video import probe
from tests.service.conftest import Served
from tests.service.serving import picture, voice

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")  # its wire is what others speak, too
TINY: dict[str, Any] = {"model": "dramatis-fake", "size": "64x64"}


@pytest.fixture(scope="module")
def openai(served: Served) -> OpenAI:
    return OpenAI(api_key="a key of one's own", base_url=f"{served.client.base_url}/v1", max_retries=0)


def data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def test_the_client_makes_polls_and_downloads_a_video(openai: OpenAI, tmp_path: Path) -> None:
    sound = json.dumps({"audio_url": data(voice(), "audio/wav")})
    video = openai.videos.create_and_poll(
        prompt="She smiles.",
        input_reference=("me.png", picture()),
        seconds="4",
        extra_body={"audio_reference": sound, "fps": 10},
        **TINY,
    )
    assert (video.status, video.progress, video.size, video.model) == ("completed", 100, "64x64", "dramatis-fake")
    assert video.seconds == "4"  # its voice lasts a second
    openai.videos.download_content(video.id).write_to_file(tmp_path / "film.mp4")
    assert probe(str(tmp_path / "film.mp4")).has_sound
    assert openai.videos.download_content(video.id, variant="thumbnail").content[:3] == b"\xff\xd8\xff"
    assert video.id in [one.id for one in openai.videos.list(limit=2)]
    assert openai.videos.delete(video.id).deleted
    with pytest.raises(NotFoundError):
        openai.videos.retrieve(video.id)


def test_a_poll_says_when_to_ask_again(served: Served) -> None:
    fields = {"prompt": "She smiles.", **TINY, "fps": "10", "seed": "7"}
    answer = served.client.post("/v1/videos", data=fields)
    assert answer.status_code == 200, answer.text
    assert 250 <= int(answer.headers["openai-poll-after-ms"]) <= 10_000
    assert answer.json()["seed"] == 7
    assert served.client.delete(f"/v1/videos/{answer.json()['id']}").json()["deleted"]


def test_several_speakers_and_a_storyboard_travel_as_json(served: Served) -> None:
    speakers = [
        {"name": "Ada", "audio": {"file_id": served.voice}, "image": {"file_id": served.picture}, "start": 1},
        {
            "name": "Bob",
            "audio": {"audio_url": data(voice(0.8), "audio/wav")},
            "image": {"image_url": data(picture(grey=50), "image/png")},
        },
    ]
    shots = [{"index": 1, "prompt": "Ada smiles", "duration": 2}, {"index": 2, "prompt": "Bob nods"}]
    body = {"prompt": "They talk.", "speakers": speakers, "storyboard": shots, "extra_params": {"fps": 10}, **TINY}
    answer = served.client.post("/v1/videos/sync", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "video/mp4"
    made = served.client.get("/v1/videos", params={"limit": 1}).json()["data"][0]
    assert {'"start" of speaker 1 is not used.'} < set(made["notes"])
    assert any("only the prompts are used" in note for note in made["notes"])
    plan = served.client.get(f"/api/v1/jobs/{made['id']}/storyline").json()
    assert [line["who"] for line in plan["lines"]] == ["Ada", "Bob"]
    assert plan["concept"]["prompt"] == "They talk. First Ada smiles. Then Bob nods."
    again = served.client.post("/v1/videos", json={"prompt": "", "storyboard": plan})
    assert again.status_code == 200, again.text
    assert served.client.delete(f"/v1/videos/{again.json()['id']}").json()["deleted"]


@pytest.mark.parametrize(
    ("change", "param", "said"),
    [
        ({"model": "sora-2"}, "model", 'There is no model "sora-2"'),
        ({"size": "wide"}, "prompt", '"wide" is not a size'),
        ({"fps": "nan"}, "fps", "must be a number"),
        ({"seed": "-1"}, "seed", "must be a whole number"),
        ({"speakers": "[1]"}, "speakers", "is an object"),
        ({"speakers": "{"}, "prompt", "is not valid JSON"),
        ({"speakers[][name]": "Ada"}, "speakers[][name]", "send it as a JSON text"),
        ({"image_reference": '{"image_url": "http://169.254.169.254/"}'}, "image_reference", "fetches no address"),
        ({"image_reference": '{"image_url": "data:image/png;base64,%%%"}'}, "image_reference", "is no base64"),
        ({"model": "dramatis-portrait", "image_reference": "PICTURE"}, "prompt", "give a sound with audio_reference"),
        ({"image_reference": "/etc/passwd"}, "asset", "is a path"),
    ],
)
def test_what_cannot_be_filmed_is_named(served: Served, change: dict[str, str], param: str, said: str) -> None:
    fields = {
        "prompt": "She smiles.",
        **TINY,
        **{key: served.picture if value == "PICTURE" else value for key, value in change.items()},
    }
    answer = served.client.post("/v1/videos", data=fields)
    assert answer.status_code in (400, 404), answer.text
    assert (answer.json()["error"]["param"], said in answer.json()["error"]["message"]) == (param, True), answer.text


def test_the_client_lists_models_and_uploads_files(openai: OpenAI) -> None:
    names = [model.id for model in openai.models.list()]
    assert {"dramatis", "dramatis-fake", "dramatis-voices"} <= set(names)
    file = openai.files.create(file=("me.png", picture()), purpose="vision")
    assert openai.files.retrieve(file.id).filename == "me.png"
    assert openai.files.delete(file.id).deleted
    with pytest.raises(BadRequestError, match="no picture, sound or video"):
        openai.files.create(file=("me.exe", b"MZ"), purpose="vision")


def test_the_client_speaks(openai: OpenAI) -> None:
    said = openai.audio.speech.create(model="dramatis-voices", voice="alloy", input="Good morning.", response_format="wav")
    with wave.open(io.BytesIO(said.content)) as sound:
        assert sound.getframerate() == 24_000
        assert 0.5 < sound.getnframes() / 24_000 < 3.0
    for name, head in {"mp3": b"\xff", "flac": b"fLaC", "opus": b"OggS", "aac": b"\xff\xf1", "wav": b"RIFF"}.items():
        made = openai.audio.speech.create(model="dramatis-voices", voice="de", input="Ja.", response_format=name)  # type: ignore[arg-type]  # from a list
        assert made.content[: len(head)] == head or made.content[:3] == b"ID3"
    slow = openai.audio.speech.create(
        model="dramatis-voices", voice="alloy", input="Good morning.", response_format="wav", speed=0.6
    )
    assert len(slow.content) > 1.2 * len(said.content)
    with pytest.raises(BadRequestError, match=r"speed 4 is not spoken: 0.5 to 2 is"):
        openai.audio.speech.create(model="dramatis-voices", voice="alloy", input="Good morning.", speed=4)


def test_voices_are_listed_and_speak_by_their_names(served: Served) -> None:
    listed = served.client.get("/v1/audio/voices").json()
    assert listed["voices"] == [voice["id"] for voice in listed["data"]]
    assert {"alloy", "onyx"} < set(listed["voices"])
    body = {"model": "dramatis-voices", "input": "Hi.", "response_format": "pcm"}
    spoke = {}
    for name in ("alloy", "onyx", listed["voices"][0]):
        answer = served.client.post("/v1/audio/speech", json={**body, "voice": name})
        assert answer.status_code == 200, answer.text
        spoke[name] = answer.headers["dramatis-voice"]
    assert spoke["alloy"] != spoke["onyx"]
    if listed["voices"][0] != "alloy":  # natural voices are installed
        assert spoke[listed["voices"][0]] == listed["voices"][0]
    refused = served.client.post("/v1/audio/speech", json={**body, "voice": "jf_alpha", "input": "你好"})
    assert refused.status_code == 400
    assert "does not speak Chinese: choose among" in refused.json()["error"]["message"]
