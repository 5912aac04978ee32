"""How long one match takes, and how it grows with the rule base.

    python tests/bench/bench_match.py

Prints, for the shipped rules and for 100, 1,000 and 10,000 made-up ones, the
median time of a match and its ratio to the plainest alternative measured in the same run: asking
rapidfuzz's `partial_ratio` for every phrase. Times are of this machine; the ratios travel.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from rapidfuzz import fuzz, process  # noqa: E402  (the path comes first)

from bot.core.matching.matcher import Matcher  # noqa: E402  (the path comes first)
from bot.core.rulebook.model import Phrase  # noqa: E402  (the path comes first)
from bot.core.text.normalise import read  # noqa: E402  (the path comes first)
from bot.storage.rules_folder import RulesFolder  # noqa: E402  (the path comes first)
from tests.core.matching.rules import book, rule  # noqa: E402  (the path comes first)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.rulebook.model import Rulebook

SIZES = (100, 1_000, 10_000)
REPORTS = 60

THINGS = (
    "server",
    "mailbox",
    "printer",
    "profile",
    "certificate",
    "session",
    "account",
    "document",
    "folder",
    "licence",
)
ACTS = ("opened", "created", "verified", "reached", "renewed", "saved", "deleted", "locked")
REASONS = (
    "the name is not registered",
    "another user holds it",
    "the password has expired",
    "the network path was not found",
    "the service did not answer in time",
    "the disk is full",
    "the request was denied by policy",
)
JA_THINGS = (
    "サーバー",
    "メールボックス",
    "プリンター",
    "証明書",
    "アカウント",
    "文書",
    "フォルダー",
)
JA_ACTS = ("開け", "作成でき", "確認でき", "更新でき", "保存でき", "削除でき", "同期でき")
JA_REASONS = (
    "名前が登録されていないため",
    "別のユーザーが使用しているため",
    "期限が切れているため",
    "ネットワークに接続されていないため",
    "ポリシーで拒否されたため",
)


def made_up(size: int) -> Rulebook:
    """A rule base of `size` rules that share most of their words, as real ones do."""
    chance = random.Random(size)  # noqa: S311  (the same rules in every run)
    return book(*(rule(f"made-up-{i}", *_phrases(chance, i)) for i in range(size)))


def _phrases(chance: random.Random, number: int) -> tuple[str, str]:
    name = "".join(chance.choices("bdfgklmnprstvz", k=3)) + "aeiou"[number % 5] + "x"
    pick = chance.choice
    what = f"{name} {pick(JA_THINGS)}の{pick(JA_THINGS)}"
    return (
        f"The {name} {pick(THINGS)} could not be {pick(ACTS)} because {pick(REASONS)}.",
        f"{pick(JA_REASONS)}、{what}を{pick(JA_ACTS)}ませんでした。",
    )


def median(work: Callable[[str], object], reports: Sequence[str]) -> float:
    """The median time of `work` on a report, in seconds."""
    times = []
    for report in reports:
        start = time.perf_counter()
        work(report)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure(name: str, rulebook: Rulebook) -> None:
    """Print one line for a rule base."""
    chance = random.Random(0)  # noqa: S311  (the same reports in every run)
    phrases = [
        s.text for r in rulebook.rules for s in r.signatures if isinstance(s, Phrase) and not s.weak
    ]
    reports = [f"Hi, since today: {p} any idea?" for p in chance.choices(phrases, k=REPORTS)]
    matcher = Matcher(rulebook, include_drafts=True)
    ours = median(lambda report: matcher.match(read(report)), reports)
    known = [read(phrase).text for phrase in phrases]
    plain = median(
        lambda report: process.extractOne(read(report).text, known, scorer=fuzz.partial_ratio),
        reports,
    )
    found = sum(bool(matcher.match(read(report)).found) for report in reports)
    sys.stdout.write(
        f"{name:>14}  {len(rulebook.rules):>6} rules  {ours * 1e6:>8.0f} µs a match  "
        f"{plain * 1e6:>9.0f} µs partial_ratio over all  {plain / ours:>6.1f} times faster  "
        f"{found}/{len(reports)} found\n",
    )


def main() -> None:
    """Measure them all."""
    measure("shipped", RulesFolder([ROOT / "rules"]).load().rulebook)
    for size in SIZES:
        measure("made up", made_up(size))


if __name__ == "__main__":
    main()
