"""How a drawn character and its place can look: the words that an engine of drawn characters knows for each attribute."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attributes:
    """The values of each attribute that can be drawn, in the words of the stage (`stage.play.script`)."""

    species: tuple[str, ...] = ()
    skins: tuple[str, ...] = ()
    hairs: tuple[str, ...] = ()
    hair_colours: tuple[str, ...] = ()
    beards: tuple[str, ...] = ()
    glasses: tuple[str, ...] = ()
    clothes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    """Of the clothes."""
    sets: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    weathers: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    framings: tuple[str, ...] = ()
    """Of FRAMINGS."""
    builds: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    happenings: tuple[str, ...] = ()
    """What goes on in the place beside the people."""


@dataclass(frozen=True)
class Looks:
    """How one character looks: one value of each attribute; "" where nothing is said."""

    species: str = ""
    skin: str = ""
    hair: str = ""
    hair_colour: str = ""
    beard: str = ""
    glasses: str = ""
    clothes: str = ""
    colour: str = ""
    build: str = ""
    face: str = ""
    """Its shape."""
