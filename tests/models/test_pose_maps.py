"""A pose sequence as pictures: keypoints are lit where they are, and numbers lie where they are seen."""

import numpy as np
import torch

from dramatis.models.pose_maps import CHANNELS, pose_maps
from dramatis.models.pose_sequence import NUMBERS, ORIGINS, POINTS, SUMS

ROWS = (torch.arange(9) + 0.5) / 9 - 0.5
COLUMNS = (torch.arange(16) + 0.5 - 8) / 9


def at(place: tuple[float, float]) -> torch.Tensor:
    """A film of one latent frame in which every keypoint is at a place, picture heights right and down."""
    points = torch.tensor(np.linalg.inv(SUMS) @ np.tile(np.array(place, np.float32), (len(POINTS), 1)))
    film = torch.zeros(1, 1, 4, len(NUMBERS))
    film[..., : 2 * len(POINTS)] = points.flatten()
    return film


def test_places_add_up_along_their_origins() -> None:
    random = np.random.default_rng(0)
    measured = random.normal(size=(len(POINTS), 2)).astype(np.float32)
    found = SUMS @ measured
    for row, point in enumerate(POINTS):
        origin = found[POINTS.index(ORIGINS[point])] if point in ORIGINS else 0
        np.testing.assert_allclose(found[row], measured[row] + origin, atol=1e-6)


def test_a_keypoint_is_brightest_in_its_own_cell_and_tells_its_direction() -> None:
    film = at((0.35, -0.2))
    maps = pose_maps(torch.zeros_like(film), film, ROWS, COLUMNS)
    assert maps.shape == (1, CHANNELS, 1, 9, 16)
    near, down, right = maps[0, :, 0].unflatten(0, (4, -1))[3, : 3 * len(POINTS)].unflatten(0, (3, len(POINTS)))
    row, column = divmod(int(near[0].argmax()), 16)
    assert abs(float(ROWS[row]) + 0.2) < 0.056
    assert abs(float(COLUMNS[column]) - 0.35) < 0.056
    assert float(down[0, row + 1, column]) > 0 > float(down[0, row - 1, column])
    assert float(right[0, row, column + 1]) > 0 > float(right[0, row, column - 1])


def test_numbers_are_lit_where_they_are_seen_alone() -> None:
    film = at((0.0, 0.0))
    smiling = torch.zeros_like(film)
    smiling[:, :, 2, NUMBERS.index("smile")] = -2.0
    changed = (pose_maps(smiling, film, ROWS, COLUMNS) - pose_maps(torch.zeros_like(film), film, ROWS, COLUMNS))[0, :, 0]
    lit = changed.flatten(1).abs().amax(1).unflatten(0, (4, -1)).nonzero()
    assert lit[:, 0].tolist() == [2]
    assert float(changed[:, 4, 7:9].min()) < -1.0
    assert float(changed[:, 0].abs().max()) < 0.01
