"""faster-whisper as a peer: reads files named on standard input, one a line, and prints one JSON object for each.

Usage: python faster-whisper.py MODEL LANGUAGE BEAMS THREADS
Needs: pip install faster-whisper==1.2.1
"""

import json
import sys
import time

from faster_whisper import WhisperModel

model_path, language, beams, threads = sys.argv[1:]
model = WhisperModel(model_path, device="cpu", compute_type="int8", cpu_threads=int(threads), num_workers=1)
for line in sys.stdin:
    path = line.strip()
    started, used = time.perf_counter(), time.process_time()
    segments, _ = model.transcribe(path, language=language, beam_size=int(beams), condition_on_previous_text=False)
    text = " ".join(segment.text.strip() for segment in segments)
    took = {"ms": 1000 * (time.perf_counter() - started), "processorMs": 1000 * (time.process_time() - used)}
    print(json.dumps({"file": path, "text": text, **took}), flush=True)
