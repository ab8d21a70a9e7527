"""A table of films: a row each, and no film over another."""

import pytest

from dramatis.errors import BriefError
from dramatis.production.film_table import rows_of


def test_films_without_a_name_are_numbered_and_names_stay_in_the_folder() -> None:
    rows = rows_of("prompt,output\nA cat waves.,\nA robot nods.,../robot.mp4\n")
    assert [row.output for row in rows] == ["film-001.mp4", "robot.mp4"]


def test_two_films_of_one_name_are_refused() -> None:
    with pytest.raises(BriefError, match=r'Rows 1 and 3 both make "a\.mp4"'):
        rows_of("prompt,output\nA cat.,a.mp4\nA dog.,b.mp4\nA robot.,./a.mp4\n")
