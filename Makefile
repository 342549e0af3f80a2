# The two commands a new machine needs: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo demo-neo4j test check docs benchmark faults soak clean

## Set up, load the example municipality and serve it on http://127.0.0.1:8000
demo: $(READY)
	$(BIN)/teknologikort demo

## The same on a real Neo4j (NEO4J_URI, Docker, or Java and Maven)
demo-neo4j: $(READY)
	$(BIN)/teknologikort demo --neo4j

## Set up and run the tests; what needs a service that is not there is skipped with a reason
test: $(READY)
	$(BIN)/pytest -n 2 --dist loadgroup

## What needs no services: lint, types, import direction, documentation
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/docs -n 0

## Write the pages of docs/ and the GraphQL schema that follow from the code
docs: $(READY)
	$(BIN)/python -m teknologikort.reference

## Figures for SIZES, as ratios within one run, written into docs/performance.md
SIZES ?= S M
benchmark: $(READY)
	$(BIN)/python -m benchmarks $(SIZES) --write

## Every fault as often as it is promised; an ordinary test run tries a tenth (some 20 minutes)
faults: $(READY)
	FAULTS=all $(BIN)/pytest tests/faults -n 2 --dist loadgroup --durations=20

## A server over 98 municipalities for an hour, with eight readers and a load every minute
MINUTES ?= 60
soak: $(READY)
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV), about a minute the first time …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,check]'
	touch $@

clean:
	rm -rf $(VENV)
