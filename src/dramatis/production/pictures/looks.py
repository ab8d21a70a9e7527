"""Mattes and covers of the people in a picture, on its canvas. Results are cached under the digest of this code."""

from dramatis.media.face import Face
from dramatis.media.faces.covers import Cover
from dramatis.media.still import Matte, Still


def seen(still: Still, faces: tuple[Face, ...]) -> list[tuple[Matte | None, Cover, bool]]:
    """For each character on the canvas: its matte, the cover of its face, and whether it is an animal.

    An animal gets no matte: the segmentation of people cuts off ears and paws.
    """
    from dramatis.media.faces.animals import is_animal
    from dramatis.media.faces.covers import find_cover
    from dramatis.media.faces.face_finding import person_mattes

    animals = [is_animal(still, face) for face in faces]
    covers = [Cover() if animal else find_cover(still, face) for face, animal in zip(faces, animals, strict=True)]
    mattes = [None if animal else matte for matte, animal in zip(person_mattes(still, faces), animals, strict=True)]
    return list(zip(mattes, covers, animals, strict=True))
