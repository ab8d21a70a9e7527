"""Marks of people (`people.py`) in a piece of text: who they are, and whom a clause is about."""

import re

from dramatis.director.pattern import Pattern
from dramatis.director.text.people import FIRST_MARK, LAST_MARK, MARKS

_VERB = Pattern(r"^(?:(?:and|then|\w+ly) )*[a-z]{2,}(?:[^su]s|ed)(?: |$)|^(?:看|望|见|对|向|朝|给|和|跟)")
"""A verb at the head of a clause, in English in the third person or in the past."""
_BESIDE = Pattern(rf"{MARKS}+ (?:with|in|tall|short|old|young|an?) ")


def people_in(marks: str) -> tuple[int, ...]:
    """Places in the cast of everybody who is marked in a piece of text, without doubles."""
    return tuple(dict.fromkeys(ord(mark) - FIRST_MARK for mark in marks if FIRST_MARK <= ord(mark) <= LAST_MARK))


def first_of(text: str) -> int | None:
    """The next person who is marked, by place in the cast; None: nobody, or several at once."""
    found = re.search(f"{MARKS}+", text)
    named = people_in(found[0]) if found else ()
    return named[0] if len(named) == 1 else None


def subject_marks(text: str, subject: tuple[int, ...], first: bool) -> str:
    """Whom a clause is about; "" where its sentence has a subject and these people stand behind a verb ("sees MARK"), and where
    it only says, behind its sentence's `first` clause, how they look ("MARK with a beard").
    """
    found = re.search(f"{MARKS}+", text)
    if found is None or (subject and _VERB.search(text[: found.start()])) or (not first and _BESIDE.match(text)):
        return ""
    return found[0]


def last_marks(text: str) -> str:
    """The last people who are marked in a text; "": nobody."""
    found = re.findall(f"{MARKS}+", text)
    return found[-1] if found else ""


def first_marks(text: str) -> str:
    """The first people who are marked in a text; "": nobody."""
    found = re.search(f"{MARKS}+", text)
    return found[0] if found else ""
