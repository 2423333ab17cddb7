"""python3 tools/fine-tune COMMAND: fine-tunes a Whisper. Needs nothing but Python 3.11 or newer: `setup` brings the rest."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fine_tune.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
