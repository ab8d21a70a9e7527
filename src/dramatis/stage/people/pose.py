"""The pose of a character at one time: the complete state for drawing and for the ground truth."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Pose:
    """One character in one instant. Angles in degrees; positions in units of the head's height unless said otherwise."""

    mouth: NDArray[np.float32] = field(default_factory=lambda: np.zeros(8, np.float32))
    """The eight channels of `speech.visemes.MOUTH`, 0..1; all zero is closed and at rest."""
    smile: float = 0.0
    """-1 (corners down) .. 1 (corners up)."""
    purse: float = 0.0
    """0..1: the mouth small and round-lipped, without opening."""
    brows: tuple[float, float] = (0.0, 0.0)
    """Inner and outer ends, -1 (down) .. 1 (up)."""
    one_brow: float = 0.0
    """How far the brow on the picture's right goes up and the other one down, -1..1: doubt."""
    lids: float = 1.0
    """0 shut, 1 open, above 1 wide."""
    squint: float = 0.0
    """Lower lids up, 0..1."""
    gaze: tuple[float, float] = (0.0, 0.0)
    """To the picture's right and down, -1..1."""
    yaw: float = 0.0
    """The head turns to the picture's right."""
    pitch: float = 0.0
    """The head nods down."""
    roll: float = 0.0
    """The head tilts clockwise as seen."""
    turn: float = 0.0
    """The shoulders turn to the picture's right."""
    lean: tuple[float, float] = (0.0, 0.0)
    """The body's shift to the right and down."""
    bow: float = 0.0
    """The upper body bends forward, degrees."""
    shrug: float = 0.0
    """Shoulders up, -1..1; below 0 they hang."""
    left_hand: tuple[float, float] | None = None
    """Where the hand on the picture's left is, from the neck's base, right and down; None: hanging down out of the way."""
    right_hand: tuple[float, float] | None = None
    hands: tuple[str, str] = ("open", "open")
    """What the two hands show: "open", "fist" or "point"."""
    waving: tuple[float, float] = (0.0, 0.0)
    """Each hand's turn about its wrist, clockwise."""
    tucked: tuple[bool, bool] = (False, False)
    """Whether each elbow stays at the body, as while somebody speaks with the hands."""
    hair: tuple[float, float] = (0.0, 0.0)
    """How far hair and cloth lag behind, right and down."""
    held: str | None = None
    """A thing in the right hand: "cup", "glasses", "box"."""
    glasses_on: bool = True
    seated: float = 0.0
    """0 stands, 1 sits."""
    sunk: float = 0.0
    """How far the hips are down on a chair; 0 while sitting: only the upper body goes down."""
    stride: float = 0.0
    """Where the legs are in their step, in steps; a whole number is at rest."""
    solid: bool = False
    """In films, not in training data: the chest of who turns hides the far arm, a beard follows the jaw, no robot blushes."""
    tears: float = 0.0
    flush: float = 0.0
    """Colour of the cheeks, 0..1."""
