"""Requests that no honest client sends, by kind. Each is a list of pieces of bytes; between two pieces the sender waits."""

import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote

from benchmarks.serving.hostile_files import hostile_archive, hostile_files
from benchmarks.serving.hostile_words import ADDRESSES, BODIES, BROKEN, FIELDS, NAMES, PATHS

Pieces = list[bytes]
SLOW = "slow bodies"


def requests(random: Random, film: str, project: str) -> dict[str, Callable[[], Pieces]]:
    """By kind: a function that makes the next request. `film` is the path of one, `project` that of a plan."""
    files = hostile_files(random)
    return {
        "names in paths": lambda: _get(random.choice(PATHS).replace("{}", _name(random))),
        "odd headers": lambda: _get("/api/v1/jobs", _headers(random)),
        "ranges": lambda: _get(random.choice((film, film, "/v1/videos")), [f"Range: {_range(random)}"]),
        "queries": lambda: _get(f"/api/v1/jobs?{_query(random)}"),
        "JSON": lambda: _post(random.choice(BODIES), _json(random)),
        "edits": lambda: _edit(project, random),
        "addresses": lambda: _addressed(random),
        "forms": lambda: _form(random),
        "files": lambda: _upload(*next(files), random),
        "takes": lambda: _take(next(files)[1], random),
        "archives": lambda: _upload("project.zip", hostile_archive(random), random, "/api/v1/imports"),
        "storylines": lambda: _storyline(project, random),
        "no HTTP": lambda: [random.choice((random.randbytes(random.randrange(1, 500)), *BROKEN))],
        SLOW: lambda: _slow(random),
    }


def _head(verb: str, path: str, headers: list[str]) -> bytes:
    lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n"


def _get(path: str, headers: list[str] | None = None) -> Pieces:
    return [_head("GET", quote(path, safe="/%?=&.:{}*;'"), headers or [])]


def _post(path: str, body: bytes, kind: str = "application/json", verb: str = "POST") -> Pieces:
    return [_head(verb, path, [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]) + body]


def _name(random: Random) -> str:
    return random.choice(NAMES) + (random.choice(NAMES) if random.random() < 0.3 else "")


def _headers(random: Random) -> list[str]:
    junk = "x" * random.choice((10, 1000, 60_000))
    return random.choice(
        (
            [f"X-Junk-{number}: {junk[:60]}" for number in range(random.choice((5, 500)))],
            [f"Cookie: dramatis={junk}; a=b"],
            [f"Authorization: Bearer {junk}"],
            ["Authorization: Bearer e30.e30.e30"],
            [f"Authorization: {chr(0xE9)}"],
            ["Host: [::1"],
            ["Origin: http://[::1"],
            ["Content-Length: \u00b2"],
            ["Content-Length: -1"],
            [f"Content-Length: {'9' * 5000}"],
            ["If-None-Match: *"],
            [f"Last-Event-ID: {random.choice(('-1', '9' * 30, 'x', ''))}"],
            ["Accept-Encoding: " + "gzip," * 900],
            ["Expect: 100-continue"],
            [f"Sec-Fetch-Site: {random.choice(('cross-site', 'same-site', 'none', junk))}", "Sec-Fetch-Dest: empty"],
            [f"Idempotency-Key: {junk}"],
            ["X-Forwarded-For: 10.0.0.1"],
            ["Content-Type: multipart/form-data"],
        )
    )


def _range(random: Random) -> str:
    big = random.choice((0, 1, 9**9, 10**30))
    return random.choice(
        (
            f"bytes=-{big}",
            f"bytes={big}-",
            f"bytes={big}-1",
            "bytes=",
            "bytes=a-b",
            f"bytes={'0-1,' * 2000}0-1",
            "lines=1-2",
            "bytes=--1",
            "bytes=0-,0-,0-,0-",
            f"bytes=0-{big}",
            "bytes=\u0663-\u0664",
        )
    )


def _query(random: Random) -> str:
    values = ("-1", "0", "9" * 30, "1e9", "nan", "%00", "job_x", "", "%ff", "a" * 2000, "1&limit=2", "[]", "\u0663")
    return "&".join(
        f"{random.choice(('limit', 'after', 'state', 'order', 'pageNum', 'x'))}={random.choice(values)}" for _ in range(3)
    )


def _json(random: Random) -> bytes:
    depth = random.choice((50, 3000, 200_000))
    return random.choice(
        (
            lambda: b"[" * depth,
            lambda: b'{"brief":' * min(depth, 50_000),
            lambda: b'{"a":1' * 9,
            lambda: b"\xff\xfe{}",
            lambda: b'"' + b"x" * 10**6,
            lambda: b'{"prompt": "' + b"\\ud800" * 9 + b'"}',
            lambda: b'{"prompt": "a", "prompt": {"b": 1}, "prompt": null}',
            lambda: b'{"seed": ' + b"9" * 5000 + b"}",
            lambda: b'{"fps": 1e999, "size": NaN}',
            lambda: b"",
            lambda: b"null",
            lambda: b"\xef\xbb\xbf{}",
            *(lambda: json.dumps(_value(random, 4)).encode("utf-8", "surrogatepass"),) * 12,
            *(lambda: json.dumps({"brief": _brief(random)}).encode("utf-8", "surrogatepass"),) * 8,
        )
    )()


def _value(random: Random, depth: int) -> object:
    leaf: tuple[object, ...] = (
        None, True, -1, 0, 2**70, 1e308, -0.0, "", "x" * 500, "\ud800", "\0", "\u202e", *NAMES[:6], *ADDRESSES[:6], [], {},
    )  # fmt: skip
    if depth == 0 or random.random() < 0.2:
        return random.choice(leaf)
    if random.random() < 0.3:
        return [_value(random, depth - 1) for _ in range(random.randrange(4))]
    return {random.choice(FIELDS): _value(random, depth - 1) for _ in range(random.randrange(1, 6))}


def _brief(random: Random) -> object:
    """Almost a good one: one field is wrong."""
    who: dict[str, object] = {"name": "Ada"}
    brief: dict[str, object] = {"version": 1, "cast": [who], "prompt": "Hi.", "size": [64, 64], "fps": 10, "engine": "fake"}
    (who if random.random() < 0.4 else brief)[random.choice(FIELDS)] = _value(random, 2)
    return brief


def _addressed(random: Random) -> Pieces:
    address = random.choice(ADDRESSES)
    bodies: tuple[tuple[str, dict[str, object]], ...] = (
        ("/kling/v1/videos/avatar/image2video", {"image": address, "sound_file": address, "callback_url": address}),
        (
            "/v1/videos",
            {"prompt": "Hi.", "model": "dramatis-fake", "image_reference": {"image_url": address}, "audio_reference": address},
        ),
        ("/v1/videos", {"prompt": "Hi.", "model": "dramatis-fake", "callback_url": address}),
        ("/v1/videos", {"prompt": "Hi.", "speakers": [{"name": "A", "audio": {"audio_url": address}, "image": address}]}),
        ("/api/v1/films", {"brief": {"version": 1, "cast": [{"name": "A"}], "engine": "fake"}, "callback_url": address}),
        ("/api/v1/films", {"brief": {"version": 1, "cast": [{"name": "A", "portrait": address}], "music": address}}),
        ("/customers/storage", {"file_name": address, "content_type": address}),
    )
    path, body = random.choice(bodies)
    return _post(path, json.dumps(body).encode())


def _edit(project: str, random: Random) -> Pieces:
    """Of a plan that is there: almost good edits by name, lines, storylines, and shots to watch or to film again."""
    value, shot = _value(random, 2), random.choice(("1", "1", "2", "0", "-1", "9" * 30, "x"))
    what = random.choice(("lines", "translate", "extend", "background", "portraits", "looks", "keep", "seed", "shot", "span"))
    line = {"who": random.choice(("Ada", "", value)), random.choice(("line", "text", "sound", "speak")): value}
    verb, path, body = random.choice(
        (
            ("POST", "edits", {what: value, "seed": 1}),
            ("POST", "edits", {what: [line], "shot": random.choice((1, 2, value))}),
            ("POST", "script", {"lines": random.choice(([line], [{"who": "Ada", "line": 0}, line], value))}),
            ("PUT", "storyline", {"version": 2, "shots": value, "lines": [line]}),
            ("POST", f"shots/{shot}/preview", {"storyline": value}),
            ("POST", f"shots/{shot}/preview", {}),
            ("POST", f"shots/{shot}/takes", {"seed": value, "priority": -9}),
            ("POST", "plan", {"prompt": value}),
        )
    )
    return _post(f"{project}/{path}", json.dumps(body).encode("utf-8", "surrogatepass"), verb=verb)


def _form(random: Random) -> Pieces:
    path = random.choice(("/v1/videos", "/api/v1/assets", "/v1/files", "/v1/videos/sync"))
    name = random.choice((*NAMES, 'a"; filename="b', "a\r\nX: y")).encode("utf-8", "surrogatepass")
    part = b'--x\r\nContent-Disposition: form-data; name="' + random.choice((b"file", b"prompt", name, b"a[b][c]", b"")) + b'"'
    whole = part + b'; filename="' + name + b'"\r\n\r\n' + random.randbytes(random.choice((0, 10, 5000)))
    body = random.choice(
        (
            lambda: whole,
            lambda: whole + b"\r\n--x--\r\n",
            lambda: (part + b"\r\n\r\na\r\n") * random.choice((3, 3000)) + b"--x--\r\n",
            lambda: part,
            lambda: b"--x\r\n" + b"A: " + b"b" * 90_000 + b"\r\n\r\n",
            lambda: b"--y\r\n\r\n--y--",
            lambda: b"\r\n" * 9000,
            lambda: b"--x\r\n" + b"A: b\r\n" * 20_000 + b"\r\nz\r\n--x--",
            lambda: part + b"; filename*=utf-8''%ff%00\r\n\r\nz\r\n--x--\r\n",
        )
    )()
    kind = random.choice(
        ("multipart/form-data; boundary=x",) * 5 + ("multipart/form-data", "multipart/form-data; boundary=" + "x" * 900)
    )
    return _post(path, body, kind)


def _storyline(project: str, random: Random) -> Pieces:
    """A good one in which one number, or one number of things, is extreme; perhaps with shots that overlap or have no end."""
    odd = random.choice((0, -1, 1e-300, 1e300, 10**400, 2**63, 10_800, 10_801, 0.1, -0.0, 1e9, True, "1", None, [], {}))
    shot: dict[str, object] = {"span": [0.0, 1.0], "picture": "", "cast": ["Ada"], "direction": {"words": "a shot"}}
    canvas: dict[str, object] = {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}}
    story = {"version": 2, "canvas": canvas, "cast": [{"name": "Ada"}], "lines": [], "shots": [shot], "engine": "fake", "seed": 1}
    cue = {"kind": "emotion", "what": "excitement", "span": [odd, odd], "who": "Ada", "intensity": odd}
    random.choice(
        (
            lambda: shot.update(span=[0.0, odd]),
            lambda: shot.update(span=[odd, 1.0]),
            lambda: canvas.update(rate={"frames": odd, "per": odd}),
            lambda: canvas.update(width=odd, height=odd),
            lambda: story.update(seed=odd),
            lambda: shot.update(seed=odd),
            lambda: shot.update(direction={"words": "x" * 10**6}),
            lambda: shot.update(direction={"words": "", "cues": [cue]}),
            lambda: shot.update(direction={"words": "", "keep": [[odd, 0, odd, 1]] * 50}),
            lambda: story.update(shots=[{**shot, "span": [at / 10, (at + 1) / 10]} for at in range(random.choice((2, 3000)))]),
            lambda: story.update(cast=[{"name": "Ada"}, *({"name": str(number)} for number in range(5000))]),
            lambda: shot.update(segments=[{"span": [odd, 1], "heard": "speech", "who": "Ada"}]),
        )
    )()
    body = json.dumps(story).encode()
    path = random.choice(("/api/v1/films", "/api/v1/projects", f"{project}/storyline", f"{project}/shots/1/preview"))
    if path.endswith("storyline"):
        return _post(path, body, verb="PUT")
    return _post(path, b'{"storyline": ' + body + b"}")


def _upload(name: str, content: bytes, random: Random, path: str = "") -> Pieces:
    path = path or random.choice(("/api/v1/assets", "/v1/files"))
    field = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n\r\n'
    return _post(path, field + content + b"\r\n--xyz--\r\n", "multipart/form-data; boundary=xyz")


def _take(content: bytes, random: Random) -> Pieces:
    engine = random.choice(("fake", "fake", "drawn", "../x", "%00", ""))
    return _post(f"/api/v1/takes?engine={engine}&encoding={random.choice(('lossless', 'film', 'x'))}", content, "application/zip")


def _slow(random: Random) -> Pieces:
    body = _json(random)[:40] or b"{}"
    head = _head(
        "POST",
        random.choice(BODIES),
        ["Content-Type: application/json", f"Content-Length: {len(body) + 9 * (random.random() < 0.1)}"],
    )
    whole = head + body
    cuts = sorted(random.sample(range(1, len(whole)), 5))
    return [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
