"""A light or a weather as what it does to colours. Grading each colour is the same as grading the picture, and costs nothing."""

import operator
from functools import lru_cache

Grade = tuple[float, ...]
"""What light or weather does to red, green and blue: rows of four factors and an offset, in 0..1; (): nothing."""


@lru_cache(maxsize=4096)
def graded(colour: int, grade: Grade) -> int:
    """A colour in a light."""
    if not grade:
        return colour
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    made = (sum(map(operator.mul, parts, grade[row : row + 3])) + grade[row + 4] for row in (0, 5, 10))
    red, green, blue = (round(255 * min(1.0, max(0.0, value))) for value in made)
    return red << 16 | green << 8 | blue
