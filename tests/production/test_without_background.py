"""Films without a background: from the option to the file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dramatis.clock import Span
from dramatis.engines.fake import read_number
from dramatis.errors import BriefError, OutputError
from dramatis.production.assets import Assets
from dramatis.production.pictures.framing import canvas_of
from dramatis.production.produce import produce
from dramatis.production.request import Options, request_of
from dramatis.production.stock import load_stock
from dramatis.story import Brief, Character, Direction, Shot, Storyline
from dramatis.take import Limits
from tests.production.test_route import crew

Make = Callable[..., str]


@pytest.fixture
def brief(make_picture: Make, make_voice: Make) -> Brief:
    who = Character("Ada", make_picture(), voice=make_voice(seconds=0.6), text="Hello.")
    return Brief((who,), size=(320, 180), engine="fake", background="none", captions="plain")


def test_what_is_painted_and_captions_are_seen_and_the_rest_is_not(brief: Brief, tmp_path: Path) -> None:
    film = produce(brief, tmp_path / "film.png", crew(most=9))
    assert film.path == tmp_path / "film"
    pictures = sorted(film.path.glob("*.png"))
    assert len(pictures) == 25
    with Image.open(pictures[14]) as picture:
        frame = np.asarray(picture)
    assert read_number(frame[..., :3]) == 14
    assert frame[5, :, 3].min() > 240
    assert frame[120, 20, 3] < 8
    assert frame[150:175, 100:220, 3].max() > 240  # the caption
    assert not list(tmp_path.glob("*preview*"))
    again = request_of(film.storyline, Options(background="shown"), None)
    assert isinstance(again, Storyline)
    assert not again.canvas.alpha
    with pytest.raises(OutputError, match="has no opacity"):
        produce(brief, tmp_path / "film.mp4", crew())


def test_an_engine_that_knows_no_mattes_refuses(brief: Brief) -> None:
    shot = Shot(Span(0, 1), brief.cast[0].portrait, ("Ada",), Direction())
    plan = Storyline(canvas_of(brief, Assets(), Limits("any", "1")), brief.cast, (), (shot,), engine="native")
    with pytest.raises(BriefError, match='engine "native" films people with their background; use portrait or drawn'):
        load_stock(plan, Assets(), Limits("native", "1"))
    load_stock(plan, Assets(), Limits("drawn", "1", alpha=True))


def test_an_unknown_background_is_refused(make_picture: Make) -> None:
    with pytest.raises(BriefError, match='background cannot be "green": shown and none are known'):
        request_of(None, Options(portraits=(make_picture(),), said=("Hi",), background="green"), None)
