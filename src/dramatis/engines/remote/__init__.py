"""An engine that is a server: takes are rendered by open weights on somebody's graphics card.

Begin with `engine`. `families` says what each published model can do; `servers` finds out what a server is and has;
`division` which of several film and which draft; `take_requests` turns a take into pictures, sounds and words; a file for each
kind of server speaks its protocol (`vllm_and_sglang`, `lightx2v`, `dramatis_service`); `exchange` submits, waits, fetches, and
tells a lost server from a job that failed; `received_frames` makes of the film what was asked for.
"""

from dramatis.engines.remote.division import divided
from dramatis.engines.remote.engine import RemoteEngine
from dramatis.engines.remote.servers import Server

__all__ = ["RemoteEngine", "Server", "divided"]
