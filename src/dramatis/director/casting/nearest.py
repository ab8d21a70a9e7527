"""What is drawn where an engine cannot draw what the words say, and how likely each value is where they say nothing."""

from collections.abc import Mapping

_BEASTS = ("cat", "rabbit", "bear", "robot")
NEAREST: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "species": {
        "girl": ("woman",), "boy": ("man",), "queen": ("woman",), "king": ("man",), "cat": _BEASTS, "rabbit": _BEASTS,
        "bear": _BEASTS, "robot": (), "animal": _BEASTS, "child": ("girl", "boy"), "person": (), "role": (),
        "nobody": (),
    },
    "skins": {"pale": ("light",), "brown": ("dark", "tan"), "tan": ("brown", "light"), "dark": ("brown",), "light": ("pale",)},
    "hairs": {
        "bald": ("short",), "bob": ("short",), "ponytail": ("long", "bun"), "spiky": ("short",), "braids": ("ponytail", "long"),
        "mohawk": ("spiky", "short"), "bun": ("ponytail", "short"), "curly": ("long",), "long": ("curly",), "short": ("bob",),
    },
    "hair_colours": {
        "brown": ("black",), "grey": ("white", "blond"), "white": ("grey", "blond"), "pink": ("red",), "purple": ("blue", "red"),
        "green": ("blue",), "orange": ("red",), "yellow": ("blond",), "red": ("brown",), "blond": ("brown",), "blue": ("black",),
    },
    "beards": {"moustache": ("full",), "goatee": ("full",), "stubble": ("none",), "full": ("stubble",)},
    "glasses": {"square": ("round",), "dark": ("square", "round"), "round": ("square",), "any": ("round", "square")},
    "clothes": {
        "jacket": ("shirt",), "dress": ("shirt",), "sweater": ("hoodie", "shirt"), "stripes": ("shirt",), "hoodie": ("sweater",),
        "shirt": ("sweater",),
    },
    "colours": {
        "orange": ("red", "yellow"), "purple": ("blue",), "pink": ("red",), "grey": ("white", "blue"), "black": ("blue",),
        "brown": ("red",), "yellow": ("orange",), "white": ("grey",), "red": ("orange",), "blue": ("purple",),
    },
    "sets": {
        "kitchen": ("living room",), "bedroom": ("living room",), "bathroom": ("living room",), "cafe": ("living room",),
        "church": ("living room",), "stage": ("living room",), "classroom": ("office",), "library": ("office",),
        "studio": ("office",), "hospital": ("office",), "school": ("classroom", "office"), "shop": ("office",),
        "gym": ("office",),
        "street": ("park",), "forest": ("park",), "mountains": ("park",), "country": ("park",), "desert": ("beach",),
        "water": ("beach",), "vehicle": ("office",), "car": ("street", "park"), "living room": ("office",),
        "office": ("living room",), "park": ("forest",), "beach": ("park",),
    },
    "lights": {},
    "weathers": {},
    "styles": {
        "painting": ("shaded",), "realistic": ("shaded",), "sketch": ("outlined",), "outlined": ("flat",), "flat": ("outlined",),
    },
    "framings": {}, "builds": {}, "faces": {}, "happenings": {},
}  # fmt: skip
"""By attribute and value, what comes next to it, the nearest first; where none of it can be drawn, the seed chooses."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "outdoors": ("park", "beach", "street", "forest", "mountains"),
    "indoors": ("living room", "office", "kitchen", "classroom", "library"),
    "child": ("girl", "boy"),
    "person": ("woman", "man"),
    "any": ("round", "square"),
}
"""Words for several values, of which each will do."""
USUAL: Mapping[str, str] = {"lights": "day", "weathers": "clear", "happenings": "nothing"}
"""What is drawn without words, and what captions do not mention."""
WINDOWLESS = frozenset({"classroom", "stage"})
"""Sets in which no weather is seen: they have neither a sky nor a window."""
UNSEEN = frozenset({"cinematic", "documentary", "news", "cartoon"})
"""Styles of which a drawing has none the less."""
PRIORS: Mapping[str, Mapping[str, float]] = {
    "species": {"woman": 1.0, "man": 1.0, "girl": 0.0, "boy": 0.0, "cat": 0.0, "bear": 0.0, "rabbit": 0.0, "robot": 0.0},
    "hairs": {"long": 3.0, "bun": 2.0, "curly": 2.0, "short": 0.4, "bob": 1.5, "ponytail": 1.5, "bald": 0.0, "spiky": 0.2},
    "hairs of a man": {
        "short": 6.0,
        "curly": 2.0,
        "long": 0.1,
        "spiky": 0.7,
        "bald": 0.7,
        "bun": 0.05,
        "bob": 0.0,
        "ponytail": 0.05,
    },
    "hair_colours": {"black": 4.0, "brown": 4.0, "blond": 3.0, "red": 2.0, "grey": 0.7, "blue": 0.2},
    "beards": {"none": 3.0, "full": 1.5, "moustache": 0.5, "stubble": 0.7},
    "glasses": {"none": 3.0, "round": 1.0, "square": 0.7, "dark": 0.1},
    "clothes": {"dress": 0.5},
    "clothes of a man": {"dress": 0.0},
    "clothes of a creature": {"dress": 0.15},
    "glasses of a creature": {"none": 9.0, "dark": 0.1},
    "sets": {
        "living room": 2.0, "park": 2.0, "kitchen": 1.5, "street": 1.2, "office": 0.6, "forest": 0.6, "library": 0.5,
        "beach": 0.4, "mountains": 0.4, "classroom": 0.1, "stage": 0.1, "space": 0.05,
    },
    "styles": {"shaded": 3.0, "flat": 1.0, "outlined": 1.0, "sketch": 0.3},
    "builds": {"average": 2.0},
    "faces": {"oval": 3.0, "round": 2.0, "square": 0.3},
}  # fmt: skip
"""Weights of values that the words leave open, 1 where nothing is said; those of a man where there are such."""
