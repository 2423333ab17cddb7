"""Reads an audio file, the argument, as LangChain's loaders do, and prints the documents' texts as JSON on the last line."""

import json
import sys

from langchain_community.document_loaders.parsers.audio import OpenAIWhisperParser
from langchain_core.documents.base import Blob

parser = OpenAIWhisperParser(language="en", prompt="fox", response_format="verbose_json", temperature=0.0)
documents = parser.parse(Blob.from_path(sys.argv[1]))
print(json.dumps([document.page_content for document in documents]))
