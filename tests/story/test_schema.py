"""The schema in the docs is the one that the reader goes by, and the page's example can be filmed."""

import json
import re
from pathlib import Path

import pytest

from dramatis.errors import BriefError
from dramatis.story import Storyline
from dramatis.story.document import storyline_from
from dramatis.story.schema import schema_of

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "storyline.md").read_text()


def example() -> dict[str, object]:
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_schema_in_the_docs_is_the_code_s() -> None:
    shown = json.loads((DOCS / "storyline.schema.json").read_text())
    assert shown == schema_of(Storyline)


def test_every_key_of_a_whole_storyline_is_in_the_schema() -> None:
    schema = json.dumps(schema_of(Storyline))
    for key in ("deliberation", "listening", "segments", "locked", "rise", "contradicts", "speakers"):
        assert f'"{key}"' in schema


def test_the_example_of_the_page_is_a_storyline() -> None:
    storyline = storyline_from(example())
    assert storyline.seconds == 4.0
    assert [cue.what for cue in storyline.shots[0].direction.cues] == ["calm", "anger", "shake head", "push in"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("framing", "sideways", "close-up"),
        ("locked", ["mood"], "can be locked"),
        ("locked", 3, "true or false"),
        ("speakers", ["Nobody"], "not in the cast"),
        ("listening", [{"who": "Mira", "to": "Tom"}], "not in the cast"),
    ],
)
def test_what_is_wrong_in_a_shot_is_named(key: str, value: object, said: str) -> None:
    data = example()
    data["shots"][0][key] = value
    with pytest.raises(BriefError, match=said):
        storyline_from(data)
