"""How sure a difference in word errors is: the paired bootstrap over clips."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Errors:
    """Wrong words of one clip, and of how many."""

    wrong: int
    of: int


@dataclass(frozen=True)
class Difference:
    """Word errors in per cent before and after; the change in points with its 95 % interval."""

    before: float
    after: float
    change: float
    low: float
    high: float


def rate(clips: list[Errors]) -> float:
    """In per cent."""
    words = sum(clip.of for clip in clips)
    return 100 * sum(clip.wrong for clip in clips) / words if words else 0.0


def compare(before: list[Errors], after: list[Errors], rounds: int = 2000, seed: int = 1) -> Difference:
    """Both readings of the same clips, in the same order."""
    if len(before) != len(after):
        raise ValueError(f"{len(before)} clips before, {len(after)} after: they have to be the same ones")
    chance = random.Random(seed)
    changes = []
    for _ in range(rounds if before else 0):
        drawn = chance.choices(range(len(before)), k=len(before))
        words = sum(before[at].of for at in drawn)
        if words:
            changes.append(100 * sum(after[at].wrong - before[at].wrong for at in drawn) / words)
    changes.sort()
    low, high = (changes[int(0.025 * len(changes))], changes[int(0.975 * len(changes))]) if changes else (0.0, 0.0)
    return Difference(rate(before), rate(after), rate(after) - rate(before), low, high)
