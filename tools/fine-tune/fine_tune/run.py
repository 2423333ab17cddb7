"""From the start's weights to a judged model in a folder, or to a sentence why there is none."""

import argparse
import hashlib
import json
import time
from dataclasses import asdict
from pathlib import Path

import torch

from . import checkpoint
from .adapters import merge_adapters, with_adapters
from .audio import Augment
from .bootstrap import Difference, Errors, compare, rate
from .context import context_loss, context_validation
from .data import Clip, read_dataset
from .judge import judge, loops, read_clips
from .training import Data, Recipe, train, transcript_loss
from .verdict import FACTORS, Tried, best_factor, objections, table
from .whisper import Whisper, device_of, open_whisper, save_whisper


def run(options: argparse.Namespace) -> int:
    """Gives the exit code."""
    torch.manual_seed(options.seed)
    own = read_dataset(options.data, options.language)
    general = {folder.name: read_dataset(folder) for folder in options.general}
    refuse_learnt(own, general)
    context = "clip" if options.adapt_context else options.context
    whisper = open_whisper(options.start, device_of(options.device))
    whisper.heard = {} if options.decoder_only else None
    tests = {"own": own["test"], **{name: parts["test"] for name, parts in general.items()}}
    tests = {name: clips[: options.judge_clips] for name, clips in tests.items() if clips}
    began_s = time.monotonic()
    print(f"Reading {sum(map(len, tests.values()))} clips to judge by, before training …")
    before = {name: judge(whisper, clips, context) for name, clips in tests.items()}
    for name, errors in before.items():
        print(f"  {name}: {rate(errors):.1f} % of words wrong")

    start = {name: value.detach().cpu().clone() for name, value in whisper.model.state_dict().items()}
    losses = trained(whisper, options, own, general)
    factor, tried = interpolate(whisper, start, own, general, options, context)
    after = {name: judge(whisper, clips, context) for name, clips in tests.items()}
    rows = {name: compare(before[name], after[name]) for name in tests}
    print(f"\n{table(rows)}\n\nShare of the new weights: {factor:g}. {time.monotonic() - began_s:.0f} s in all.")
    against = objections(rows.get("own"), {name: row for name, row in rows.items() if name != "own"}, options.limit)
    if options.adapt_context:
        against = [one for one in against if "forgot" in one]
        report_loops(whisper, tests, start)
    return export(whisper, options, against, report_of(options, rows, losses, factor, tried))


def refuse_learnt(own: dict[str, list[Clip]], general: dict[str, dict[str, list[Clip]]]) -> None:
    """What one data set is judged by must not be learnt from another."""
    from .data import refuse_leaks

    learnt = own["train"] + [clip for parts in general.values() for clip in parts["train"]]
    for parts in [own, *general.values()]:
        for held in ("validation", "test"):
            # Speakers may be called alike in different data sets; texts are compared.
            texts = {clip.key for clip in learnt}
            leaking = [clip for clip in parts[held] if clip.key in texts]
            if leaking:
                refuse_leaks({"train": learnt, "validation": [], "test": leaking}, "The data sets together")


def trained(whisper: Whisper, options: argparse.Namespace, own: dict, general: dict) -> list[float]:
    data = Data(
        train=own["train"],
        validation=own["validation"][: options.judge_clips],
        general_train=[clip for parts in general.values() for clip in parts["train"]],
        general_validation=[clip for parts in general.values() for clip in parts["validation"][: options.judge_clips]],
    )
    recipe = Recipe(
        out=options.out,
        epochs=options.epochs,
        rate=options.rate,
        batch=options.batch,
        accumulate=options.accumulate,
        rank=options.rank,
        context=options.context,
        share=options.share,
        patience=options.patience,
        seed=options.seed,
        augment=Augment(options.speed, options.noise, masks=0 if options.adapt_context else 2),
        minutes=options.minutes,
        settings=settings_of(options, data),
    )
    if options.adapt_context:
        whisper.model.model.decoder.requires_grad_(False)
        whisper.model.proj_out.requires_grad_(False)
        loss = context_loss(whisper, recipe)
        return train(whisper, recipe, data, loss, context_validation(whisper, data, loss))
    if options.decoder_only:
        whisper.model.model.encoder.requires_grad_(False)
    if options.rank > 0:
        with_adapters(whisper, options.rank, options.decoder_only)
    losses = train(whisper, recipe, data, transcript_loss(whisper, recipe, data.general_train))
    if options.rank > 0:
        merge_adapters(whisper)
    return losses


def settings_of(options: argparse.Namespace, data: Data) -> str:
    """Names all that a checkpoint depends on."""
    relevant = {name: str(value) for name, value in vars(options).items() if name not in {"out", "minutes", "export_anyway", "judge_clips", "limit", "device"}}
    clips = [(clip.path.name, clip.text) for clip in data.train + data.general_train]
    return hashlib.sha256(json.dumps([relevant, clips]).encode()).hexdigest()


def interpolate(whisper: Whisper, start: dict, own: dict, general: dict, options: argparse.Namespace, context: str) -> tuple[float, list[Tried]]:
    """Leaves the best mixture of old and new weights in the model (WiSE-FT), chosen on the validation parts."""
    new = {name: value.detach().cpu().clone() for name, value in whisper.model.state_dict().items()}
    some = max(8, options.judge_clips // 2)
    if not own["validation"]:
        return 1.0, []
    tried = []
    for factor in FACTORS:
        mix(whisper, start, new, factor)
        errors = {name: rate(judge(whisper, parts["validation"][:some], context)) for name, parts in general.items() if parts["validation"]}
        tried.append(Tried(factor, rate(judge(whisper, own["validation"][:some], context)), errors))
        told = ", ".join(f"{name} {value:.1f} %" for name, value in errors.items())
        print(f"  {factor:4.2f} of the new weights: own {tried[-1].own:.1f} %{', ' if told else ''}{told}")
    factor = best_factor(tried, options.limit)
    mix(whisper, start, new, factor)
    return factor, tried


def mix(whisper: Whisper, start: dict, new: dict, factor: float) -> None:
    whisper.model.load_state_dict({name: torch.lerp(start[name].float(), new[name].float(), factor).to(new[name].dtype) for name in new})


def report_loops(whisper: Whisper, tests: dict[str, list[Clip]], start: dict) -> None:
    new = {name: value.detach().cpu().clone() for name, value in whisper.model.state_dict().items()}
    clips = [clip for part in tests.values() for clip in part]
    after = sum(map(loops, read_clips(whisper, clips, "clip")))
    mix(whisper, start, new, 0.0)
    before = sum(map(loops, read_clips(whisper, clips, "clip")))
    mix(whisper, start, new, 1.0)
    print(f"Loops with 1 s of padding: {before} → {after} of {len(clips)} clips.")


def report_of(options: argparse.Namespace, rows: dict[str, Difference], losses: list[float], factor: float, tried: list[Tried]) -> dict:
    return {
        "settings": {name: str(value) if isinstance(value, Path) else value for name, value in vars(options).items() if name != "general"},
        "general": [str(folder) for folder in options.general],
        "errors": {name: asdict(row) for name, row in rows.items()},
        "validationLosses": losses,
        "factor": factor,
        "tried": [asdict(one) for one in tried],
    }


def export(whisper: Whisper, options: argparse.Namespace, against: list[str], report: dict) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "report.json").write_text(json.dumps({**report, "objections": against}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for one in against:
        print(one)
    if against and not options.export_anyway:
        print("The model was not exported. To have it all the same, run the same command with --export-anyway.")
        return 1
    save_whisper(whisper, options.out, "voiceinput-acft" if options.adapt_context else "voiceinput-fine-tuned")
    checkpoint.remove(options.out)
    print(f"Exported. Take it into the app with: voiceinput models import {options.out} --name mine")
    return 0
