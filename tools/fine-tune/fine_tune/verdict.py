"""What the figures mean: which mixture of old and new weights is best, when to stop, whether to export."""

from dataclasses import dataclass

from .bootstrap import Difference

FACTORS = (0.0, 0.25, 0.5, 0.75, 1.0)
# The last twentieth of what can be gained is within the noise of a validation part, and costs most of what is forgotten.
ENOUGH = 0.95


@dataclass(frozen=True)
class Tried:
    """Word errors in per cent on the validation parts with this share of the new weights."""

    factor: float
    own: float
    general: dict[str, float]


def best_factor(tried: list[Tried], limit: float) -> float:
    """The smallest that brings nearly all of what can be gained on the own part where general errors rise by no more than `limit` points."""
    start = next(one for one in tried if one.factor == 0)
    allowed = [one for one in tried if all(one.general[name] - start.general[name] <= limit for name in one.general)]
    gain = start.own - min(one.own for one in allowed)
    return min(one.factor for one in allowed if start.own - one.own >= ENOUGH * gain)


class EarlyStop:
    """Stops when the loss has not fallen for `patience` rounds."""

    def __init__(self, patience: int, losses: list[float] | None = None) -> None:
        self.patience = patience
        self.losses = list(losses or [])

    def is_best(self, loss: float) -> bool:
        best = not self.losses or loss < min(self.losses)
        self.losses.append(loss)
        return best

    @property
    def is_over(self) -> bool:
        return bool(self.losses) and len(self.losses) - 1 - self.losses.index(min(self.losses)) >= self.patience


def objections(own: Difference | None, general: dict[str, Difference], limit: float) -> list[str]:
    """Why the new model should not be used; none where it should."""
    found = []
    if own is None:
        found.append("There is no test part to judge by: nothing says that the model became better.")
    elif own.change >= 0:
        found.append(f"On what it should be better at, word errors did not fall: {own.before:.1f} → {own.after:.1f} %.")
    elif own.high >= 0:
        found.append(
            f"Word errors fell from {own.before:.1f} to {own.after:.1f} %, but the interval ({own.low:+.1f} … {own.high:+.1f}) holds no change: judge by more clips."
        )
    for name, difference in general.items():
        if difference.change > limit:
            found.append(f"It forgot: word errors on {name} rose by {difference.change:.1f} points, more than {limit:g}.")
    return found


def table(rows: dict[str, Difference]) -> str:
    """For people: word errors before and after."""
    lines = ["| test part | before | after | change, 95 % interval |", "| --- | --- | --- | --- |"]
    for name, one in rows.items():
        lines.append(f"| {name} | {one.before:.1f} % | {one.after:.1f} % | {one.change:+.1f} ({one.low:+.1f} … {one.high:+.1f}) |")
    return "\n".join(lines)
