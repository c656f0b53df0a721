"""How many numbered speakers of a folder of transcripts get a name, and from what: ``register_names.py FOLDER``.

Prints one row for each speaker that got a name, with the sentence that gave it, for checking by hand, then the counts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from panelbot.people import parse_label
from panelbot.readers import read_file
from panelbot.register import build_register
from panelbot.types import Reading, Speaker


def measure(reading: Reading, counts: Counter[str]) -> None:
    """Print the named speakers of one reading and add to ``counts``."""
    transcript = build_register(reading)
    for label in dict.fromkeys(turn.speaker for turn in reading.transcript.turns):
        index = next(turn.index for turn in reading.transcript.turns if turn.speaker == label)
        speaker = transcript.speaker(transcript.turns[index].speaker)
        counts["labels"] += 1
        if not parse_label(label).placeholder:
            counts["renamed labels that are no numbers"] += speaker.name != label
            continue
        counts["numbered"] += 1
        if speaker.name != label:
            counts["named"] += 1
            show(transcript.id, label, speaker, counts)
        counts["moderators found"] += speaker.role == "moderator"
        counts["affiliations found"] += bool(speaker.organization or speaker.title)


def show(transcript_id: str, label: str, speaker: Speaker, counts: Counter[str]) -> None:
    """Print what named a speaker; a self-introduction counts before what others said."""
    named = [evidence for evidence in speaker.evidence if evidence.field == "name"]
    told = next((evidence for evidence in named if evidence.source == "self-introduction"), named[0])
    counts[f"named by {'themselves' if told.source == 'self-introduction' else 'others'}"] += 1
    print(transcript_id, label, speaker.name, told.source, told.turn, told.text[:100], sep="\t")


def main() -> None:
    """Measure every file of the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    counts: Counter[str] = Counter()
    for path in sorted(parser.parse_args().folder.iterdir()):
        for reading in read_file(path):
            counts["transcripts"] += 1
            measure(reading, counts)
    for name, n in counts.items():
        print(f"{n:6} {name}")


if __name__ == "__main__":
    main()
