"""What a table of fields is made of: kinds, fields and shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """What stands after a key."""

    TEXT = "text"
    PHRASE = "phrase"
    """Text with placeholders."""
    ID = "id"
    WORD = "word"
    """One of the field's allowed words."""
    FLAG = "yes or no"
    DATE = "date"
    LINK = "link"
    BOTH = "en and ja"
    """The same sentence in both languages."""
    SECTION = "section"
    """A mapping with fields of its own."""
    NAMED = "sections by id"
    """A mapping of ids to sections."""


class Refers(StrEnum):
    """What an id must be the id of."""

    PRODUCT = "product"
    TEAM = "team"
    CAUSE = "cause"
    CLASS = "escalation class"
    STEP = "cause or check"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a section."""

    name: str
    kind: Kind
    says: str
    """What it means, in a plain sentence or two."""
    example: str = ""
    required: bool = False
    draft_may_lack: bool = False
    """Required, but not of a rule that is still a draft."""
    many: bool = False
    """A list of `kind`."""
    allowed: tuple[str, ...] = ()
    """For words; the first is the default of an optional field."""
    refers: Refers | None = None
    of: Shape | None = None
    """For sections."""
    en_words: int = 0
    """The most words in English; 0: no limit. Lint, not parser."""
    chars: int = 0
    """The most characters in either language."""
    ja_chars: int = 0
    """The most characters in Japanese."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping: the keys it may have."""

    name: str
    says: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Exactly one of these keys must be there."""
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    """The same fields by key, in the order of the documentation."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    def walk(self) -> Iterator[Shape]:
        """This shape and all below it, each once."""
        seen: dict[str, Shape] = {self.name: self}
        yield self
        for below in (f.of for f in self.fields if f.of):
            for shape in below.walk():
                if shape.name not in seen:
                    seen[shape.name] = shape
                    yield shape
