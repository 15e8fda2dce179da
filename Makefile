# Everything that is done with this project. `make run` and `make test` set themselves up.
#
#   make run         the site on http://127.0.0.1:8000, with its own database (PORT=8001 for another port,
#                    DAY=2023-03-17 for the schemes and rounds of another day)
#   make test        every check and every test that a change must pass
#   make test-long   the tests that take long: a Spark cluster, mutants, the linter of the API, 20,000 steps in the lives of cases, faults during openings
#                    (a quick look: FAULT_KILLS=8 FAULT_CUTS=1 FAULT_REQUESTS=1000 FAULT_CLIENTS=20 FAULT_SEEDS=10)
#   make soak        a thousand kills and a hundred power cuts during openings, then a million steps in the lives of cases
#                    (SIM_STEPS=20000 and SIM_SEED=2 for others); takes many hours
#   make check       the house rules only: format, lint, types, layers, sizes, names, dependencies
#   make format      write the code in the one format, and fix what the linter can fix
#   make bench       all measurements; one: bench-rules, bench-search (with bench-register, bench-pages), bench-occupations,
#                    bench-funding, bench-rush (with bench-bundle), bench-cases (with bench-ledger, bench-acts)
#   make install     set up only: packages and what the pages are dressed in
#   make front       build what the pages are dressed in
#   make lock        write requirements/ anew from pyproject.toml
#   make clean       remove what was made here; what Doorleren keeps in its home folder stays

PYTHON ?= python3.11
PORT   ?= 8000
DAY    ?=
TESTS  ?=
SIM_STEPS ?= 1000000
SIM_SEED  ?= 1
VENV   := .venv
BIN    := $(VENV)/bin
MADE   := $(VENV)/made
PRETIX := $(VENV)/pretix
PIP    := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := $(PIP) install --require-hashes --only-binary :all:
FRONT  := $(shell find front src/doorleren/web/locale -name node_modules -prune -o -name test-assets -prune -o -name __pycache__ -prune -o -type f -not -name '*.mo' -print 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install front run test test-long soak check format bench lock clean
.DELETE_ON_ERROR:

help:
	@sed -n '3,16s/^# *//p' Makefile

# --- set-up: a stamp in .venv/made is newer than what it was made from, so a second time takes no time ---

install: $(MADE)/package $(MADE)/front

$(MADE)/venv:
	@command -v $(PYTHON) >/dev/null || { echo "Doorleren needs Python 3.11, and $(PYTHON) is not here. Name yours: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(MADE) && touch $@

$(MADE)/runtime: requirements/runtime.txt $(MADE)/venv
	@echo "Installing the packages that Doorleren runs on (once; about half a minute)"
	$(LOCKED) -r requirements/runtime.txt
	@touch $@

$(MADE)/package: pyproject.toml $(MADE)/runtime
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(MADE)/front: $(FRONT) $(MADE)/runtime
	@if [ -f front/build.py ]; then $(BIN)/python front/build.py; fi
	@touch $@

front: $(MADE)/front

$(MADE)/test: requirements/test.txt $(MADE)/package
	@echo "Installing the packages that the tests need (once)"
	$(LOCKED) -r requirements/test.txt
	@touch $@

# Where there is a browser, or Debian's can be installed, a skipped journey is a fault.
WITH_BROWSER = $$(test ! -e $(MADE)/browser || echo DOORLEREN_BROWSER=required)

$(MADE)/browser: scripts/browser $(MADE)/venv
	@scripts/browser
	@for name in chromium-headless-shell chromium chromium-browser google-chrome; do if command -v $$name >/dev/null; then touch $@; fi; done

$(MADE)/bench: requirements/bench.txt $(MADE)/package
	$(LOCKED) -r requirements/bench.txt
	@touch $@

# pretix pins other versions than we do, so it has an environment of its own; parts of it are published as source only.
$(MADE)/pretix: requirements/pretix.txt requirements/build-spark.txt $(MADE)/venv
	$(PYTHON) -m venv --clear $(PRETIX)
	$(PRETIX)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: -r requirements/build-spark.txt
	$(PRETIX)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-build-isolation -r requirements/pretix.txt
	@touch $@

# Spark is published as source only (Python and jars): the setuptools of the lock packs it.
$(MADE)/spark: requirements/spark.txt requirements/build-spark.txt scripts/java $(MADE)/package
	@scripts/java
	$(LOCKED) -r requirements/build-spark.txt
	$(PIP) install --require-hashes --no-build-isolation -r requirements/spark.txt
	@touch $@

# The linter of the Dutch API Design Rules, for the long tests.
$(MADE)/spectral: tests/web/api/spectral/package-lock.json $(MADE)/runtime
	cd tests/web/api/spectral && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error
	@touch $@

# --- running, testing, measuring -------------------------------------------------------------------------

run: install
	@exec env DOORLEREN_DAY=$(DAY) $(BIN)/doorleren serve --port $(PORT)

test: $(MADE)/test $(MADE)/front $(MADE)/browser check
	env $(WITH_BROWSER) $(BIN)/python -m pytest -n auto $(or $(TESTS),--ignore=tests/repository)

test-long: $(MADE)/test $(MADE)/front $(MADE)/browser $(MADE)/spark $(MADE)/spectral
	env $(WITH_BROWSER) $(BIN)/python -m pytest -n auto -m long $(TESTS)

soak: $(MADE)/test $(MADE)/front
	FAULT_KILLS=1000 FAULT_CUTS=100 $(BIN)/python -m pytest -n auto -m long tests/faults/test_kills.py tests/faults/test_power.py
	$(BIN)/doorleren simulate-cases --seed $(SIM_SEED) --steps $(SIM_STEPS)

check: $(MADE)/test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q -n auto tests/repository

format: $(MADE)/test
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

bench: bench-rules bench-search bench-occupations bench-funding bench-rush bench-cases

bench-search: $(MADE)/bench
	@missed=0; for part in search register pages; do $(BIN)/python -m bench.$$part || missed=1; done; exit $$missed

bench-rush: $(MADE)/bench $(MADE)/pretix
	@missed=0; for part in rush bundle; do $(BIN)/python -m bench.$$part || missed=1; done; exit $$missed

bench-cases: $(MADE)/bench
	@missed=0; for part in cases ledger acts; do $(BIN)/python -m bench.$$part || missed=1; done; exit $$missed

bench-%: $(MADE)/bench
	$(BIN)/python -m bench.$*

lock: UV := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11
lock: $(MADE)/venv
	$(LOCKED) --quiet -r requirements/lock.txt
	$(UV) pyproject.toml --group build -o requirements/runtime.txt
	for group in test bench build-spark spark lock; do \
		$(UV) --group $$group -c requirements/runtime.txt -o requirements/$$group.txt || exit 1; done
	$(UV) --group pretix -o requirements/pretix.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis front/node_modules tests/web/api/spectral/node_modules
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
