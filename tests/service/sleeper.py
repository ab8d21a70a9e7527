"""A child that takes its time, or dies."""

import os
import time

from dramatis.service.child_loop import Say, serve
from dramatis.service.records import Plain


def handled(request: Plain, _say: Say) -> Plain:
    """Never in time."""
    if request.get("die"):
        os._exit(3)
    time.sleep(60)
    return {}


if __name__ == "__main__":
    serve(handled)
