"""How a line is said, from words beside it: a voice by name, rate, pitch, loudness, and what a feeling does to them.

    Noor (voice: af_heart, slow, high): Hello.
    Tom (angry, 2.5 s): Where is my tea?

What follows `voice:` is for the synthesiser alone, and so is a length; a feeling is for the actors, too.
"""

import re
from dataclasses import dataclass, field
from functools import reduce

from dramatis.errors import BriefError
from dramatis.speech.synthesis.spoken import Delivery

_ASKED = re.compile(r"[,;，；\s]*(?:voice|声音|嗓音)\s*[:：]\s*(?P<asked>[^;；\n]*)", re.IGNORECASE)
_NAME = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?(?:\+\w+)?|[a-z]+_[a-z_]+", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:^|[,，、;；])\s*(?:in )?(\d{1,3}(?:\.\d{1,2})?) ?(?:s|secs?|seconds?|秒)\s*(?=$|[,，、;；])", re.IGNORECASE
)
_ORDERS: dict[str, Delivery] = {
    "very slow": Delivery(rate=0.75), "slow": Delivery(rate=0.85), "fast": Delivery(rate=1.15), "very fast": Delivery(rate=1.3),
    "very high": Delivery(pitch=1.25), "high": Delivery(pitch=1.12), "low": Delivery(pitch=0.88),
    "very low": Delivery(pitch=0.78),
    "loud": Delivery(gain=3.0), "quiet": Delivery(gain=-5.0),
    "很慢": Delivery(rate=0.75), "慢": Delivery(rate=0.85), "快": Delivery(rate=1.15), "很快": Delivery(rate=1.3),
    "高": Delivery(pitch=1.12), "低": Delivery(pitch=0.88), "大声": Delivery(gain=3.0), "小声": Delivery(gain=-5.0),
}  # fmt: skip
_FEELINGS: tuple[tuple[str, Delivery], ...] = (
    (r"whisper\w*|under (?:her|his|their) breath|低声|耳语|悄悄", Delivery(0.92, 0.96, -8.0)),
    (r"shout\w*|yell\w*|scream\w*|calls? out|大喊|喊叫|喊道", Delivery(1.02, 1.12, 4.0)),
    (r"angr\w+|furious\w*|irritat\w+|annoyed|snaps?|生气|愤怒|恼火", Delivery(1.05, 1.04, 2.5)),
    (r"excited\w*|thrilled|delight\w+|激动|兴奋", Delivery(1.08, 1.1, 1.5)),
    (r"happ\w+|joy\w*|cheerful\w*|laugh\w*|smil\w+|grin\w*|高兴|开心|笑", Delivery(1.04, 1.06, 0.5)),
    (r"sad\w*|sob\w*|cry(?:ing)?|cries|tear\w*|griev\w+|难过|悲伤|伤心|哭", Delivery(0.88, 0.95, -2.0)),
    (r"afraid|scared|fear\w*|terrified|nervous\w*|panic\w*|害怕|紧张|恐惧", Delivery(1.1, 1.1, -0.5)),
    (r"surpris\w+|amaz\w+|astonish\w+|shocked|惊讶|吃惊|震惊", Delivery(1.02, 1.12, 1.0)),
    (r"tired\w*|bored|exhausted|sleepy|weary|疲惫|疲倦|无聊", Delivery(0.88, 0.94, -2.0)),
    (r"calm\w*|gentl[ey]|soft\w*|tender\w*|温柔|平静|轻声", Delivery(0.95, 0.98, -2.0)),
)
SEXES = {"woman": "f", "man": "m", "女声": "f", "男声": "m"}
"""Whose voice it is to be, by the word for it."""


@dataclass(frozen=True)
class Manner:
    """The voice that was asked for by name ("": none), how it speaks, the seconds that the line is to last (0: any), and whether
    a woman ("f") or a man ("m") speaks ("": that is open).
    """

    voice: str = ""
    prosody: Delivery = field(default_factory=Delivery)
    seconds: float = 0.0
    sex: str = ""

    def over(self, usual: "Manner") -> "Manner":
        """This one, and what it leaves open from another."""
        return Manner(
            self.voice or usual.voice, usual.prosody.then(self.prosody), self.seconds or usual.seconds, self.sex or usual.sex
        )


def manner_of(note: str) -> tuple[Manner, str]:
    """The manner that a stage direction asks for, and the direction without what only concerns the voice; raises `BriefError`."""
    asked = _ASKED.search(note)
    rest = note if asked is None else (note[: asked.start()] + note[asked.end() :]).strip(" ,;，；")
    seconds, rest = _length(rest)
    manner = Manner(prosody=feeling(rest), seconds=seconds)
    return (manner if asked is None else asked_for(asked["asked"]).over(manner)), rest


def feeling(words: str) -> Delivery:
    """What the feeling that is named in free words does to a voice."""
    return next((prosody for named, prosody in _FEELINGS if re.search(rf"(?<!\w)(?:{named})", words, re.IGNORECASE)), Delivery())


def asked_for(text: str) -> Manner:
    """A manner such as `af_heart, slow, high`; raises `BriefError`."""
    seconds, text = _length(text)
    words = [word.strip() for word in re.split(r"[,，、]", text) if word.strip()]
    orders = [_ORDERS[word.lower()] for word in words if word.lower() in _ORDERS]
    sexes = [SEXES[word.lower()] for word in words if word.lower() in SEXES]
    names = [word for word in words if word.lower() not in _ORDERS and word.lower() not in SEXES]
    strange = [name for name in names if not _NAME.fullmatch(name)]
    if strange or len(names) > 1:
        allowed = ", ".join(word for word in _ORDERS if word.isascii())
        raise BriefError(
            f'"{(strange or names)[-1]}" says nothing about a voice: give one name (dramatis voices lists them), {allowed}, '
            "or a length such as 4 s."
        )
    return Manner("".join(names), reduce(Delivery.then, orders, Delivery()), seconds, "".join(sexes[-1:]))


def _length(text: str) -> tuple[float, str]:
    """The length in a list of words (0: none is in it), and the other words."""
    found = [float(match[1]) for match in _LENGTH.finditer(text)]
    return found[-1] if found else 0.0, _LENGTH.sub("", text).strip(" ,，、;；") if found else text
