"""Examples of each command, shown on its help page and in the docs; tests run every one of them.

They are asked of the sample panels; no command knows its examples.
"""

from __future__ import annotations

import argparse

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "add": (
        ("panelbot add corpus/", "add a folder; run it again after a file has changed"),
        ("panelbot add --dry-run talk.txt", "see the turns and speakers first"),
        ("panelbot add council.txt --speaker-pattern '(?P<speaker>.+?) - '", "say what a label is"),
    ),
    "list": (
        ("panelbot list", "what the index holds"),
        ("panelbot list --demo", "the sample panels that come with panelbot"),
    ),
    "remove": (("panelbot remove county-canteen", "the file stays where it is"),),
    "speakers": (
        ("panelbot speakers county-canteen", "who spoke, and what says so"),
        ("panelbot speakers harbour-wind-farm --json", "as JSON, with the merges that are offered"),
    ),
    "search": (
        ('panelbot search "what did the bank say about branch traffic" -k 3', "three passages"),
        (
            'panelbot search "老人吃饭" --transcript county-canteen --explain',
            "in one transcript; each score's parts",
        ),
    ),
    "ask": (
        ('panelbot ask "what did the bank say about branch traffic"', "an answer with its quotes"),
        ('panelbot ask "成本呢" --history "食堂怎么办起来的" --json', "a follow-up, as JSON"),
    ),
    "chat": (('echo "who is on the panel?" | panelbot chat', "questions from stdin, one a line"),),
    "evaluate": (
        (
            "panelbot evaluate corpus/questions.jsonl --transcripts corpus/ --limit 3",
            "search on three of the sample questions",
        ),
    ),
    "serve": (
        ("panelbot serve", "the chat page on this machine"),
        ("panelbot serve --demo", "over the sample panels, without adding anything"),
        ("panelbot serve --host 0.0.0.0 --auth mei:secret --read-only", "for others, with a password"),
    ),
    "export": (
        ("panelbot export county-canteen", "a transcript as interchange JSON"),
        ('panelbot export --quotes --question "谁谈到了成本" --format markdown', "the quotes that answer"),
    ),
    "check": (("panelbot check", "is the index what was written?"),),
    "watch": (("panelbot watch corpus/", "add, update and remove as files change"),),
    "migrate": (("panelbot migrate --to local", "the vectors' files made anew from the catalogue"),),
    "doctor": (("panelbot doctor", "what works here, and what to do where something does not"),),
    "completion": (
        ("panelbot completion bash > panelbot.bash", "then: source panelbot.bash"),
        ("panelbot completion fish > panelbot.fish", "then put it into ~/.config/fish/completions/"),
    ),
}


def with_examples(commands: dict[str, argparse.ArgumentParser]) -> None:
    """Put each command's examples below its help page."""
    for name, parser in commands.items():
        lines = (f"  {command}\n      {said}" for command, said in EXAMPLES.get(name, ()))
        parser.epilog = "examples:\n" + "\n".join(lines).replace("%", "%%")
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
