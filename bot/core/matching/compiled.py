"""What finding phrases quickly needs, compiled once for a rule base: compact arrays, and anchors.

Each phrase is filed under the rarest n-grams of every stretch of it, so that any half of it can
be found, and common n-grams (`できません`, `error`) list next to nothing. That keeps the cost of a
look-up nearly independent of the number of phrases. Rarity also weighs the characters of a phrase:
what many rules, or many other error messages (`common`), say tells little (inverse document
frequency, Spärck Jones 1972).

Each phrase also has an anchor, its rarest few characters in a row: a whole phrase is found by one
pass over a text for all anchors at once (Aho & Corasick 1975) and a comparison where one stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from bot.core.matching.common import COMMON, MESSAGES
from bot.core.matching.grams import grams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.matching.grams import Hashes

FORMAT: Final = "3"
"""Changes when the arrays mean something else; part of the key of a cache."""
MOST_RARE: Final = 255
_LEAST_RARE: Final = 26
_STRETCH: Final = 6
"""N-grams of a phrase that share…"""
_FILED: Final = 2
"""…so many entries in the index."""
_ANCHOR: Final = 8
"""Characters of an anchor at most."""
_FEWEST_BITS, _MOST_BITS = 16, 22
_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class Compiled:
    """The arrays. An n-gram's bucket is given by the highest bits of its hash."""

    heads: npt.NDArray[np.uint32]
    """For each bucket where its record begins in `records`; 0: it lists nothing."""
    records: npt.NDArray[np.uint32]
    """Each a number of phrases times 256 plus their rarity (1 to 255), then those phrases."""
    rarity: npt.NDArray[np.uint8]
    """Of each bucket's n-grams, 26 to 255; 255 is an n-gram of one phrase, or of none."""
    filed: npt.NDArray[np.uint32]
    """For each phrase the sum of the rarity of what it is filed under."""
    anchors: tuple[str, ...]
    """For each phrase; empty for one that says nothing."""

    @property
    def shift(self) -> np.uint64:
        """By how much a hash is shifted to give the bucket."""
        return np.uint64(_BITS - (len(self.heads) - 1).bit_length())


def compile_phrases(phrases: Sequence[Sequence[str]]) -> Compiled:
    """Compile phrases, each given as its fixed parts, read and without blanks."""
    texts = ["".join(parts) for parts in phrases]
    hashes, owner, place = _all_grams(texts)
    bits = min(_MOST_BITS, max(_FEWEST_BITS, len(hashes).bit_length() + 1))
    buckets = _buckets(hashes, bits)
    counts = np.bincount(buckets, minlength=1 << bits)
    rarity = _rarity(counts + _elsewhere(bits), len(texts) + MESSAGES)
    owner, buckets_filed = _filed(owner, place, buckets, counts)
    heads, records = _records(owner, buckets_filed, rarity)
    filed = np.bincount(owner, rarity[buckets_filed], minlength=len(texts)).astype(np.uint32)
    shift = np.uint64(_BITS - bits)
    anchors = tuple(_anchor(parts, rarity, shift) for parts in phrases)
    return Compiled(heads, records, rarity, filed, anchors)


def rarities(text: str, compiled: Compiled) -> list[int]:
    """How rare the n-gram at each place of `text` is, 26 to 255."""
    rare: list[int] = compiled.rarity[grams(text) >> compiled.shift].tolist()
    return rare


Numbers = npt.NDArray[np.int64]


def _buckets(hashes: Hashes, bits: int) -> Numbers:
    return (hashes >> np.uint64(_BITS - bits)).astype(np.int64)


def _all_grams(texts: Sequence[str]) -> tuple[Hashes, Numbers, Numbers]:
    """All n-grams that are wholly within a text, which text that is, and where in it they are."""
    hashes = grams("\0".join(texts))
    lengths = np.array([len(text) for text in texts], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    at = np.arange(len(hashes))
    owner = np.searchsorted(ends, at, "right").clip(max=len(texts) - 1)
    place = at - (ends - lengths)[owner]
    width = np.where(_latin("\0".join(texts))[: len(hashes)], 4, 3)
    within = (at + width <= ends[owner]) & (place >= 0)
    return hashes[within], owner[within], place[within]


def _latin(text: str) -> npt.NDArray[np.bool_]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16) < 0x80


def _elsewhere(bits: int) -> Numbers:
    """For each bucket how many other messages have its n-grams, as far as they are many."""
    counts = np.zeros(1 << bits, np.int64)
    for messages, listed in COMMON.items():
        hashes, _, place = _all_grams(listed.split())
        counts += messages * np.bincount(_buckets(hashes[place == 0], bits), minlength=1 << bits)
    return counts


def _rarity(counts: Numbers, messages: int) -> npt.NDArray[np.uint8]:
    share = 1 - np.log(np.maximum(counts, 1)) / log(messages)
    return np.maximum(_LEAST_RARE, np.rint(share * MOST_RARE)).astype(np.uint8)


def _filed(
    owner: Numbers, place: Numbers, buckets: Numbers, counts: Numbers
) -> tuple[Numbers, Numbers]:
    """Which phrase is filed under which bucket: the rarest of each stretch, each pair once."""
    stretch = owner * (1 + place.max(initial=0) // _STRETCH) + place // _STRETCH
    order = np.lexsort((buckets, counts[buckets], stretch))
    stretch = stretch[order]
    begins = np.flatnonzero(np.concatenate(([True], stretch[1:] != stretch[:-1])))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    chosen = order[rank < _FILED]
    pairs = np.unique(np.stack((buckets[chosen], owner[chosen])), axis=1)
    return pairs[1], pairs[0]


def _records(
    owner: Numbers, buckets: Numbers, rarity: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    sizes = np.bincount(buckets, minlength=len(rarity))
    used = np.flatnonzero(sizes)
    heads = np.zeros(len(rarity), np.uint32)
    heads[used] = 1 + np.cumsum(sizes[used] + 1) - sizes[used] - 1
    records = np.zeros(1 + len(used) + len(owner), np.uint32)
    records[heads[used]] = (sizes[used] << 8) | rarity[used]
    taken = np.zeros(len(records), np.bool_)
    taken[0] = True
    taken[heads[used]] = True
    records[~taken] = owner
    return heads, records


def _anchor(parts: Sequence[str], rarity: npt.NDArray[np.uint8], shift: np.uint64) -> str:
    """The rarest stretch of the longest part."""
    part = max(parts, key=len, default="")
    if len(part) <= _ANCHOR:
        return part
    rare = np.cumsum(np.concatenate(([0], rarity[grams(part) >> shift])), dtype=np.int64)
    width = _ANCHOR - 2
    start = int(np.argmax(rare[width:] - rare[:-width]))
    return part[start : start + _ANCHOR]
