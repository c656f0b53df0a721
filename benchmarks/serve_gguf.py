"""A GGUF model behind the streaming chat endpoint panelbot asks, for trying a real local model without more software.

    pip install gguf accelerate
    python benchmarks/serve_gguf.py MODEL.gguf [PORT]

One request at a time; what it serves is at http://127.0.0.1:PORT/v1 (8081 by default).
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any


def load(file: Path) -> tuple[Any, Any]:
    """Tokenizer and model of a GGUF file."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
    return tokenizer, AutoModelForCausalLM.from_pretrained(str(file.parent), gguf_file=file.name)


def handler(tokenizer: Any, model: Any) -> type[BaseHTTPRequestHandler]:
    """A request handler that streams what the model writes."""
    from transformers import TextIteratorStreamer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = render(tokenizer, request["messages"])
            inputs = tokenizer(prompt, return_tensors="pt", add_special_tokens=False)
            streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
            options = {**inputs, "streamer": streamer, "max_new_tokens": 160, "do_sample": False}
            threading.Thread(target=model.generate, kwargs=options, daemon=True).start()
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for piece in streamer:
                self._send({"content": piece}, None)
            self._send({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "gguf", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

    return Handler


def render(tokenizer: Any, messages: list[dict[str, str]]) -> str:
    """The conversation as the model was trained to read it; plain text for a base model."""
    if tokenizer.chat_template:
        return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    return "\n\n".join(message["content"] for message in messages) + "\n\nAnswer:"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    served = handler(*load(Path(sys.argv[1])))
    HTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) == 3 else 8081), served).serve_forever()
