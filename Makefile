# `make` lists what there is. Needs make and Python 3.11 or newer; everything else goes into .venv.

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --no-warn-script-location
LOCKED := --require-hashes --only-binary :all: -r

# The first Python that is new enough; a shim that points nowhere is passed over.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v "$$p"; break; }; done)

# Arguments of the command behind a target: make run ARGS=--help, make test ARGS="tests/core -x"
ARGS ?=
# Test processes: one a core; they steal work from each other, as a few tests take long
JOBS ?= auto

.PHONY: help
help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: $(VENV)/.run  ## Start the bot: the workbench page without tokens, Slack with them (ARGS=…)
	@$(BIN)/firstcheck run $(ARGS)

.PHONY: test
test: $(VENV)/.dev  ## All tests (ARGS="tests/core -x" for some)
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

.PHONY: check
check: lint rules generated audit test  ## Everything CI checks: format, lint, types, layers, rules, tests

.PHONY: lint
lint: $(VENV)/.dev  ## Format, style, types and layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

.PHONY: rules
rules: $(VENV)/.dev  ## Lint the rules and run their examples
	$(BIN)/firstcheck rules lint
	$(BIN)/firstcheck rules test

.PHONY: generated
generated: $(VENV)/.dev  ## Generated files and the built page are up to date
	$(BIN)/python tests/generated.py --check
	$(BIN)/python -m bot.workbench.page_check
	$(BIN)/python tests/bench/recognition/train.py --check

.PHONY: audit
audit: $(VENV)/.dev  ## Ask the index for known vulnerabilities of what is deployed (never fails offline)
	@$(BIN)/python tests/audit.py

.PHONY: generate
generate: $(VENV)/.dev  ## Write generated tables, help and schema into the documents again
	@$(BIN)/python tests/generated.py

.PHONY: format
format: $(VENV)/.dev  ## Format the code and mend what can be mended by machine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: bench
bench: $(VENV)/.dev  ## Measure: every tests/bench/bench_*.py, one after the other
	@for bench in tests/bench/bench_*.py; do echo "== $$bench"; $(BIN)/python "$$bench" || exit 1; done

.PHONY: faults
faults: $(VENV)/.dev  ## Kill, freeze, cut off and exchange real bots, many times (ARGS="--kills 200 postgresql")
	@$(BIN)/python -m tests.faults $(ARGS)

.PHONY: load
load: $(VENV)/.dev  ## A steady stream of messages beside a bare Bolt echo bot (ARGS="--seconds 600")
	@$(BIN)/python -m tests.bench.load $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.dev  ## Feed nonsense to all that strangers can reach (ARGS="--seconds 600 payload text")
	@$(BIN)/python -m tests.fuzz $(ARGS)

.PHONY: learn
learn: $(VENV)/.dev  ## Learn the matcher's weights again from tests/bench/recognition/training
	$(BIN)/python tests/bench/recognition/train.py

EVALUATION := tests/bench/recognition/evaluation
.PHONY: eval
eval: $(VENV)/.dev  ## Measure recognition on data it did not learn from, by kind and language
	@$(BIN)/python tests/bench/recognition/make.py | $(BIN)/firstcheck eval \
		--errors $(EVALUATION)/errors.jsonl - $(EVALUATION)/negatives.jsonl \
		$(EVALUATION)/other_errors.jsonl $(EVALUATION)/open.jsonl $(ARGS)

.PHONY: wheel
wheel: $(VENV)/.run  ## Build the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel -d dist

.PHONY: page
page:  ## Rebuild the workbench page (needs Node 20.19 or newer; the result is committed)
	@cd bot/workbench/page && npm ci --no-audit --no-fund && npm run build

.PHONY: screenshots
screenshots: $(VENV)/.dev  ## Draw the pictures of the documentation again (needs Chromium)
	@$(BIN)/python tests/e2e/screenshots.py

LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --annotation-style line --no-header --no-emit-index-url
.PHONY: lock
lock: $(VENV)/.dev  ## Lock all dependencies anew, at their newest versions
	$(LOCK) --extra build --output-file deploy/requirements.txt
	$(LOCK) --extra build --extra dev --constraint deploy/requirements.txt --output-file tests/requirements.txt

.PHONY: clean
clean:  ## Remove what make made: .venv, dist, caches
	@rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed, as stamps: a changed lock or pyproject.toml installs again, nothing else does.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Firstcheck needs Python 3.11 or newer, but found: $$(python3 --version 2>&1 || true)" >&2; \
		echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Firstcheck needs Python 3.11 or newer; $(PYTHON) is older or does not start." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv: once, about half a minute …"
	@"$(PYTHON)" -m venv --clear $(VENV)

$(VENV)/.run: deploy/requirements.txt pyproject.toml | $(BIN)/python
	@$(PIP) $(LOCKED) deploy/requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot  # the first command is as quick as the next
	@touch $@

$(VENV)/.dev: tests/requirements.txt pyproject.toml | $(BIN)/python
	@$(PIP) $(LOCKED) tests/requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot
	@touch $@ $(VENV)/.run
