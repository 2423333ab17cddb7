"""What can be said on the command line."""

import argparse
import sys
from pathlib import Path

from .environment import make_environment, run_inside

EXAMPLES = """examples:
  python3 tools/fine-tune setup
  voiceinput models export whisper-base ~/start
  python3 tools/fine-tune train --start ~/start --data ~/my-data --general ~/general/ru --out ~/mine
  voiceinput models import ~/mine --name mine
"""


def parser() -> argparse.ArgumentParser:
    program = argparse.ArgumentParser(prog="python3 tools/fine-tune", description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = program.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="make the environment: torch and what else is needed, 5 to 6 GB, each file by its checksum")
    train = commands.add_parser("train", help="fine-tune a Whisper and judge it", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    train.add_argument("--start", type=Path, required=True, help="a folder that `voiceinput models export` wrote")
    train.add_argument("--data", type=Path, required=True, help="a folder that `voiceinput dataset` wrote")
    train.add_argument("--out", type=Path, required=True, help="where the model goes, with report.json; a stopped training goes on from there")
    train.add_argument("--language", help="what is spoken where the data do not say so, such as ru")
    train.add_argument("--general", type=Path, action="append", default=[], help="a data set of general speech: its train part is mixed in, its others show what is forgotten; may be given for several languages")
    train.add_argument("--share", type=float, default=0.3, help="of general speech in training, 0 to 0.9")
    train.add_argument("--limit", type=float, default=1.0, help="points by which general word errors may rise")
    train.add_argument("--rank", type=int, default=16, help="of LoRA; 0 trains all weights")
    train.add_argument("--rate", type=float, default=3e-4, help="learning rate; with --rank 0 better 1e-5")
    train.add_argument("--decoder-only", action="store_true", help="leave the encoder as it is: each clip is heard once and kept in memory, without --speed, --noise and holes; a fifth of the time")
    train.add_argument("--epochs", type=int, default=3, help="rounds at most")
    train.add_argument("--patience", type=int, default=2, help="rounds without a smaller validation loss until it stops")
    train.add_argument("--minutes", type=float, help="train no longer than this")
    train.add_argument("--batch", type=int, default=8)
    train.add_argument("--accumulate", type=int, default=1, help="batches for one step")
    train.add_argument("--context", choices=["short", "full"], default="short", help="short: as the app hears with models up to small; full: 30 s")
    train.add_argument("--noise", type=Path, help="a folder with noises to mix in")
    train.add_argument("--speed", type=float, default=0.1, help="clips are up to so much slower or faster")
    train.add_argument("--adapt-context", action="store_true", help="instead: teach the encoder to hear clips without silence behind them; needs no transcripts")
    train.add_argument("--device", default="auto", help="auto, cuda (also ROCm), mps or cpu")
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--judge-clips", type=int, default=300, help="of each part at most")
    train.add_argument("--export-anyway", action="store_true", help="write the model although it did not become better")
    return program


def main(arguments: list[str]) -> int:
    """Exit codes: 0 done, 1 trained but not exported, 2 what was asked for is not possible."""
    options = parser().parse_args(arguments)
    if options.command == "setup":
        return make_environment()
    if not 0 <= options.share <= 0.9:
        print(f"--share {options.share}: expected 0 to 0.9.", file=sys.stderr)
        return 2
    if options.decoder_only and (options.adapt_context or options.noise):
        print("--decoder-only leaves the encoder as it is, and hears each clip once: it goes neither with --adapt-context nor with --noise.", file=sys.stderr)
        return 2
    elsewhere = run_inside(arguments)
    if elsewhere is not None:
        return elsewhere
    from .checkpoint import OtherSettings
    from .data import DataError
    from .run import run

    try:
        return run(options)
    except (DataError, OtherSettings, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from the last checkpoint.", file=sys.stderr)
        return 130
