"""Fine-tunes a Whisper on what `voiceinput dataset` writes, and says whether that made it better."""
