"""A value is made once for all processes and films; what is wrong with its file costs time, never the film."""

import multiprocessing
import time
from functools import partial
from pathlib import Path

import pytest

from dramatis.media.value_cache import NOWHERE, SUFFIX, ValueCache


def _refuse() -> int:
    raise AssertionError("this value was there already")


def _slowly(log: Path) -> int:
    with log.open("a") as file:
        file.write("made\n")
    time.sleep(0.3)
    return 7


def _ask(folder: Path, log: Path) -> int:
    return ValueCache(folder).get("name", partial(_slowly, log))


def test_it_is_made_once_and_found_by_the_next_film(tmp_path: Path) -> None:
    assert ValueCache(tmp_path / "new").get("name", lambda: {"a": (1, 2)}) == {"a": (1, 2)}
    assert ValueCache(tmp_path / "new").get("name", _refuse) == {"a": (1, 2)}
    assert [path.name for path in (tmp_path / "new").iterdir()] == [f"name{SUFFIX}"]


def test_nothing_is_a_value_too(tmp_path: Path) -> None:
    assert ValueCache(tmp_path).get("name", lambda: None) is None
    assert ValueCache(tmp_path).get("name", _refuse) is None


def test_processes_that_ask_at_once_share_one_making(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        assert pool.starmap(_ask, [(tmp_path, tmp_path / "log")] * 2) == [7, 7]
    assert (tmp_path / "log").read_text() == "made\n"


@pytest.mark.parametrize("rest", [b"", b"garbage", b"\x80\x05\x95"])
def test_a_damaged_file_is_made_again(tmp_path: Path, rest: bytes) -> None:
    ValueCache(tmp_path).get("name", lambda: 5)
    (tmp_path / f"name{SUFFIX}").write_bytes(rest)
    assert ValueCache(tmp_path).get("name", lambda: 6) == 6
    assert ValueCache(tmp_path).get("name", _refuse) == 6


def test_a_value_in_which_one_bit_is_wrong_is_made_again(tmp_path: Path) -> None:
    ValueCache(tmp_path).get("name", lambda: b"right" * 100)
    path = tmp_path / f"name{SUFFIX}"
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)
    assert ValueCache(tmp_path).get("name", lambda: b"right" * 100) == b"right" * 100


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert ValueCache(tmp_path / "file" / "values").get("name", lambda: 5) == 5
    assert NOWHERE.get("name", lambda: 6) == 6


def test_what_fails_is_asked_again(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        ValueCache(tmp_path).get("name", _refuse)
    assert ValueCache(tmp_path).get("name", lambda: 5) == 5
