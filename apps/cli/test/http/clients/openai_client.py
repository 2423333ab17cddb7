"""Asks for all that openai-python can ask for, and prints what came as JSON. Arguments: an audio file, another file."""

import asyncio
import json
import sys

import openai

audio, no_audio = sys.argv[1:]
client = openai.OpenAI(max_retries=0)
transcriptions = client.audio.transcriptions


def ask(path=audio, model="whisper-1", **wanted):
    with open(path, "rb") as file:
        return transcriptions.create(file=file, model=model, **wanted)


def refusal(**wanted):
    try:
        ask(**wanted)
    except openai.APIStatusError as error:
        return [type(error).__name__, error.status_code, error.code, error.param]


async def asynchronously():
    with open(audio, "rb") as file:
        answer = await openai.AsyncOpenAI().audio.transcriptions.create(file=file, model="gpt-4o-transcribe")
        return answer.text


verbose = ask(response_format="verbose_json", timestamp_granularities=["word", "segment"], language="en")
with open(audio, "rb") as file:
    events = list(transcriptions.create(file=file, model="voiceinput", stream=True))
result = {
    "json": ask().text,
    "text": ask(response_format="text"),
    "srt": ask(response_format="srt"),
    "vtt": ask(response_format="vtt"),
    "verbose": verbose.model_dump(),
    "events": [event.type for event in events],
    "streamed": events[-1].text,
    "async": asyncio.run(asynchronously()),
    "odd": ask(temperature=0.2, prompt="", include=["logprobs"], extra_body={"vad_filter": True}).text,
    "models": [model.id for model in client.models.list()],
    "refusals": {
        "model": refusal(model="gpt-9"),
        "format": refusal(response_format="docx"),
        "audio": refusal(path=no_audio),
    },
}
print(json.dumps(result))
