"""Regular expressions over several lines, compiled on first use.

The director has about 300 expressions with several thousand alternatives. Compiling all of them takes about half a second, so
each one is compiled when it is first needed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Pattern:
    """A regular expression with the methods of `re.Pattern`.

    Line breaks and indentation are not part of it, so that a long expression has a line for each group of alternatives. Spaces
    within a line are: unlike in `re.VERBOSE`, expressions for phrases stay readable. A `Pattern` may be a part of another one.
    """

    source: str
    flags: int = 0

    @cached_property
    def pattern(self) -> str:
        """The expression in one line."""
        return "".join(line.strip(" ") for line in self.source.split("\n")) if "\n" in self.source else self.source

    def __str__(self) -> str:
        """The expression, as a part of another one."""
        return self.pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.compiled.search(text, at)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text, at)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text, *span)

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`."""
        return self.compiled.findall(text)

    def split(self, text: str) -> list[str]:
        """As `re.Pattern.split`."""
        return self.compiled.split(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self.compiled.sub(new, text)
