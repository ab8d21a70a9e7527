"""One Dramatis is another's engine: `remote` at `dramatis serve`."""

from dataclasses import replace

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.engines.remote import RemoteEngine, Server
from dramatis.engines.remote.dramatis_service import DramatisService
from dramatis.engines.remote.exchange import Timeouts
from dramatis.errors import EngineError
from dramatis.story import Canvas, Direction
from dramatis.take import Engine, Role, Take, View
from tests.service.conftest import Served

TAKE = Take(
    Canvas(160, 90, Rate(25)), Span(0.0, 0.16), (Role("Ada", words="a woman with red hair"),),
    direction=Direction("in a park"), seed=4,
    view=View("close-up"),
)  # fmt: skip


def at(served: Served, engine: str) -> Engine:
    return RemoteEngine((Server(f"{served.client.base_url}#{engine}"),), Timeouts(0.05, 0.2))


def test_a_take_that_is_rendered_there_is_the_one_that_is_rendered_here(served: Served) -> None:
    far, here = at(served, "drawn"), build("drawn")
    assert replace(far.limits, name="drawn", version="", at_once=None) == replace(here.limits, version="")
    shown = [list(engine.render(TAKE).frames) for engine in (far, here)]
    assert len(shown[0]) == TAKE.frames
    assert all(np.array_equal(one, other) for one, other in zip(*shown, strict=True))


def test_what_the_other_refuses_is_said_in_its_words(served: Served) -> None:
    with pytest.raises(EngineError, match='no engine "nothing": put one of'):
        _ = at(served, "nothing").limits
    with pytest.raises(EngineError, match="needs a picture with a face"):
        list(at(served, "portrait").render(TAKE).frames)


def test_a_take_is_one_job_until_it_is_cancelled(served: Served) -> None:
    protocol, address = DramatisService("drawn"), str(served.client.base_url)
    with Server(address).client() as client:
        about = protocol.describe(client, address)
        assert about is not None
        job = protocol.submit(client, TAKE, about)
        assert protocol.submit(client, TAKE, about) == job
        protocol.forget(client, job)
        again = protocol.submit(client, TAKE, about)
        assert again != job
        assert protocol.status(client, again).state != "failed"
        protocol.forget(client, again)
