"""The process that reads for another: requests come as lines of JSON, transcripts go back as lines of JSON.

It limits itself before it reads anything; the process that asks ends it when it takes too long all the same.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from panelbot.errors import PanelbotError
from panelbot.register.reading import Found, plain, read_here, text_here
from panelbot.types import Evidence, Speaker, Transcript, Turn

_WARM = "张明：大家好，今天请青禾银行的周启谈谈网点。\n\n周启：谢谢。\n\n张明：Thank you, Mr Shen of Acme.\n"


def main(limits: Mapping[str, float]) -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    _limit_memory(int(limits["megabytes"]) * 1_000_000)
    with suppress(PanelbotError):  # what is loaded with the first file is not that file's time
        text_here(_WARM, "warm", "")
    for line in sys.stdin.buffer:
        _limit_time(limits["seconds"])
        answers.write(json.dumps(_answer(json.loads(line)), ensure_ascii=True).encode() + b"\n")
        answers.flush()


def _answer(request: Mapping[str, str]) -> dict[str, Any]:
    try:
        if "path" in request:
            found = read_here(Path(request["path"]), request["pattern"])
        else:
            found = text_here(request["text"], request["name"], request["pattern"])
    except PanelbotError as error:
        return {"error": str(error)}
    return {"found": [{"transcript": plain(transcript), "warnings": notes} for transcript, notes in found]}


def found_from(reply: Mapping[str, Any]) -> Found:
    """What was read, from an answer."""
    return tuple((_transcript(each["transcript"]), tuple(each["warnings"])) for each in reply["found"])


def _transcript(plain: Mapping[str, Any]) -> Transcript:
    speakers = tuple(
        Speaker(**{**s, "aliases": tuple(s["aliases"]), "evidence": tuple(Evidence(**e) for e in s["evidence"])})
        for s in plain["speakers"]
    )
    return Transcript(**{**plain, "speakers": speakers, "turns": tuple(Turn(**turn) for turn in plain["turns"])})


def _limit_memory(n_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is limited from outside
        return
    resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """End this process once it has computed for ``seconds`` more; no expression or parser can keep it from that."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
