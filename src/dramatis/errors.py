"""The one exception tree. A message says what was given, what is allowed and what to do.

    DramatisError           anything that a user can mend; the command line prints it and exits with 2
    +-- BriefError          the brief, storyline, job file or an option is wrong
    +-- PictureError        a picture cannot be read or used
    |   +-- FaceError       no usable face where one is needed
    +-- VoiceError          a sound cannot be read or used
    +-- EngineError         an engine is unknown, missing a part, or refuses a take
    |   +-- LaneError       one of several places that render cannot go on; another may do its work
    +-- OutputError         the film cannot be written where it was asked for
    +-- ServiceError        the service refuses a request; it has a code for programs and an HTTP status
    Cancelled               the user stopped the work (not an error: nothing is wrong)

`ValueError` and `TypeError` are for programmers; users never see them.
"""


class DramatisError(Exception):
    """The user's input cannot be used; the message says what to do."""


class BriefError(DramatisError):
    """A brief, a storyline, a job file or an option is wrong."""


class PictureError(DramatisError):
    """A picture cannot be read or used."""


class FaceError(PictureError):
    """A picture has no usable face where one is needed."""


class VoiceError(DramatisError):
    """A sound cannot be read or used."""


class EngineError(DramatisError):
    """An engine is unknown, lacks a part, or refuses a take."""


class LaneError(EngineError):
    """A machine or a server that renders cannot go on; others can render its takes. The message says what is wrong there."""


class OutputError(DramatisError):
    """The film cannot be written where it was asked for."""


class ServiceError(DramatisError):
    """The service refuses a request. `code` is for programs, `status` is HTTP's, `param` names what was wrong in the request."""

    def __init__(self, message: str, code: str = "invalid_request", status: int = 400, param: str | None = None) -> None:
        super().__init__(message)
        self.code, self.status, self.param = code, status, param


class Cancelled(Exception):  # noqa: N818 - it names what happened, not a fault
    """The user stopped the work; raised by `on_event` and passed through everything."""
