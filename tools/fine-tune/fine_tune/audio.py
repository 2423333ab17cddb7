"""Clips as samples, and what is done to them so that little data go further."""

import random
from pathlib import Path

import numpy as np
import soundfile

RATE = 16_000


def read(path: Path) -> np.ndarray:
    """Mono samples of 16 000 Hz."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return mono if rate == RATE else stretched(mono, rate / RATE)


def stretched(samples: np.ndarray, speed: float) -> np.ndarray:
    """`speed` times as fast, with the pitch that this gives."""
    length = max(1, round(len(samples) / speed))
    return np.interp(np.linspace(0, len(samples) - 1, length), np.arange(len(samples)), samples).astype(np.float32)


class Augment:
    """Speed and noise for samples, holes for features (SpecAugment)."""

    def __init__(self, speed: float = 0.1, noise: Path | None = None, masks: int = 2) -> None:
        self.speed = speed
        self.masks = masks
        self.noises = sorted(path for path in noise.rglob("*") if path.suffix in {".wav", ".flac", ".ogg"}) if noise else []

    def samples(self, samples: np.ndarray, chance: random.Random) -> np.ndarray:
        if self.speed and chance.random() < 0.5:
            samples = stretched(samples, chance.uniform(1 - self.speed, 1 + self.speed))
        if self.noises and chance.random() < 0.5:
            samples = with_noise(samples, read(chance.choice(self.noises)), chance.uniform(5, 25), chance)
        return samples[: 30 * RATE]

    def features(self, features: np.ndarray, frames: int, chance: random.Random) -> np.ndarray:
        """`frames`: those that hold the clip; behind them is silence."""
        features = features.copy()
        low = features.min()
        for _ in range(self.masks):
            bands = chance.randint(0, features.shape[0] // 6)
            first = chance.randint(0, features.shape[0] - bands)
            features[first : first + bands] = low
            width = chance.randint(0, min(30, frames // 10))
            at = chance.randint(0, max(0, frames - width))
            features[:, at : at + width] = low
        return features


def with_noise(samples: np.ndarray, noise: np.ndarray, snr_db: float, chance: random.Random) -> np.ndarray:
    """The noise, as long as needed, so much quieter than the speech."""
    if len(noise) == 0 or not noise.any() or not samples.any():
        return samples
    start = chance.randrange(len(noise))
    repeated = np.resize(np.roll(noise, -start), len(samples))
    gain = np.sqrt(np.mean(samples**2) / np.mean(noise**2) / 10 ** (snr_db / 10))
    return (samples + gain * repeated).clip(-1, 1).astype(np.float32)
