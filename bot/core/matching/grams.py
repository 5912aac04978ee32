"""Character n-grams as numbers, a whole text at a time.

An n-gram is four characters where it begins with a Latin letter, else three. It is known by a
hash: a table of numbers is compact, can be mapped into memory, and is looked up all at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_UNIT: Final = 2
"""Bytes of a character in UTF-16; four of them are one 64-bit number."""
_FIRST: Final = np.uint64(0xFFFF)
_LATIN: Final = np.uint64(0x80)
_THREE: Final = np.uint64(0xFFFF_FFFF_FFFF)
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""The golden ratio: multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4)."""


def width(first: str) -> int:
    """How many characters an n-gram has that begins with `first`."""
    return 4 if first.isascii() else 3


def grams(text: str) -> Hashes:
    """The n-gram at each place of `text`, spread over 64 bits; the highest are the best mixed."""
    data = (text + "\0").encode("utf-16-le", "surrogatepass")
    windows = np.ndarray((max(0, len(data) // _UNIT - 3),), np.uint64, data, 0, (_UNIT,))
    latin = (windows & _FIRST) < _LATIN
    hashes: Hashes = np.where(latin, windows, windows & _THREE) * _SPREAD
    return hashes
