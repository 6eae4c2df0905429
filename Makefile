# Every habit has a target; `make help` lists them. A fresh machine needs Python 3.11, git and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
ARGS ?=

.DEFAULT_GOAL := build
.PHONY: build test lint types format golden coverage proof bench dist lock clean help

build: .venv/installed ## Write every deck of source/ into build/ (also plain `make`)
	$(BIN)/deckpress build $(ARGS)

test: .venv/tools ## Prove the software; ARGS="-k csv" picks tests
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: .venv/tools ## Look for slips, untidy form and imports that go the wrong way
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache --no-logo

types: .venv/tools ## Check all types
	$(BIN)/mypy

format: .venv/tools ## Tidy the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

golden: .venv/tools ## Accept what the tests now get as what they expect; look at the diff
	$(BIN)/python -m pytest --accept $(ARGS)

coverage: .venv/tools ## Show the lines that no test reaches
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing $(ARGS)

proof: .venv/tools ## Draw the PDF sheets as pictures, to look at
	$(BIN)/python tests/proof.py $(ARGS)

bench: .venv/tools ## Time each format against a plain baseline
	$(BIN)/python tests/bench.py $(ARGS)

dist: .venv/tools ## Make the source distribution and the wheel in build/dist/
	$(BIN)/python -m build --no-isolation --outdir build/dist $(ARGS)

lock: .venv/pip ## Choose the newest versions of all tools anew
	$(PIP) install --upgrade uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
	  --upgrade --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet --output-file .venv/requirements.lock
	{ sed -n '/^#/p;/^$$/q' tests/requirements.lock; echo; cat .venv/requirements.lock; } > .venv/new.lock
	mv .venv/new.lock tests/requirements.lock

clean: ## Remove all that was made, but not .venv
	find build -mindepth 1 ! -name .gitignore -delete
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Stamps: what is newer than its stamp is installed again.

.venv/pip:
	$(PYTHON) -m venv .venv
	$(PIP) install --upgrade pip
	@touch $@

.venv/installed: .venv/pip pyproject.toml
	$(PIP) install --editable ".[all]"
	@touch $@

.venv/tools: .venv/pip pyproject.toml tests/requirements.lock
	$(PIP) install --require-hashes --requirement tests/requirements.lock
	$(PIP) install --no-deps --editable .
	@touch .venv/installed $@
