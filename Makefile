# Two commands: `make run` starts the advisor, `make test` proves it. Both begin from a bare machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types check tests test-browser torture audit bench clean

run: $(VENV)/.ready
	$(BIN)/python run_bot.py

test: lint types check tests

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

check: $(VENV)/.ready-dev
	$(BIN)/python run_bot.py check

# Three files at a time even on two cores: many tests wait for a server. The long ones first, as tests/conftest.py says.
tests: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Needs a Chromium: installs Debian's where there is none and we may.
test-browser: $(VENV)/.ready-dev
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium; } || \
		{ echo "No Chromium found. Install it first: sudo apt-get install chromium"; exit 1; }
	$(BIN)/python -m pytest -m browser

# Kills, power loss, a full disk and crowds: up to a quarter of an hour.
torture: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -m torture

# Known holes in what we depend on, where the database of them can be reached.
audit: $(VENV)/.ready-dev
	sh .ci/audit $(BIN)/python

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.ask_latency

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what it needs, which takes a minute ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what it needs and what tests it, which takes a minute or two ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ $(VENV)/.ready

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
