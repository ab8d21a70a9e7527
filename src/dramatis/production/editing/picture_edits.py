"""Edits of what is seen: backgrounds, pictures and looks of characters, regions that stay as they are, seeds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dramatis.conditioning.reading import scenery_of
from dramatis.errors import BriefError, PictureError
from dramatis.media.files import check_source
from dramatis.production.assets import Assets
from dramatis.production.stock import check_canvas
from dramatis.story import Character, Region, Shot, Storyline
from dramatis.story.checks import check_storyline
from dramatis.take import Limits

_Change = Callable[[Shot], Shot]
Places = frozenset[int]
"""The places of the shots that are edited."""
_SETS = "in a kitchen, on a beach, in a park, at night, in the rain"


def with_background(storyline: Storyline, ground: str, places: Places, limits: Limits) -> Storyline:
    """Another background: the path of a picture behind people of pictures, or words where the place is drawn."""
    if limits.draws is None:
        if not limits.needs_face:
            raise BriefError(f'The engine "{storyline.engine}" cannot replace the background; say the place in its words.')
        check_source(Path(ground), "picture", PictureError)
        return _each(storyline, places, lambda shot: replace(shot, background=ground))
    wanted = {name: value for name, value in vars(scenery_of(ground)).items() if value}
    if not wanted:
        raise BriefError(f'"{ground}" is no place that the engine "{storyline.engine}" draws; say it as in: {_SETS}.')

    def placed(shot: Shot) -> Shot:
        told = [line for line in shot.direction.words.split("\n") if not _about(line, set(wanted))]
        return replace(shot, direction=replace(shot.direction, words="\n".join([*filter(None, told), ground])))

    return _each(storyline, places, placed)


def with_portrait(storyline: Storyline, name: str, picture: str, places: Places) -> Storyline:
    """Another picture of a character, in shots that show nobody else in the old one; who may use the old one says nothing of it.

    Raises `BriefError`.
    """
    who = _character(storyline, name)
    shared = [at for at in places if storyline.shots[at].picture == who.portrait and storyline.shots[at].cast != (name,)]
    if not who.portrait:
        raise BriefError(f'"{name}" has no picture in this film; describe other looks with --look.')
    if shared:
        others = ", ".join(other for other in storyline.shots[shared[0]].cast if other != name)
        raise BriefError(
            f"The picture of {name} shows {others}, too (shot {shared[0] + 1}); give a picture of all of them as a new film."
        )
    shots = _each(storyline, places, lambda shot: replace(shot, picture=picture) if shot.picture == who.portrait else shot)
    if not all(shot.picture != who.portrait for shot in shots.shots):
        return shots  # other shots still show the old picture
    cast = tuple(replace(one, portrait=picture, face=None, consent="") if one.name == name else one for one in storyline.cast)
    return replace(shots, cast=cast)


def with_size(storyline: Storyline, size: tuple[int, int], assets: Assets, limits: Limits) -> Storyline:
    """The same film in another shape or size; raises `DramatisError` where the faces of a picture do not fit it."""
    made = replace(storyline, canvas=replace(storyline.canvas, width=size[0], height=size[1]))
    check_canvas(check_storyline(made), assets, limits)
    return made


def with_look(storyline: Storyline, name: str, look: str, limits: Limits) -> Storyline:
    """Other looks of a drawn character in the whole film, in place of all that was said of them."""
    who = _character(storyline, name)
    if limits.draws is None:
        raise BriefError(f'The engine "{storyline.engine}" does not draw people from words; give a picture with --portrait.')
    cast = tuple(replace(one, look=look) if one is who else one for one in storyline.cast)
    shots = tuple(
        replace(shot, direction=replace(shot.direction, words=_said_anew(shot.direction.words, who.look, look)))
        for shot in storyline.shots
    )
    return replace(storyline, cast=cast, shots=shots)


def with_kept(storyline: Storyline, region: Region, places: Places) -> Storyline:
    """A region of the picture that stays as it is."""
    return _each(
        storyline,
        places,
        lambda shot: replace(shot, direction=replace(shot.direction, keep=(*shot.direction.keep, region))),
    )


def with_seed(storyline: Storyline, seed: int, places: Places) -> Storyline:
    """Other takes of shots: people move by this seed, and who they are and where stays."""
    return _each(storyline, places, lambda shot: replace(shot, seed=seed))


def _each(storyline: Storyline, places: Places, change: _Change) -> Storyline:
    return replace(storyline, shots=tuple(change(shot) if at in places else shot for at, shot in enumerate(storyline.shots)))


def _character(storyline: Storyline, name: str) -> Character:
    found = [who for who in storyline.cast if who.name == name]
    if not found:
        raise BriefError(f'There is no "{name}" in the cast: {", ".join(who.name for who in storyline.cast)}.')
    return found[0]


def _about(line: str, attributes: set[str]) -> bool:
    return any(value and name in attributes for name, value in vars(scenery_of(line)).items())


def _said_anew(words: str, old: str, new: str) -> str:
    return "\n".join(new if old and line == old else line for line in words.split("\n"))
