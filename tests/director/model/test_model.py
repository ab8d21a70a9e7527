"""The director with a language model: good, malformed, slow, hostile and dead answers of a server on this machine."""

import json
import socket
import threading
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.director import direct
from dramatis.director.claims import Material, PictureInput, Verdict
from dramatis.director.model.answers import KINDS, WORDS, AnswerError, AnswerScope, claims_of
from dramatis.director.model.client import Budget, Client, client_for
from dramatis.director.model.experts import directing
from dramatis.errors import BriefError
from dramatis.media.still import Still
from dramatis.story import Character, Claim
from dramatis.take import Limits
from tests.director.model.model_server import Handler, Reply, chat, serving

pytest.importorskip("openai")

PICTURE = Still(np.full((48, 64, 3), 128, np.uint8))
CAST = (Character("Noor", "noor.png"), Character("Tom", "noor.png"))
FRAME = AnswerScope("text", 1, ("Noor", "Tom"), 12.0, 3)


def material(prompt: str = "She is calm.") -> Material:
    return Material(prompt, CAST, 12.0, (), (PictureInput("noor.png", PICTURE),), Limits("fake", "1"))


def answer(*claims: dict[str, object]) -> str:
    return json.dumps({"claims": list(claims)})


def expert(request: dict[str, object]) -> str:
    system = request["messages"][0]["content"]  # type: ignore[index]  # the protocol's
    return next(name for name in ("audio", "visual", "text") if f"the {name} expert:" in system)


def planned(url: str, budget: Budget | None = None, prompt: str = "She is calm.") -> Verdict:
    return directing(partial(client_for, url, "tiny", "secret", budget or Budget()))(material(prompt))


def by_rules(prompt: str = "She is calm.") -> tuple[Claim, ...]:
    return direct(material(prompt)).deliberation.outcome


WAVES = {
    "kind": "action",
    "what": "nod",
    "who": "Tom",
    "start": 3,
    "end": 4,
    "intensity": 1,
    "confidence": 0.9,
    "evidence": "asked for",
}


def good(request: dict[str, object]) -> Reply:
    first = "This is round" not in str(request["messages"])
    if not first or expert(request) == "audio":
        return answer()
    return answer(WAVES) if expert(request) == "text" else answer({"kind": "setting", "what": "a quiet room"})


def test_what_the_model_claims_is_in_the_plan() -> None:
    with serving(good) as (url, told):
        verdict = planned(url)
    outcome = {(claim.expert, claim.kind, claim.what, claim.who) for claim in verdict.deliberation.outcome}
    assert {("text", "action", "nod", "Tom"), ("visual", "setting", "a quiet room", None)} <= outcome
    assert verdict.notes == ()
    assert set(told.keys) == {"Bearer secret"}
    assert all(request["model"] == "tiny" and "json_schema" in str(request["response_format"]) for request in told.requests)


def test_what_a_model_does_not_speak_of_stands_as_rules_found_it() -> None:
    with serving(lambda _: answer()) as (url, _):
        verdict = planned(url, prompt="She is angry. Don't smile.")
    assert verdict.deliberation.outcome == by_rules("She is angry. Don't smile.")


def test_the_model_sees_the_picture_and_the_words_and_no_file_name() -> None:
    with serving(good) as (url, told):
        planned(url, prompt="Noor gets angry after a while")
    visual = next(request for request in told.requests if expert(request) == "visual")
    assert "data:image/jpeg;base64," in json.dumps(visual)
    assert all("angry after a while" in json.dumps(request) for request in told.requests)
    assert "noor.png" not in json.dumps(told.requests)


def test_a_wrong_answer_is_repaired_once() -> None:
    def choose(request: dict[str, object]) -> Reply:
        if expert(request) != "text" or "This is round" in str(request["messages"]):
            return answer()
        return answer(WAVES) if "cannot be used" in str(request["messages"]) else answer({**WAVES, "what": "somersault"})

    with serving(choose) as (url, told):
        verdict = planned(url)
    assert ("text", "nod") in {(claim.expert, claim.what) for claim in verdict.deliberation.outcome}
    assert verdict.notes == ()
    repair = next(request for request in told.requests if "cannot be used" in str(request["messages"]))
    assert "what must be one of nod" in str(repair["messages"])


def test_an_expert_that_stays_wrong_follows_rules_and_one_line_says_so() -> None:
    def choose(request: dict[str, object]) -> Reply:
        return "I would rather sing." if expert(request) == "text" else answer()

    with serving(choose) as (url, told):
        verdict = planned(url)
    assert ("text", "emotion", "calm") in {(claim.expert, claim.kind, claim.what) for claim in verdict.deliberation.claims}
    assert [note.count("\n") for note in verdict.notes] == [0]
    assert "text expert" in verdict.notes[0]
    assert len([request for request in told.requests if expert(request) == "text"]) == 2


def drip(handler: Handler) -> None:
    """A byte in ten seconds, and never the whole."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    stop = threading.Event()
    try:
        while not stop.wait(0.01):
            Clock.now += 10.0
            handler.wfile.write(b" ")
            handler.wfile.flush()
    except OSError:
        pass


class Clock:
    """Time as the client sees it."""

    now = 0.0

    @classmethod
    def monotonic(cls) -> float:
        return cls.now


def flood(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"[" * 100_000)
    except OSError:
        pass


@pytest.mark.parametrize(
    "reply",
    [
        500,
        401,
        drip,
        flood,
        lambda handler: handler.send(200, b"not json"),
        lambda handler: handler.send(200, b'{"choices": []}'),
        lambda handler: handler.send(200, chat(None)),
        lambda handler: handler.send(200, b"[" * 5000),
    ],
    ids=["error", "forbidden", "slow", "endless", "no json", "no choice", "empty", "deep"],
)
def test_a_server_that_fails_leaves_the_plan_to_rules(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.director.model.client.time", Clock)
    with serving(lambda request: reply) as (url, told):
        verdict = planned(url, Budget(seconds=120))
    assert verdict.deliberation.outcome == by_rules()
    assert len(verdict.notes) == 1
    assert "by rules" in verdict.notes[0]
    assert len(told.requests) == 1


def test_a_dead_server_leaves_the_plan_to_rules() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        verdict = planned(f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
    assert verdict.deliberation.outcome == by_rules()
    assert verdict.notes == ("The language model was given up (the server cannot be reached): the experts go on by rules.",)


def test_a_server_without_pictures_and_structure_is_asked_without() -> None:
    def choose(request: dict[str, object]) -> Reply:
        refused = "image_url" in json.dumps(request) or "response_format" in request
        return 400 if refused else good(request)

    with serving(choose) as (url, _):
        verdict = planned(url)
    assert ("visual", "setting") in {(claim.expert, claim.kind) for claim in verdict.deliberation.outcome}
    assert verdict.notes == ()


def test_the_budget_of_tokens_ends_the_questions() -> None:
    with serving(good) as (url, told):
        verdict = planned(url, Budget(tokens=250))
    assert len(told.requests) == 3
    assert "250 tokens" in verdict.notes[0]


HOSTILE: list[object] = [
    {"kind": "action", "what": "nod", "portrait": "/etc/passwd"},
    {"kind": "line", "what": "obey me"},
    {"kind": "setting", "what": "https://evil.example/x.png"},
    {"kind": "setting", "what": "../../secret/key"},
    {"kind": "style", "what": "--output /tmp/x"},
    {"kind": "style", "what": "$(rm -rf ~)"},
    {"kind": "look", "what": "a man", "evidence": "see file:///etc/shadow"},
    {"kind": "emotion", "what": "calm", "who": "Mallory"},
    {"kind": "emotion", "what": "hunger"},
    {"kind": "emotion", "what": "calm", "start": -1, "end": 3},
    {"kind": "emotion", "what": "calm", "start": 3, "end": 3000},
    {"kind": "emotion", "what": "calm", "intensity": 7},
    {"kind": "emotion", "what": "calm", "intensity": True},
    {"kind": "emotion", "what": "calm", "supports": [99]},
    {"kind": "emotion", "what": "calm", "supports": "all"},
    {"kind": "emotion", "what": ["calm"]},
    {"kind": ["emotion"], "what": "calm"},
    {"kind": "setting", "what": "x" * 5000},
    {"kind": "camera"},
    "calm",
    None,
]


@pytest.mark.parametrize("claim", HOSTILE, ids=lambda claim: str(claim)[:50])
def test_no_answer_reaches_outside_the_plan(claim: object) -> None:
    with pytest.raises(AnswerError) as told:
        claims_of(json.dumps({"claims": [claim]}), FRAME)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"claims": 3}', '{"claims": [], "engine": "x"}', '{"claims": [NaN]}', "[" * 100_000]
)
def test_answers_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        claims_of(text, FRAME)


def test_a_fenced_or_thoughtful_answer_is_read() -> None:
    assert [claim.what for claim in claims_of(f"<think>a {{}} b</think>\n{answer(WAVES)}", FRAME)] == ["nod"]
    assert [claim.what for claim in claims_of(f"```json\n{answer(WAVES)}\n```", FRAME)] == ["nod"]


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 20)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["Noor", "calm", "nod"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["kind", "what", "who", "start", "end", "intensity", "confidence", "evidence", "at", "supports", "contradicts"]
CLAIMS = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS["text"]), "what": st.sampled_from(["calm", "nod", "push in", "a park", "Noor"])},
    optional=dict.fromkeys(KEYS[2:], VALUES),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(CLAIMS | VALUES, max_size=4))
def test_any_answer_is_a_plain_claim_or_refused(claims: list[object]) -> None:
    try:
        found = claims_of(json.dumps({"claims": claims}), FRAME)
    except AnswerError:
        return
    for claim in found:
        assert claim.expert == "text"
        assert claim.kind in KINDS["text"]
        assert claim.what in WORDS.get(claim.kind, (claim.what,))
        assert claim.who in {None, "Noor", "Tom"}
        assert claim.span is None or 0 <= claim.span.start < claim.span.end <= 12
        assert 0 < claim.intensity <= 1
        assert "://" not in claim.what + claim.evidence + claim.at


@pytest.mark.parametrize(("url", "model"), [("localhost:8000", "m"), ("file:///etc", "m"), ("http://x/v1", "")])
def test_an_address_or_a_model_that_is_none_is_refused(url: str, model: str) -> None:
    with pytest.raises(BriefError):
        client_for(url, model)


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(Client("http://x/v1", "m", "secret"))
