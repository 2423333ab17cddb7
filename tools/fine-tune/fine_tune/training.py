"""One round after the other, until the validation part says that it is enough."""

import random
import time
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, kl_div, log_softmax

from . import audio, checkpoint
from .adapters import Start
from .data import Clip, batches, mixed
from .judge import loss_on
from .verdict import EarlyStop
from .whisper import Whisper

SAVE_EVERY_S = 120


@dataclass(frozen=True)
class Recipe:
    out: Path
    epochs: int
    rate: float
    batch: int
    accumulate: int
    rank: int
    context: str
    share: float
    patience: int
    seed: int
    augment: audio.Augment
    minutes: float | None
    settings: str


@dataclass
class Data:
    train: list[Clip]
    validation: list[Clip]
    general_train: list[Clip]
    general_validation: list[Clip]


def precision(device: torch.device):
    """Half precision where the device has it: bfloat16 if it can, else float16 with scaled gradients."""
    if device.type == "cpu":
        return nullcontext, torch.amp.GradScaler("cpu", enabled=False)
    is_wide = device.type == "cuda" and torch.cuda.is_bf16_supported()
    dtype = torch.bfloat16 if is_wide else torch.float16
    scaler = torch.amp.GradScaler(device.type, enabled=dtype == torch.float16 and device.type == "cuda")
    return (lambda: torch.autocast(device.type, dtype=dtype)), scaler


Loss = Callable[[list[Clip], random.Random], torch.Tensor]


def transcript_loss(whisper: Whisper, recipe: Recipe, general: Collection[Clip] = ()) -> Loss:
    """How unlikely the texts are; for general clips, how far the model is from what it said of them before training."""
    kept = frozenset(general)
    start = Start(whisper) if kept else None

    def loss(clips: list[Clip], chance: random.Random) -> torch.Tensor:
        features = None if whisper.heard is not None else changed_features(whisper, recipe, clips, chance)
        labels = [whisper.labels(clip.text, clip.language) for clip in clips]
        prompts = [len(whisper.prompt(clip.language)) for clip in clips]
        rows = [row for row, clip in enumerate(clips) if clip in kept]
        said_before = None
        if start is not None and rows:
            with start.untouched() as before, torch.no_grad():
                hidden = before.hear([clips[row].path for row in rows], recipe.context) if features is None else before.encode(features[rows])
                said_before = before.logits(hidden, [labels[row] for row in rows], [prompts[row] for row in rows])[0]
        hidden = whisper.hear([clip.path for clip in clips], recipe.context) if features is None else whisper.encode(features)
        logits, wanted = whisper.logits(hidden, labels, prompts)
        return mixed_loss(logits, wanted, said_before, rows)

    return loss


def changed_features(whisper: Whisper, recipe: Recipe, clips: list[Clip], chance: random.Random) -> torch.Tensor:
    """Features of the clips at another speed, with noise and with holes."""
    samples = [recipe.augment.samples(audio.read(clip.path)[: 30 * audio.RATE], chance) for clip in clips]
    features = whisper.features(samples, recipe.context)
    holes = [recipe.augment.features(one, len(clip) // 160, chance) for one, clip in zip(features, samples, strict=True)]
    return torch.from_numpy(np.stack(holes)).to(whisper.device)


def mixed_loss(logits: torch.Tensor, wanted: torch.Tensor, said_before: torch.Tensor | None, general_rows: list[int]) -> torch.Tensor:
    """Mean over all words: cross entropy of one's own clips, of the others the divergence from what was said before."""
    if said_before is None:
        return cross_entropy(logits.transpose(1, 2), wanted)
    is_word = wanted != -100
    places = said_before.shape[1]
    general_words = is_word[general_rows][:, :places]
    now = log_softmax(logits[general_rows][:, :places][general_words], -1)
    drift = kl_div(now, log_softmax(said_before[general_words], -1), reduction="sum", log_target=True)
    own_rows = [row for row in range(len(wanted)) if row not in general_rows]
    own = cross_entropy(logits[own_rows].transpose(1, 2), wanted[own_rows], reduction="sum") if own_rows else 0
    return (own + drift) / is_word.sum()


def train(whisper: Whisper, recipe: Recipe, data: Data, loss_of: Loss, validate: Callable[[], float] | None = None) -> list[float]:
    """Leaves the weights of the best round in the model. Gives the validation loss of each round. Goes on from a checkpoint."""
    model = whisper.model
    trained = {name: value for name, value in model.named_parameters() if value.requires_grad}
    optimizer = torch.optim.AdamW(trained.values(), lr=recipe.rate, weight_decay=0.01)
    steps_in_round = max(1, len(mixed(data.train, data.general_train, recipe.share, 0)) // (recipe.batch * recipe.accumulate))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps_in_round * recipe.epochs))
    cast, scaler = precision(whisper.device)
    own_validate = validate or (lambda: validation_loss(whisper, recipe, data))
    state = checkpoint.load(recipe.out, recipe.settings)
    stop, first, first_batch, spent_s = EarlyStop(recipe.patience), 0, 0, 0.0
    best = {name: value.detach().cpu().clone() for name, value in trained.items()}
    if state:
        print(f"Going on in round {state['round'] + 1}, batch {state['batch']}.")
        put(trained, state["weights"])
        best = state["best"]
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        scaler.load_state_dict(state["scaler"])
        stop = EarlyStop(recipe.patience, state["losses"])
        first, first_batch, spent_s = state["round"], state["batch"], state["spent_s"]
    started_s = time.monotonic() - spent_s
    saved_s = time.monotonic()

    def keep(at_round: int, batch: int) -> None:
        weights = {name: value.detach().cpu() for name, value in trained.items()}
        kept = {"weights": weights, "best": best, "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        place = {"round": at_round, "batch": batch, "losses": stop.losses, "spent_s": time.monotonic() - started_s}
        checkpoint.save(recipe.out, {**kept, **place, "scaler": scaler.state_dict(), "settings": recipe.settings})

    def is_late() -> bool:
        return recipe.minutes is not None and time.monotonic() - started_s > recipe.minutes * 60

    for at_round in range(first, recipe.epochs):
        if stop.is_over or is_late():
            break
        seed = recipe.seed * 1000 + at_round
        made = batches(mixed(data.train, data.general_train, recipe.share, seed), recipe.batch, seed)
        model.train()
        total = 0.0
        for index, clips in enumerate(made):
            if index < first_batch:
                continue
            # A batch that is learnt from after an interruption is changed as it would have been without.
            torch.manual_seed(seed * 100_000 + index)
            with cast():
                loss = loss_of(clips, random.Random(seed * 100_000 + index))
            total += float(loss.detach())
            scaler.scale(loss / recipe.accumulate).backward()
            if (index + 1) % recipe.accumulate and index + 1 < len(made):
                continue
            scaler.unscale_(optimizer)
            torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
            scaler.step(optimizer)
            scaler.update()
            optimizer.zero_grad()
            schedule.step()
            print(f"\rround {at_round + 1}, batch {index + 1} of {len(made)}, loss {float(loss.detach()):.3f} ", end="", flush=True)
            if time.monotonic() - saved_s > SAVE_EVERY_S:
                keep(at_round, index + 1)
                saved_s = time.monotonic()
            if is_late():
                break
        first_batch = 0
        loss_now = own_validate()
        if stop.is_best(loss_now):
            best = {name: value.detach().cpu().clone() for name, value in trained.items()}
        print(f"\rround {at_round + 1}: training loss {total / max(1, len(made)):.3f}, validation loss {loss_now:.3f}, {time.monotonic() - started_s:.0f} s")
        keep(at_round + 1, 0)
    put(trained, best)
    return stop.losses


def validation_loss(whisper: Whisper, recipe: Recipe, data: Data) -> float:
    """Of one's own part; general speech counts as much as in training, so that forgetting ends a training early."""
    own = loss_on(whisper, data.validation or data.train, recipe.context)
    if not data.general_validation or recipe.share == 0:
        return own
    return (1 - recipe.share) * own + recipe.share * loss_on(whisper, data.general_validation, recipe.context)


def put(parameters: dict[str, torch.nn.Parameter], values: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, value in values.items():
            parameters[name].copy_(value)


def pace(step: int, steps: int) -> float:
    """Rises in the first tenth, then falls to a tenth."""
    warm = max(1, steps // 10)
    return (step + 1) / warm if step < warm else max(0.1, 1 - 0.9 * (step - warm) / max(1, steps - warm))
