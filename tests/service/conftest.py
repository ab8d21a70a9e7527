"""One service for all tests of a process, with a portrait and a voice."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.service.serving import picture, running, upload, voice

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Served:
    """A client of the service, the ids of a picture and a voice there, and the folder in which it works."""

    client: httpx2.Client
    picture: str
    voice: str
    folder: Path = Path()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAMATIS_WORKERS", "0")
        folder = tmp_path_factory.mktemp("service")
        with running(folder) as address, httpx2.Client(base_url=address, timeout=120) as client:
            yield Served(client, upload(client, picture(), "me.png"), upload(client, voice(), "voice.wav"), folder)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from tests.service.browsing import BROWSER, FLAGS

    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("there is no chromium")
    with playwright.sync_playwright() as library:
        found = library.chromium.launch(executable_path=BROWSER, args=FLAGS.split())
        yield found
        found.close()
