"""The environment that training runs in: made once, beside this folder, of files with known checksums."""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def environment_folder() -> Path:
    """Where it is: $VOICEINPUT_FINE_TUNE_ENV, else .venv beside the program."""
    return Path(os.environ.get("VOICEINPUT_FINE_TUNE_ENV") or HERE / ".venv")


def python_in(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment() -> int:
    """Makes it, or brings what is missing; nothing is installed whose checksum is not in requirements.txt."""
    folder = environment_folder()
    if not python_in(folder).exists():
        print(f"Making {folder} …")
        venv.create(folder, with_pip=True)
    command = [str(python_in(folder)), "-m", "pip", "install", "--require-hashes", "-r", str(HERE / "requirements.txt")]
    return subprocess.run(command, check=False).returncode


def run_inside(arguments: list[str]) -> int | None:
    """Runs the program again in its environment. None where this process is in it, or has what it needs without."""
    python = python_in(environment_folder())
    if Path(sys.prefix).resolve() == environment_folder().resolve() or has_torch():
        return None
    if not python.exists():
        print("There is no environment yet. Make it with: python3 tools/fine-tune setup", file=sys.stderr)
        return 2
    return subprocess.run([str(python), str(HERE), *arguments], check=False).returncode


def has_torch() -> bool:
    from importlib.util import find_spec

    return find_spec("torch") is not None and find_spec("transformers") is not None
