"""Examples of requests for the OpenAPI document. Tests send each of them; `ASSET` stands for the id of an upload."""

PICTURE, VOICE = "asset_of_a_picture", "asset_of_a_voice"
BRIEF = {
    "version": 1,
    "cast": [{"name": "Mira", "portrait": PICTURE, "voice": VOICE}],
    "prompt": "She smiles, the camera pushes in slowly.",
    "size": [640, 360],
    "engine": "fake",
}
PROJECT = {"name": "A first film", "brief": BRIEF}
PLAN = {"prompt": "She is calm, then surprised."}
FILM = {"priority": 1}
TAKE = {"seed": 7}
BATCH = {"csv": "prompt,engine,size\nA cat waves.,drawn,160x90\n"}
EDITS: dict[str, object] = {"lines": [{"who": "Mira", "sound": VOICE}], "seed": 3}
LOOKED_AT: dict[str, object] = {}
DIRECT = {"brief": BRIEF}
ORDER = {"priority": 5}
SCRIPT = {"lines": [{"who": "Mira", "line": 0}, {"who": "Mira", "text": "And good evening."}]}
CAST = {"prompt": "Cat: Hello there! Robot: Good morning. The cat waves.", "names": []}
SESSION = {"token": "0123456789abcdef"}
STORYLINE = {
    "version": 2,
    "canvas": {"width": 640, "height": 360, "rate": {"frames": 25, "per": 1}},
    "cast": [{"name": "Mira", "portrait": PICTURE, "voice": VOICE}],
    "lines": [{"who": "Mira", "sound": VOICE, "start": 0.0}],
    "shots": [{"span": [0.0, 2.4], "picture": PICTURE, "cast": ["Mira"], "direction": {"words": "She smiles."}}],
    "engine": "fake",
}
