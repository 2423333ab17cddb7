"""read_tokens.py MODEL CLIP: what PyTorch reads in a clip, in tokens, for comparing with the app's runner."""

import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fine_tune.whisper import open_whisper  # noqa: E402

model, clip = map(Path, sys.argv[1:])
whisper = open_whisper(model, torch.device("cpu"))
print(json.dumps(whisper.read_tokens(whisper.hear([clip], "short"), ["en"])[0]))
