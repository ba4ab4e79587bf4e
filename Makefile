# `make run` and `make test` are all a fresh machine needs: each makes .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SILKWATCH_DB ?= data/silkwatch.db
RUN_ARGS ?=
TEST_ARGS ?=
BENCH_ARGS ?=
DEMO_ARGS ?=

.PHONY: run demo test lint bench bench-lock lock clean help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

# The stamp carries the lock file's state: a changed lock installs again, an unchanged one costs nothing.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Silkwatch needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(VENV)/.installed ## one pass of the main job on the default sources, into data/
	@mkdir -p data
	$(BIN)/silkwatch run --db $(SILKWATCH_DB) $(RUN_ARGS)

demo: $(VENV)/.installed ## two days of the whole product on a small newsroom, offline, into data/demo/
	@$(BIN)/silkwatch demo $(DEMO_ARGS)

test: $(VENV)/.installed lint ## everything CI checks
	$(BIN)/python -m pytest -n auto -rs --cov --cov-report=term $(TEST_ARGS)

lint: $(VENV)/.installed ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed ## speed against other programs, in one run (see docs/performance.md)
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

bench-lock: ## renew benchmarks/requirements.lock, the programs that `make bench` compares with
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --upgrade benchmarks/requirements.in -o benchmarks/requirements.lock

lock: ## renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
