"""`dramatis serve`. The service is loaded by name, as engines are: the command line and the service do not import each other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.runtime.environment import service_folder, token


@dataclass(frozen=True)
class ServeOptions:
    """The options; `disk` in GB, `upload` in MB; `certificate` None: HTTP, `callbacks`: hosts that events may be sent to."""

    host: str
    port: int
    folder: Path | None
    tokens: Path | None
    films: int
    jobs: int
    disk: float
    upload: float
    callbacks: Sequence[str] = ()
    consent: bool = False
    certificate: Path | None = None


def served(options: ServeOptions) -> None:
    """Serve until the process is stopped."""
    for name, most in {"port": 65535, "films": 64, "jobs": 100_000, "disk": 1e6, "upload": 1e5}.items():
        given = getattr(options, name)
        if not (0 if name == "port" else 1) <= given <= most:
            raise BriefError(f"--{name} {given:g} cannot be used: up to {most:g} is allowed.")
    serving = import_module("dramatis.service.serving")

    def begun(address: str) -> None:
        print(f"{address} serves films; stop it with Ctrl-C.", flush=True)

    serving.serve({**asdict(options), "folder": options.folder or service_folder(), "token": token()}, begun)
