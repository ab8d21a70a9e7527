"""`dramatis verify` on films as they were made, stripped, changed, put together, and of others."""

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image
from typer.testing import CliRunner

from dramatis.cli import app
from dramatis.cli.verify import sentences
from dramatis.clock import Rate
from dramatis.media.videos.luma_frames import luma_frames
from dramatis.media.videos.video import Encoding, read_clip, write_clip
from dramatis.provenance import signing
from dramatis.provenance.credentials import credentials_of
from dramatis.provenance.installation import Installation, installation_at
from dramatis.provenance.label import overlays_of
from dramatis.provenance.signing import can_sign, sign
from dramatis.provenance.verification import Findings, verify
from dramatis.provenance.watermark.detection import find_mark
from dramatis.provenance.watermark.residuals import SHORT_SIDE, averages, residuals
from dramatis.provenance.watermark.spread_spectrum import FAST, SLOW
from dramatis.story import Canvas
from tests.speaking import RATE, talk

Make = Callable[..., str]
RUNNER = CliRunner()
SIGNED = pytest.mark.skipif(not can_sign(), reason="the extra provenance is not installed")


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")
    monkeypatch.setenv("DRAMATIS_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a film of the fake engine, and the keys with which it was marked and signed, if the library is there."""
    folder = tmp_path_factory.mktemp("whole")
    Image.fromarray(np.tile(np.linspace(40, 200, 320).astype(np.uint8)[None, :, None], (180, 1, 3))).save(folder / "picture.png")
    soundfile.write(folder / "voice.wav", talk(1.0), RATE)
    settings = {"WORKERS": "0", "RECOGNISER": "none", "VAULT": str(folder / "vault"), "CONFIG": str(folder / "config")}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in settings.items():
            patch.setenv(f"DRAMATIS_{name}", value)
        filmed("film.mp4", "picture.png", "voice.wav", "--consent", "self")
    return folder


@pytest.fixture
def film(whole: Path, tmp_path: Path) -> Path:
    """Its copy, here."""
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    return Path("film.mp4")


def filmed(name: str, picture: str, voice: str, *options: str) -> Path:
    words = ["make", "--portrait", picture, "--voice", voice, "--size", "360p", "--engine", "fake", "-o", name, *options]
    result = RUNNER.invoke(app, words)
    assert result.exit_code == 0, result.output
    return Path(name)


def verified(film: Path) -> tuple[int, dict[str, object], str]:
    """Exit code, what `--json` says, and the sentences."""
    seen: list[Findings] = []

    def watched(path: Path, installation: Installation | None) -> Findings:
        seen.append(verify(path, installation))
        return seen[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dramatis.cli.verify.verify", watched)
        told = RUNNER.invoke(app, ["verify", str(film), "--json"])
    (found,) = seen
    assert told.exit_code == found.verdict
    return told.exit_code, json.loads(told.stdout), "\n".join(sentences(found))


def stripped(film: Path) -> Path:
    """The film encoded again, as a platform does."""
    path = film.with_name("stripped.mp4")
    write_clip(read_clip(str(film)), str(path), Encoding(26, "veryfast"))
    return path


def test_keys_are_made_once_for_their_owner_alone(film: Path, keys: Path) -> None:
    secrets = [keys / "watermark.key", *([keys / "signer.pem"] if can_sign() else [])]
    assert [stat.S_IMODE(path.stat().st_mode) for path in secrets] == [0o600] * len(secrets)
    before = [path.read_bytes() for path in secrets]
    assert verified(film)[0] == 0
    assert [path.read_bytes() for path in secrets] == before


@SIGNED
def test_a_film_says_who_made_it_of_what(film: Path) -> None:
    code, told, said = verified(film)
    assert code == 0
    assert told["signature"] == {"made by": "Dramatis 0.1.0", "signer": "Dramatis", "trusted": True, "failures": []}
    assert [(one["kind"], one["consent"]) for one in told["facts"]["ingredients"]] == [("portrait", "self"), ("voice", "self")]
    assert told["facts"]["source type"].endswith("compositeWithTrainedAlgorithmicMedia")
    assert told["tagged"]
    assert told["changes"] == []
    assert "nothing was changed since" in said


@SIGNED
@pytest.mark.parametrize("name", ["film.mov", "film.gif"])
def test_other_files_are_signed_where_that_is_possible(name: str, make_picture: Make, make_voice: Make) -> None:
    path = filmed(name, make_picture(), make_voice(seconds=0.4), "--consent", "self")
    code, told, _ = verified(path)
    assert code == 0
    assert told["signature"] == {"made by": "Dramatis 0.1.0", "signer": "Dramatis", "trusted": True, "failures": []}
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert "changed after it was signed" in verified(path)[2]


@SIGNED
def test_a_film_with_damaged_frames_says_that_it_was_changed(film: Path) -> None:
    with av.open(str(film)) as container:
        places = [packet.pos for packet in container.demux(video=0) if packet.size]
    content = bytearray(film.read_bytes())
    middle = places[len(places) // 2]
    content[middle : middle + 4] = b"\xff" * 4  # the length of its first unit
    film.write_bytes(content)
    with pytest.raises(av.error.InvalidDataError):
        decoded(film)
    code, told, said = verified(film)
    assert code == 2
    assert told["watermark"] is not None
    assert "changed after it was signed" in said


def decoded(film: Path) -> int:
    """How many frames can be decoded; raises FFmpeg's error for a damaged one."""
    with av.open(str(film)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_a_stripped_film_is_recognised_by_its_mark(film: Path) -> None:
    code, told, said = verified(stripped(film))
    assert code == 0
    assert told["signature"] is None
    assert told["watermark"]["manifest"]["title"] == "film.mp4"
    assert told["facts"]["engine"]["name"] == "fake"
    assert "consent: self" in said
    assert ("the signature was stripped" in said) == can_sign()


@SIGNED
def test_elsewhere_the_signature_is_valid_and_nobody_vouches_for_it(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_CONFIG", "none")
    code, told, said = verified(film)
    assert (code, told["watermark"]) == (0, None)
    assert told["signature"]["trusted"] is False
    assert "signingCredential.untrusted" in said


def test_a_film_of_others_says_nothing(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = stripped(film)
    installation_at(tmp_path / "other")
    monkeypatch.setenv("DRAMATIS_CONFIG", str(tmp_path / "other"))
    code, told, said = verified(copy)
    assert (code, told["signature"], told["watermark"]) == (1, None, None)
    assert "Nothing says" in said


@SIGNED
def test_layers_that_contradict_each_other(film: Path, keys: Path, make_picture: Make, make_voice: Make) -> None:
    changed = film.with_name("changed.mp4")
    content = bytearray(film.read_bytes())
    content[content.rindex(b"xmpmeta")] ^= 1
    changed.write_bytes(content)
    code, _, said = verified(changed)
    assert code == 2
    assert "changed after it was signed" in said
    other = filmed("other.mp4", make_picture("b.png", 640, 360), make_voice("b.wav", seconds=0.8))
    manifest = json.loads(
        next(path for path in (keys / "manifests").glob("*.json") if "other.mp4" in path.read_text()).read_text()
    )
    forged = stripped(film)
    sign(forged, manifest, credentials_of(installation_at(keys)))
    assert verified(other)[0] == 0
    code, _, said = verified(forged)
    assert code == 2
    assert "another film" in said


@pytest.mark.parametrize("even", [True, False])
def test_portraits_of_even_areas_get_the_slower_waves(even: bool, make_voice: Make, keys: Path, tmp_path: Path) -> None:
    grain = np.random.default_rng(4).integers(90, 160, (360, 640, 3)).astype(np.uint8)
    picture = tmp_path / "picture.png"
    Image.fromarray(np.full_like(grain, 120) if even else grain).save(picture)
    film = filmed("film.mp4", str(picture), make_voice(seconds=1.0), "--consent", "self")
    seen = residuals(averages(luma_frames(str(film), SHORT_SIDE), 1.0))
    found = {band: find_mark({band: windows}, (keys / "watermark.key").read_bytes()) for band, windows in seen.items()}
    assert (found[SLOW] is not None, found[FAST] is not None) == (even, not even)


def test_without_the_library_the_watermark_stays(make_picture: Make, make_voice: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing.importlib.util, "find_spec", lambda name: None)
    film = filmed("film.mp4", make_picture(), make_voice(seconds=1.0))
    report = json.loads(film.with_suffix(".report.json").read_text())
    assert report["provenance"]["signed"] is False
    assert "extra provenance" in report["provenance"]["unsigned"]
    code, told, _ = verified(film)
    assert (code, told["signature"]) == (0, None)
    assert told["watermark"]["payload"] == report["provenance"]["watermark"]


def test_who_allowed_it_is_asked_and_kept(make_picture: Make, make_voice: Make) -> None:
    words = ["make", "--portrait", make_picture(), "--voice", make_voice(seconds=1.0), "--engine", "fake", "--size", "64p"]
    unstated = RUNNER.invoke(app, words)
    assert "Nobody said who may use the face or voice of person1" in unstated.stderr
    stated = RUNNER.invoke(app, [*words, "--consent", "permission"])
    assert "Nobody said" not in stated.stderr
    assert json.loads(Path("film.storyline.json").read_text())["cast"][0]["consent"] == "permission"
    wrong = RUNNER.invoke(app, [*words, "--consent", "maybe"])
    assert wrong.exit_code == 2
    assert "self, permission, fictional, licensed can be said" in wrong.stderr


def test_a_label_is_shown_and_told(make_picture: Make, make_voice: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    picture, voice = make_picture(), make_voice(seconds=4.0)
    plain = next(iter(read_clip(str(filmed("plain.mp4", picture, voice))).frames)).astype(int)
    monkeypatch.setenv("DRAMATIS_LABEL", "cn")
    frames = list(read_clip(str(filmed("labelled.mp4", picture, voice))).frames)
    rows, columns = (abs(frames[0] - plain).max(axis=2) > 60).nonzero()
    assert rows.max() - rows.min() > 0.8 * 360  # in the corner below, and above for the beginning
    later = abs(frames[-1] - plain).max(axis=2)[20:60, 270:370]
    assert later.max() < 60
    assert columns.max() > 600
    told = json.loads(Path("labelled.report.json").read_text())["provenance"]
    assert told["label"] == "cn"
    with av.open("labelled.mp4") as film:
        metadata = json.loads(film.metadata["AIGC"])
    assert (metadata["Label"], metadata["ProduceID"]) == ("1", told["watermark"])
    assert {"ContentProducer", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"} < set(metadata)
    monkeypatch.setenv("DRAMATIS_CONFIG", "none")
    refused = RUNNER.invoke(app, ["make", "--portrait", picture, "--voice", voice, "--engine", "fake"])
    assert "films that are not marked show no label" in refused.stderr


@pytest.mark.parametrize("size", [(640, 360), (720, 1280)])
def test_labels_are_large_enough(size: tuple[int, int]) -> None:
    canvas = Canvas(*size, Rate(25))
    small, large = overlays_of("cn", canvas)
    assert large.span is not None
    assert large.span.end >= 2.0
    for one in (small, large):
        rows = np.flatnonzero((one.picture[..., :3].min(axis=2) > 200) & (one.picture[..., 3] > 200) > 0) // one.picture.shape[1]
        assert np.ptp(rows) + 1 >= 0.05 * min(size)
    (icon,) = overlays_of("eu", canvas)
    height, width = icon.picture.shape[:2]
    assert icon.x + width <= size[0]
    assert icon.y + height <= size[1]
    dark = (icon.picture[..., :3].max(axis=2) < 60) & (icon.picture[..., 3] > 200)
    assert not dark[0].any()
    assert 0.05 < dark.mean() < 0.25  # the letters
    assert icon.picture[height // 8, width // 2].min() > 250  # the disk


def test_a_folder_that_cannot_hold_keys_costs_the_mark_and_not_the_film(
    make_picture: Make, make_voice: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("DRAMATIS_CONFIG", str(tmp_path / "file" / "config"))
    words = ["make", "--portrait", make_picture(), "--voice", make_voice(seconds=1.0), "--engine", "fake", "--size", "64p"]
    result = RUNNER.invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "carries no watermark" in result.stderr
    assert Path("film.mp4").exists()
