"""Guesses from name, looks or voice whether a person is a woman or a man, before the prompt is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from dramatis.director.claims import AudioReport, Material
from dramatis.director.picture.appearance import Appearance, appearance

_LOW, _HIGH, _APART = 140.0, 190.0, 1.3  # Hz of men's and women's voices, and how many times higher a woman's is than a man's
_WOMEN = (
    "noor mira mia mary anna anne ann emma eva lena lisa laura julia sara sarah sophie sofia maria "
    "marie jane alice grace amy emily "
    "olivia kate lucy rose ruby zoe nina nora clara cleo bella ella chloe hannah helen irene joan "
    "linda susan karen mei ling xiaomei yuki "
    "priya fatima aisha leila carmen ines elena olga ivy ada betty carol diana eve fiona gina hana"
)
_MEN = (
    "tom leo ben dan jack john james bob rob robert bill david adam alex max sam paul peter mark "
    "luke noah liam oscar otto omar ali ahmed "
    "ivan igor juan jose carlos pedro hans karl fritz henry george charles frank fred gary greg "
    "harry hugo jim joe ken kevin larry martin "
    "matt mike michael nick phil ray simon steve ted tim victor will wei ming kenji raj"
)
_WOMENS_SIGNS, _MENS_SIGNS = "娜丽莉娅雅芳婷玲霞燕梅兰花妹娟琳诺美婉倩莎妮婷姐妈", "强伟刚军杰勇涛磊斌龙鹏姆奥斯克哥爸雄"

_WOMENS_NOUNS = (
    "woman girl lady mother mum mom mama grandmother grandma granny wife sister aunt daughter queen princess actress waitress "
    "女人 女孩 女士 女子 妈妈 母亲 奶奶 外婆 姥姥 妻子 姐姐 妹妹 阿姨 女儿 孙女"
)
_MENS_NOUNS = (
    "man boy guy gentleman father dad papa grandfather grandpa grandad husband brother uncle son king prince actor waiter "
    "男人 男孩 男士 男子 爸爸 父亲 爷爷 外公 姥爷 丈夫 哥哥 弟弟 叔叔 儿子 孙子"
)
_ALSO_WORDS = (
    "bob",
    "will",
    "mark",
    "rose",
    "grace",
    "ray",
    "frank",
    "bill",
    "rob",
    "jack",
    "harry",
    "max",
    "eve",
    "carol",
    "ruby",
    "ivy",
    "ken",
)
NAMES = "|".join(name for name in f"{_WOMEN} {_MEN}".split(" ") if name not in _ALSO_WORDS)
"""A pattern for names that are no words."""
CAPITALISED = "|".join(name.capitalize() for name in (*_WOMEN.split(" "), *_MEN.split(" ")))
"""A pattern for names, written as such."""


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a person beside the name: "f" or "m" (else ""), from what look (else ""), whether they have a voice, and
    how they look.
    """

    sex: str = ""
    why: str = ""
    voiced: bool = False
    looks: Appearance = field(default_factory=Appearance)


def known(names: Sequence[str], looks: Sequence[Appearance], pitches: Sequence[float]) -> tuple[Known, ...]:
    """By the name; else by long hair where others have none; else by the voice, where all have one.

    `looks` may be empty; `pitches` are in Hz, 0 where there is no voice.
    """
    own = looks or [Appearance() for _ in names]
    long = [one.long_hair for one in own]
    found = []
    for name, look, pitch in zip(names, own, pitches, strict=True):
        sex, why = sex_of(name), ""
        if not sex and look.long_hair and not all(long):
            sex, why = "f", "long hair"
        if not sex and not any(long) and all(pitches):
            sex = sounding(pitch, pitches)
        found.append(Known(sex, why, pitch > 0, look))
    return tuple(found)


def acquaintances(material: Material, audio: AudioReport) -> tuple[Known, ...]:
    """What is known of everybody in a material, in its order."""
    names = material.names
    seen = {name: appearance(shown.still, face) for shown in material.pictures for name, face in shown.faces}
    voiced = {
        name: [pitch for track in audio.tracks if track.who == name for pitch in track.pitch if pitch > 0] for name in names
    }
    pitches = [median(voiced[name]) if voiced[name] else 0.0 for name in names]
    looks = [seen.get(name, Appearance()) for name in names]
    return known(names, looks, pitches)


def sounding(pitch: float, pitches: Sequence[float]) -> str:
    """The sex that a voice sounds like, where it is plain: by itself, or far above or below the others."""
    if pitch <= _LOW or pitch * _APART <= min((other for other in pitches if other != pitch), default=0.0):
        return "m"
    apart = len(pitches) > 1 and pitch >= _APART * max((other for other in pitches if other != pitch), default=pitch)
    return "f" if pitch >= _HIGH or apart else ""


def sex_of(name: str) -> str:
    """ "f" or "m" where a name, or a noun that serves as one, says so, else ""."""
    first = name.strip().lower().split(" ")[0] if name.strip() else ""
    if first in f"{_WOMEN} {_WOMENS_NOUNS}".split(" ") or (first and first[-1] in _WOMENS_SIGNS):
        return "f"
    return "m" if first in f"{_MEN} {_MENS_NOUNS}".split(" ") or (first and first[-1] in _MENS_SIGNS) else ""
