# make serve   create .venv, install, index corpus/, open the chat page
# make test    create .venv, install, lint, types, tests with coverage, the sample evaluation

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SERVE_FLAGS ?=

.PHONY: serve test lint types pytest evaluate browser-packages clean

serve: $(VENV)/.installed
	$(BIN)/panelbot add corpus/
	$(BIN)/panelbot serve $(SERVE_FLAGS)

test: lint types evaluate pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/ruff format --check src tests benchmarks training

types: $(VENV)/.installed-dev
	$(BIN)/pyright --pythonpath $(BIN)/python

# The sample panels' questions against the numbers they are known to reach; a drop fails and names the questions.
evaluate: $(VENV)/.installed-dev
	$(BIN)/panelbot evaluate corpus/questions.jsonl --transcripts corpus/ --answers --expect corpus/expected.json

pytest: $(VENV)/.installed-dev browser-packages
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term $(PYTEST_FLAGS)

# The browser tests drive Debian's Chromium; the fonts let its screenshots show Chinese.
browser-packages:
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' || { \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig; \
		else echo "The browser tests need Chromium and a Chinese font: apt-get install chromium fonts-noto-cjk"; fi; }

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "panelbot needs Python 3.11 or newer; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -q -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -q -c constraints.txt -e '.[dev]'
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .coverage
