"""Events that the service sends: signed, to allowed hosts alone, again until they are received
(after a `kill -9`, too: `test_restart.py`).
"""

import base64
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from openai import InvalidWebhookSignatureError, OpenAI

from dramatis.errors import BriefError, ServiceError
from dramatis.service import allowed_hosts
from dramatis.service.allowed_hosts import AllowedHosts, DeliveryError, is_public
from dramatis.service.core import Policy
from tests.service.receiver import Receiver, receiving
from tests.service.serving import brief, finished, picture, running, voice
from tests.waiting import wait_until

AVATAR = "/kling/v1/videos/avatar/image2video"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx2.Client, Receiver]]:
    """A client of a service that may send events to a receiver, twice if it fails."""
    with pytest.MonkeyPatch.context() as patch, receiving() as receiver:
        patch.setenv("DRAMATIS_WORKERS", "0")
        policy = Policy(AllowedHosts.named([f"127.0.0.1:{receiver.port}"]), pauses=(0.05,))
        with (
            running(tmp_path_factory.mktemp("told"), policy=policy) as address,
            httpx2.Client(base_url=address, timeout=120) as client,
        ):
            yield client, receiver


def test_an_event_is_signed_as_the_official_client_checks_it(told: tuple[httpx2.Client, Receiver]) -> None:
    client, receiver = told
    receiver.events.clear()
    fields = {"prompt": "She smiles.", "model": "dramatis-fake", "size": "64x64", "fps": "10"}
    address = f"http://127.0.0.1:{receiver.port}/films?of=me"
    made = client.post("/v1/videos", data={**fields, "callback_url": address}).json()
    (event,) = receiver.wait(1)
    assert (event["object"], event["type"], event["data"]) == ("event", "video.completed", {"id": made["id"]})
    path, headers, body = receiver.events[0]
    assert (path, headers["webhook-id"], headers["content-type"]) == ("/films?of=me", event["id"], "application/json")
    secret = client.get("/api/v1/callbacks/secret").json()["secret"]
    openai = OpenAI(api_key="any", webhook_secret=secret)
    openai.webhooks.verify_signature(body, headers)
    with pytest.raises(InvalidWebhookSignatureError):
        openai.webhooks.verify_signature(body.replace(b"completed", b"cancelled"), headers)


def test_a_task_of_kling_is_told_at_each_change(told: tuple[httpx2.Client, Receiver]) -> None:
    client, receiver = told
    receiver.events.clear()
    body = {
        "image": base64.b64encode(picture()).decode(),
        "sound_file": base64.b64encode(voice(0.4)).decode(),
        "callback_url": f"http://127.0.0.1:{receiver.port}/",
        "external_task_id": "told",
    }
    client.post(AVATAR, json=body)
    tasks = receiver.wait(3)
    assert [task["task_status"] for task in tasks] == ["submitted", "processing", "failed"]
    assert tasks[0]["task_info"]["external_task_id"] == "told"
    assert "No face was found" in tasks[2]["task_status_msg"]


def test_an_event_is_sent_again_and_given_up_in_the_end(told: tuple[httpx2.Client, Receiver]) -> None:
    client, receiver = told
    receiver.events.clear()
    receiver.answers[:] = [500, 200]
    asked = {"brief": brief("", ""), "callback_url": f"http://127.0.0.1:{receiver.port}/"}
    asked["brief"]["cast"] = [{"name": "Ada"}]
    client.post("/api/v1/films", json=asked)
    first, second = receiver.wait(2)
    assert first == second
    assert receiver.events[0][1]["webhook-id"] == receiver.events[1][1]["webhook-id"]
    receiver.answers[:] = [302, 503]  # a redirect is no receipt, and is not followed
    job = client.post("/api/v1/films", json=asked).json()["id"]
    finished(client, job)
    receiver.wait(4)
    wait_until(lambda: all(one["state"] != "waiting" for one in _deliveries(client)))
    seen = _deliveries(client)
    assert [(one["state"], one["tries"]) for one in seen[:2]] == [("given up", 2), ("received", 2)]
    assert seen[0]["said"] == "the answer was 503"
    assert {path for path, _, _ in receiver.events} == {"/"}


def _deliveries(client: httpx2.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/callbacks").json()["data"]
    return found


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/", "http://127.0.0.1:9/", "https://hooks.example@127.0.0.1/", "http://2130706433/", "http://[::1]/",
        "file:///etc/passwd", "gopher://hooks.example/", "http://hooks.example:22/", "hooks.example",
        "http://hooks.example/\r\nX: y", "http://" + "a" * 3000, "http://[::1", "http://hooks.example:99999/",
        "http://169.254.169.254/", "", "http://hoöks.example/",
    ],
)  # fmt: skip
def test_addresses_are_only_those_that_were_named(url: str) -> None:
    hosts = AllowedHosts.named(["hooks.example", "other.example:8443"])
    with pytest.raises(ServiceError, match=r"is no address for events|may not send events to"):
        hosts.check(url, "callback_url")


def test_named_addresses_are_taken() -> None:
    hosts = AllowedHosts.named(["hooks.example", "other.example:8443", "[::1]:80"])
    for url in ("https://hooks.example/a?b=c", "http://HOOKS.example", "https://other.example:8443/", "http://[::1]/"):
        hosts.check(url, "callback_url")
    for text in ("", "http://a/", "a:port", "a/b", "b@a"):
        with pytest.raises(BriefError, match="is no host"):
            AllowedHosts.named([text])


def test_a_name_that_leads_into_a_private_network_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if only one of its addresses is private; and the connection goes to the address that was looked at."""
    called: list[object] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        called.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(allowed_hosts.socket, "create_connection", connect)
    hosts = AllowedHosts.named(["hooks.example"])
    for found in (["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"], ["169.254.169.254"], ["fd00::1"]):
        monkeypatch.setattr(
            allowed_hosts.socket, "getaddrinfo", lambda *_, found=found, **__: [(0, 0, 0, "", (ip, 0)) for ip in found]
        )
        with pytest.raises(DeliveryError, match="is not public"):
            hosts.post("http://hooks.example/", b"{}", {})
    assert not called
    monkeypatch.setattr(allowed_hosts.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.216.34", 0))])
    with pytest.raises(DeliveryError, match="no network here"):
        hosts.post("https://hooks.example/", b"{}", {})
    assert called == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("192.0.2.1", False), ("2002:0a00:0001::", False), ("64:ff9b::a00:1", False), ("fe80::1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False), ("::", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public
