"""An example of each call in the OpenAPI document, as a command for curl (`x-codeSamples`). Tests run every one of them."""

import json
import shlex
from typing import Any

from fastapi import FastAPI

from dramatis.service.records import Plain

_ADDRESS = "http://127.0.0.1:8765"
_FILE = "@me.png"


class DescribedAPI(FastAPI):
    """An application whose document has examples."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            for path, verbs in document["paths"].items():
                for verb, call in verbs.items():
                    call["x-codeSamples"] = [{"lang": "Shell", "label": "curl", "source": sample(verb.upper(), path, call)}]
        return super().openapi()


def sample(verb: str, path: str, call: Plain) -> str:
    """A command that makes the call; what stands in braces is an id."""
    needed = [parameter for parameter in call.get("parameters", ()) if parameter["in"] == "query" and parameter["required"]]
    query = "&".join(f"{parameter['name']}={parameter['schema']['examples'][0]}" for parameter in needed)
    words = ["curl", *([] if verb == "GET" else ["-X", verb]), f"{_ADDRESS}{path}" + (f"?{query}" if query else "")]
    for kind, body in call.get("requestBody", {}).get("content", {}).items():
        if kind == "application/json":
            words += ["-H", f"Content-Type: {kind}", "-d", json.dumps(body["example"], ensure_ascii=False)]
        elif kind == "multipart/form-data":
            fields = body.get("example") or {"file": _FILE}
            words += [word for name, value in fields.items() for word in ("-F", f"{name}={value}")]
        else:
            words += ["--data-binary", str(body["example"])]
    return shlex.join(words)
