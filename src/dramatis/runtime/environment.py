"""Environment variables (read only here) and the resources of this machine.

DRAMATIS_WORKERS   how many processes render; 0: in the command's own process; default: one for each core
DRAMATIS_LANES     a TOML file that lists workers, here and on other machines (`runtime/render_lanes.py`), in place
                   of DRAMATIS_WORKERS; `--lanes` of a film goes before it
DRAMATIS_RAY       the address of a Ray cluster whose nodes render; "auto": the one of this machine
DRAMATIS_ENGINE_URLS  addresses of servers that render (engine `remote`), with commas between them
DRAMATIS_ENGINE_KEY   the key for them, if they need one
DRAMATIS_WAN       folders and files of published weights (engine `wan`), with colons between them (semicolons on Windows)
DRAMATIS_MEMORY    GB of the graphics card that the engine `wan` may use; default: what is free
DRAMATIS_VAULT     a folder where finished clips are kept between films; default: `dramatis` in the user's cache folder
DRAMATIS_CONFIG    a folder for this installation's keys and the manifests of its films; default: `dramatis` in the user's config
                   folder; "none": films are neither marked nor signed
DRAMATIS_SIGNING_CERT  a chain of certificates (PEM) that signs films in place of this installation's own
DRAMATIS_SIGNING_KEY   its private key (PEM, without a password)
DRAMATIS_LABEL     a visible label of synthetic content in every film: eu or cn
DRAMATIS_SEED      the seed of films whose brief names none
DRAMATIS_LLM_URL   base URL of a server that speaks OpenAI's chat protocol; the director then works with a language model
DRAMATIS_LLM_MODEL the model's name on that server
DRAMATIS_LLM_KEY   the key for it, if it needs one
DRAMATIS_TOKEN     the token that clients of `dramatis serve` must send
DRAMATIS_RECOGNISER a folder with weights for faster-whisper, in place of those of packages; "none": words and people in
                   recordings are not recognised
DRAMATIS_FONT      a font for captions (.ttf, .otf, .ttc)
"""

import os
import resource
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dramatis.errors import BriefError

MOST_WORKERS = 256
_PRIVATE = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "RAY_USAGE_STATS_ENABLED": "0"}
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


@dataclass(frozen=True)
class ModelServer:
    """A server with a language model. The key is never printed."""

    url: str
    model: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Environment:
    """The settings. `workers`, `seed`, `llm`, `recogniser`, `font` and `lanes` are None if not set; `vault` and `config` may
    begin with `~`, even if there is no home folder. `config` None: films are neither marked nor signed; `signing`: certificates
    and key. `label` "": no visible one.
    """

    vault: Path
    workers: int | None = None
    seed: int | None = None
    llm: ModelServer | None = None
    recogniser: Path | None = None
    recognise: bool = True
    font: Path | None = None
    config: Path | None = None
    signing: tuple[Path, Path] | None = None
    label: str = ""
    lanes: Path | None = None
    ray: str = ""
    servers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    wan: tuple[Path, ...] = ()
    memory: float | None = None


def environment() -> Environment:
    """The settings; raises `BriefError` for values that cannot be used."""
    return Environment(
        workers=_whole("DRAMATIS_WORKERS", MOST_WORKERS),
        vault=_vault(),
        seed=_whole("DRAMATIS_SEED", 2**63 - 1),
        llm=_llm(),
        recogniser=_path("DRAMATIS_RECOGNISER") if _recognise() else None,
        recognise=_recognise(),
        font=_path("DRAMATIS_FONT"),
        config=_config(),
        signing=_signing(),
        label=os.environ.get("DRAMATIS_LABEL", "").strip().lower(),
        lanes=_path("DRAMATIS_LANES"),
        servers=_servers(),
        ray=os.environ.get("DRAMATIS_RAY", "").strip(),
        wan=tuple(Path(place) for place in os.environ.get("DRAMATIS_WAN", "").split(os.pathsep) if place.strip()),
        memory=_gigabytes("DRAMATIS_MEMORY"),
    )


def token() -> str | None:
    """The token of the service's clients, if one is set."""
    return os.environ.get("DRAMATIS_TOKEN", "").strip() or None


def service_folder() -> Path:
    """Where the service keeps its files, unless another folder is named; raises `BriefError` if there is no home folder."""
    try:
        return Path(os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()) / "dramatis"
    except RuntimeError:
        raise BriefError("This user has no home folder; name a folder for the service with --folder.") from None


def folder_of(vault: Path) -> Path | None:
    """The folder that `vault` names; None if it is in a home folder that does not exist."""
    try:
        return vault.expanduser()
    except RuntimeError:
        return None


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_megabytes() -> float:
    """The most memory that this process has used so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def calculate_alike() -> None:
    """Numeric libraries that are loaded from now on use one thread, as in the workers: rounding of sums depends
    on the number of threads, and a film must not.
    """
    os.environ.update(_ONE_THREAD | _PRIVATE)


def keep_private() -> None:
    """Libraries for voices and recognition that are loaded from now on count nothing, send nothing and fetch nothing; onnxruntime
    reads its variable when it is imported.
    """
    os.environ.update(_PRIVATE)


@cache
def installed(part: str) -> str | None:
    """The version of an installed distribution, else None."""
    from importlib.metadata import PackageNotFoundError, version  # loads a mail parser

    try:
        return version(part)
    except PackageNotFoundError:
        return None


def worker_environment(root: str, directs: bool = False) -> dict[str, str]:
    """The environment of a worker, which finds the package in the folder `root`: this one, with one thread for each
    numeric library, since the workers are the parallelism. Only one that `directs` a film gets the keys of other servers.
    """
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    secret = {"DRAMATIS_TOKEN"} if directs else {"DRAMATIS_TOKEN", "DRAMATIS_LLM_KEY", "DRAMATIS_ENGINE_KEY"}
    own = {name: value for name, value in os.environ.items() if name not in secret}
    return {**own, **_ONE_THREAD, **_PRIVATE, "PYTHONPATH": os.pathsep.join(paths)}


def become_worker(root: str) -> None:
    """Give this process, a copy of another one, the environment of a worker."""
    own = worker_environment(root)
    for name in set(os.environ) - set(own):
        del os.environ[name]
    os.environ.update(own)


def _llm() -> ModelServer | None:
    url, model, key = (os.environ.get(f"DRAMATIS_LLM_{name}", "").strip() for name in ("URL", "MODEL", "KEY"))
    return ModelServer(url, model, key) if url else None


def _servers() -> tuple[tuple[str, str], ...]:
    """Addresses of servers that render, each with the key."""
    key = os.environ.get("DRAMATIS_ENGINE_KEY", "").strip()
    return tuple((url.strip(), key) for url in os.environ.get("DRAMATIS_ENGINE_URLS", "").split(",") if url.strip())


def _recognise() -> bool:
    return os.environ.get("DRAMATIS_RECOGNISER", "").strip().lower() != "none"


def _path(name: str) -> Path | None:
    return Path(os.environ[name]) if os.environ.get(name) else None


def _vault() -> Path:
    return Path(os.environ.get("DRAMATIS_VAULT") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "dramatis")


def _config() -> Path | None:
    given = os.environ.get("DRAMATIS_CONFIG", "").strip()
    if given.lower() == "none":
        return None
    return Path(given or Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config") / "dramatis")


def _signing() -> tuple[Path, Path] | None:
    given = [os.environ.get(f"DRAMATIS_SIGNING_{name}", "").strip() for name in ("CERT", "KEY")]
    if any(given) and not all(given):
        raise BriefError("DRAMATIS_SIGNING_CERT and DRAMATIS_SIGNING_KEY belong together: set both, or none.")
    return (Path(given[0]), Path(given[1])) if all(given) else None


def _gigabytes(name: str) -> float | None:
    given = os.environ.get(name, "").strip()
    if not given:
        return None
    try:
        found = float(given)
    except ValueError:
        found = 0.0
    if not 1 <= found <= 10_000:
        raise BriefError(f"{name} is {given!r}: a number of gigabytes from 1 on is allowed, such as 24.")
    return found


def _whole(name: str, most: int) -> int | None:
    given = os.environ.get(name, "").strip()
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or int(given) > most:
        raise BriefError(f"{name} is {given!r}: a whole number from 0 to {most} is allowed.")
    return int(given)
