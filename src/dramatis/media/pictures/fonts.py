"""Fonts: found in packages, or named by the user. For captions a sign that no font has is an error, never an empty box.

DejaVu Sans (Latin, Greek, Cyrillic) comes with matplotlib, which MediaPipe needs; Noto Sans CJK (Chinese, Japanese, Korean) comes
with the extra `captions`; else the font of the system is taken.
"""

import functools
import importlib.util
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dramatis.errors import OutputError
from dramatis.media.digests import digest_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

CJK_PACKAGE = "noto-cjk-sans-otc==0.0.1"
_DEJAVU = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans-Bold.ttf")
_CJK = ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")
_OF_SYSTEMS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/droid/DroidSansFallback.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
"""Paths of system fonts with Chinese, Japanese and Korean letters."""
_JAPANESE, _KOREAN, _CHINESE = 0, 1, 2
"""Which font of the collection: they draw some shared characters differently."""
_KANA, _HANGUL = ("\u3040", "\u30ff"), ("\uac00", "\ud7af")


@dataclass(frozen=True)
class Font:
    """A font file, which font of it if it is a collection, and whether it is light, so that letters are drawn thicker."""

    path: str
    number: int = 0
    light: bool = False

    @property
    def digest(self) -> str:
        """Content digest."""
        return _digest(self.path, self.number)

    def sized(self, pixels: int) -> "FreeTypeFont":
        """For drawing with Pillow; raises `OutputError` for a file that is no font."""
        return _sized(self.path, self.number, pixels)

    def missing(self, text: str) -> str:
        """The signs of a text that it does not have, each once."""
        signs = _signs(self.path, self.number)
        return "".join(sign for sign in dict.fromkeys(text) if not sign.isspace() and ord(sign) not in signs)


def font_for(text: str, given: Path | None = None) -> Font:
    """A font with every sign of a text: `given`, else one from a package. Raises `OutputError`, which names a missing sign."""
    if given is not None:
        return _checked(Font(str(given)), text, f"The font {given}", "name another with DRAMATIS_FONT")
    latin = _packaged(*_DEJAVU)
    if latin is not None and not Font(latin).missing(text):
        return Font(latin)
    asian = asian_font()
    if asian is not None:
        font = Font(asian, _language(text) if Path(asian).name == _CJK[1] else 0, light=True)
        return _checked(font, text, Path(asian).name, "name a font that has it with DRAMATIS_FONT=/path/to/font.ttf")
    if latin is None:
        raise OutputError("No font was found for captions; name one with DRAMATIS_FONT=/path/to/font.ttf.")
    what = "install one that does: pip install " + CJK_PACKAGE if any(map(is_wide, text)) else "name a font with DRAMATIS_FONT"
    return _checked(Font(latin), text, "DejaVu Sans", what)


def asian_font() -> str | None:
    """The path of a font with Chinese, Japanese and Korean letters: a package's, else the system's; None if there is none."""
    return _packaged(*_CJK) or next((path for path in _OF_SYSTEMS if Path(path).is_file()), None)


def is_wide(sign: str) -> bool:
    """Whether a sign takes a whole square, as those of Chinese, Japanese and Korean do."""
    return unicodedata.east_asian_width(sign) in "WF"


def _checked(font: Font, text: str, named: str, what: str) -> Font:
    missing = font.missing(text)
    if missing:
        sign = missing[0]
        raise OutputError(f'{named} does not have the sign "{sign}" (U+{ord(sign):04X}), which captions need; {what}.')
    return font


def _language(text: str) -> int:
    if any(_KANA[0] <= sign <= _KANA[1] for sign in text):
        return _JAPANESE
    return _KOREAN if any(_HANGUL[0] <= sign <= _HANGUL[1] for sign in text) else _CHINESE


def _packaged(package: str, name: str) -> str | None:
    """A file of an installed package, without importing it."""
    found = importlib.util.find_spec(package)
    for folder in found.submodule_search_locations or () if found is not None else ():
        if (Path(folder) / name).is_file():
            return str(Path(folder) / name)
    return None


@functools.cache
def _sized(path: str, number: int, pixels: int) -> "FreeTypeFont":
    from PIL import ImageFont

    try:
        return ImageFont.truetype(path, pixels, index=number, layout_engine=ImageFont.Layout.BASIC)
    except OSError as fault:
        raise OutputError(f"{path} cannot be used as a font ({fault}); name a .ttf, .otf or .ttc with DRAMATIS_FONT.") from fault


@functools.cache
def _signs(path: str, number: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with Path(path).open("rb") as file, TTFont(file, fontNumber=number, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError) as fault:
        raise OutputError(f"{path} cannot be used as a font ({fault}); name a .ttf, .otf or .ttc with DRAMATIS_FONT.") from fault


@functools.cache
def _digest(path: str, number: int) -> str:
    return digest_of(Path(path).read_bytes(), number)
