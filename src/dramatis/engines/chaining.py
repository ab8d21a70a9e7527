"""Takes that are longer than a network's window: windows of nearly equal lengths, each led by the end of the one before."""

from dataclasses import dataclass

from dramatis.models.compression import TIME


@dataclass(frozen=True)
class ClipWindow:
    """`count` frames (`4 k + 1`) from frame `start` of a take on; the first `motion` of them are the last of the one before."""

    start: int
    count: int
    motion: int


def windows(frames: int, most: int, motion: int) -> list[ClipWindow]:
    """Windows of at most `most` frames that cover a take of `frames`; all three are `4 k + 1`.

    In latent frames a window adds its own less those that it is led by; what is to be added is shared out evenly.
    """
    whole, longest, led = (frames - 1) // TIME, (most - 1) // TIME, (motion - 1) // TIME
    count = 1 if whole <= longest else 1 + -(-(whole - longest) // (longest - led))
    total = whole + (count - 1) * led
    made, done = [], 0
    for number in range(count):
        length = total * (number + 1) // count - total * number // count
        start = done - led if number else 0
        made.append(ClipWindow(TIME * start, TIME * length + 1, motion if number else 0))
        done = start + length
    return made
