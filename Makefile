# make serve   create .venv, install, index corpus/, open the chat page
# make check   lint, types, and the tests that need no model, no browser and no server: about a minute
# make test    create .venv, install, lint, types, tests with coverage, the sample evaluation, known weaknesses
# make audit   known weaknesses of the pinned packages, and those that seem maintained no longer; needs no network
# make release sdist, wheel and SBOM in dist/
# make pins    constraints.txt and requirements/ made anew, with hashes (needs uv)
# make release-check   sdist and wheel in clean environments, and the steps of the container

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SERVE_FLAGS ?=
RELEASE_PYTHONS ?= $(shell for p in python3.11 python3.12 python3.13; do $$p --version >/dev/null 2>&1 && echo $$p; done; true)

.PHONY: serve check test lint types audit pytest evaluate browser-packages release release-check pins clean

serve: $(VENV)/.installed
	$(BIN)/panelbot add corpus/
	$(BIN)/panelbot serve $(SERVE_FLAGS)

check: lint types
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not model and not browser and not slow" $(PYTEST_FLAGS)

test: lint types audit evaluate pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/ruff format --check src tests benchmarks training

types: $(VENV)/.installed-dev
	$(BIN)/pyright --pythonpath $(BIN)/python

audit: $(VENV)/.installed-dev
	$(BIN)/python tests/release/audit.py

# The sample panels' questions against the numbers they are known to reach; a drop fails and names the questions.
evaluate: $(VENV)/.installed-dev
	$(BIN)/panelbot evaluate corpus/questions.jsonl --transcripts corpus/ --answers --expect corpus/expected.json

pytest: $(VENV)/.installed-dev browser-packages
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term $(PYTEST_FLAGS)

# Before a release: sdist and wheel in clean environments of each Python that is here, and the image's steps in full.
release-check: $(VENV)/.installed-dev
	$(BIN)/python tests/release/release.py $(RELEASE_PYTHONS)
	$(BIN)/python tests/release/container.py

# The browser tests drive Debian's Chromium; the fonts let its screenshots show Chinese. The proxies of deploy/ are tried,
# and a PostgreSQL server is started.
browser-packages:
	@command -v chromium >/dev/null && command -v nginx >/dev/null && command -v caddy >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk' \
		&& ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig nginx-light caddy postgresql; \
		else echo "The browser tests need Chromium and a Chinese font: apt-get install chromium fonts-noto-cjk"; fi; }

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "panelbot needs Python 3.11 or newer; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Every file is one whose SHA-256 is listed, what builds jieba and panelbot among them. Torch for the processor alone asks
# for no CUDA; the build that the package index has for Linux does, and pip check then finds it missing.
INSTALL = $(PIP) install -q --require-hashes --no-deps --no-build-isolation
define install
	$(INSTALL) -r requirements/build.txt
	$(INSTALL) -r $(1)
	$(PIP) check >/dev/null || $(INSTALL) -r requirements/cuda.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	$(PIP) check
endef
PINS := pyproject.toml constraints.txt $(wildcard requirements/*.txt)

$(VENV)/.installed: $(PINS) | $(VENV)/bin/python
	$(call install,requirements/serve.txt)
	touch $@

$(VENV)/.installed-dev: $(PINS) | $(VENV)/bin/python
	$(call install,constraints.txt)
	touch $(VENV)/.installed $@

release: $(VENV)/.installed-dev
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/python tests/release/sbom.py dist/panelbot-$$($(BIN)/python -m hatchling version).cdx.json

pins:
	$(BIN)/python tests/release/pins.py

clean:
	rm -rf $(VENV) dist .pytest_cache .ruff_cache .hypothesis .coverage
