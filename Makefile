# Everything that is done with this project. `make run` and `make test` set themselves up.
#
#   make run         the site on http://127.0.0.1:8000, with its own database
#   make test        every check and every test that a change must pass
#   make test-long   the tests that take long: a real Spark cluster, the API linter
#   make check       the house rules only: format, lint, types, layers
#   make bench       all measurements; make bench-rules the ones of the rules
#   make lock        write requirements/ anew from pyproject.toml
#   make clean       remove what was made here; the database in DOORLEREN_HOME stays

PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
MADE   := $(VENV)/made
PIP    := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := $(PIP) install --progress-bar on --require-hashes --only-binary :all:
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help install front run test test-long check bench lock clean
.DELETE_ON_ERROR:

help:
	@sed -n '3,10s/^# *//p' Makefile

# --- set-up: every stamp in .venv/made is newer than what it was made from -------------------

install: $(MADE)/package

$(MADE)/venv:
	@command -v $(PYTHON) >/dev/null || { echo "Doorleren needs Python 3.11: '$(PYTHON)' was not found. Name another with make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(MADE) && touch $@

$(MADE)/runtime: requirements/runtime.txt $(MADE)/venv
	@echo "Installing the packages that Doorleren runs on (once; about a minute)"
	$(LOCKED) -r requirements/runtime.txt
	@touch $@

$(MADE)/package: pyproject.toml LICENSE $(MADE)/runtime
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(MADE)/test: requirements/test.txt $(MADE)/package
	@echo "Installing the packages that the tests need (once)"
	$(LOCKED) -r requirements/test.txt
	@touch $@

$(MADE)/bench: requirements/bench.txt $(MADE)/package
	$(LOCKED) -r requirements/bench.txt
	@touch $@

# Spark is published as source only: pure Python and jars, built with the setuptools of the lock.
$(MADE)/spark: requirements/spark.txt requirements/build-spark.txt $(MADE)/package
	$(LOCKED) -r requirements/build-spark.txt
	$(PIP) install --progress-bar on --require-hashes --no-build-isolation -r requirements/spark.txt
	@touch $@

# --- the rest ---------------------------------------------------------------------------------

lock: UV := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11
lock: $(MADE)/venv
	$(LOCKED) -r requirements/lock.txt
	$(UV) pyproject.toml --group build -o requirements/runtime.txt
	for group in test bench build-spark spark lock; do \
		$(UV) --group $$group -c requirements/runtime.txt -o requirements/$$group.txt || exit 1; done

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
