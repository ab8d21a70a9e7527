"""`python -m benchmarks clients`: other people's clients, unchanged, against `dramatis serve`.

`kling-api` 1.0.0 is installed by npm into a scratch folder (so this needs node, npm and a network). It signs its own tokens and
talks HTTPS only: the server gets a certificate that is made here, and node is told to trust it.
"""

import datetime
import ipaddress
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.serving.service import served

_EXAMPLES = Path(__file__).parents[2] / "examples"
_KEY, _SECRET = "an-access-key", "a-secret-key-of-this-run"
_SCRIPT = """
import { KlingAPI } from 'kling-api';
import { writeFileSync } from 'node:fs';
const [address, image, sound, output, accessKey, secretKey] = process.argv.slice(2);
const api = new KlingAPI({ accessKey, secretKey, baseUrl: `${address}/kling` });
const made = await api.createAvatar({ image, sound_file: sound, prompt: 'She smiles.', mode: 'std', external_task_id: 'mine' });
const seen = new Set([made.data.task_status]);
let task;
do {
  await new Promise((done) => setTimeout(done, 500));
  task = await api.queryAvatarTask(made.data.task_id);
  seen.add(task.data.task_status);
} while (!['succeed', 'failed'].includes(task.data.task_status));
const video = task.data.task_result.videos[0];
const film = video ? Buffer.from(await (await fetch(video.url)).arrayBuffer()) : Buffer.alloc(0);
writeFileSync(output, film);
let refused = '';
try { await api.createAvatar({ image, sound_file: sound, external_task_id: 'mine' }); } catch (fault) { refused = fault.message; }
console.log(JSON.stringify({ states: [...seen], message: task.data.task_status_msg, duration: video?.duration, bytes: film.length,
  refused }));
"""


def run(folder: Path) -> None:
    """Print what the client saw."""
    if shutil.which("npm") is None:
        print("There is no npm here; the same wire is held by tests/service/test_kling.py.")
        return
    place, film = folder / "kling-api", folder / "kling-api.mp4"
    place.mkdir(exist_ok=True)
    (place / "package.json").write_text('{"private": true, "type": "module"}')
    subprocess.run(["npm", "install", "--silent", "kling-api@1.0.0"], cwd=place, check=True)
    (place / "film.js").write_text(_SCRIPT)
    pem = folder / "certificate.pem"
    pem.write_bytes(_certificate())
    tokens = folder / "tokens.txt"
    tokens.write_text(f"{_KEY} {_SECRET}\n")
    with served(folder / "service", "--tokens", str(tokens), "--certificate", str(pem)) as (address, _):
        started = time.monotonic()
        found = subprocess.run(
            ["node", "film.js", address, str(_EXAMPLES / "mira.png"), str(_EXAMPLES / "mira.flac"), str(film), _KEY, _SECRET],
            cwd=place, capture_output=True, text=True, check=True, env={**os.environ, "NODE_EXTRA_CA_CERTS": str(pem)},
        )  # fmt: skip
    print(f"kling-api 1.0.0: {json.dumps(json.loads(found.stdout), indent=2)}\nin {time.monotonic() - started:.1f} s; {film}")


def _certificate() -> bytes:
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dramatis, a test")])
    named = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1)).add_extension(named, critical=False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signed.public_bytes(serialization.Encoding.PEM) + private
