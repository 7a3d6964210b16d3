# Every target sets up what it needs: a virtual environment in .venv from the pinned, hashed lists.
PYTHON ?= python3
PREFIX ?= $(HOME)/.local
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(PREFIX)/share/specter-tui/venv
KILLS ?= 1000
SHOPS ?= 300
ORDERS ?= 200
CASES ?= 10000
SEED ?= 1
JOURNAL ?= file
PIP_FLAGS := --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo sandbox test lint format words bench soak fuzz load costs picture snapshots docs audit build release deb archive ranges install uninstall lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.ready: requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "specter-tui needs Python 3.11 or newer; say: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install $(PIP_FLAGS) --require-hashes -r requirements/dev.lock
	$(BIN)/pip install $(PIP_FLAGS) --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV)/.ready  ## the console on a shop and a Specter of its own
	@$(BIN)/specter-tui demo

sandbox: $(VENV)/.ready  ## only the two servers
	@$(BIN)/specter-tui sandbox

# Each test runs once. Those that measure time run after the others, one at a time; only their files are read for that.
test: $(VENV)/.ready  ## every test
	$(BIN)/pytest -m "not timing"
	$(BIN)/pytest -m timing -n 0 $$(grep -rl 'mark\.timing' tests --include='test_*.py')

lint: $(VENV)/.ready  ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready  ## let ruff put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: $(VENV)/.ready  ## bring catalogue, guides and the pages that are made in line with the code; names what lacks Swedish
	$(BIN)/python -m tools.words
	$(BIN)/python -m docs.guide
	$(BIN)/python -m docs.settings_tables
	$(BIN)/python -m docs.command_tables
	$(BIN)/python -m docs.man_page
	$(BIN)/python -m docs.json_tables

bench: $(VENV)/.ready  ## measure; prints a table and writes benchmarks/results.json
	$(BIN)/python -m benchmarks

soak: $(VENV)/.ready  ## kill programs at random, KILLS=1000 times, JOURNAL=file or postgres; no copy, no loss
	$(BIN)/python -m tests.faults.soak --kills $(KILLS) --journal $(JOURNAL)

fuzz: $(VENV)/.ready  ## CASES=10000 hostile documents and replies of SEED=1; names those that break something
	$(BIN)/python -m tests.fuzz --cases $(CASES) --seed $(SEED)

load: $(VENV)/.ready  ## SHOPS=300 shops, ORDERS=200 a shop, 4 workers, one killed; files and PostgreSQL side by side
	$(BIN)/python -m tests.load.load --shops $(SHOPS) --orders $(ORDERS)
	$(BIN)/python -m docs.scale_tables

costs: $(VENV)/.ready  ## measure what a look, an order, a shop and a worker take
	$(BIN)/python -m tests.load.costs
	$(BIN)/python -m docs.scale_tables

picture: $(VENV)/.ready  ## write docs/pictures from the running console, in each language; after snapshots
	$(BIN)/python -m docs.pictures

snapshots: $(VENV)/.ready  ## draw the pictures that the tests compare every screen with; look at what changed
	$(BIN)/pytest -n 0 tests/console/snapshots --snapshot-update

.venv-docs/.ready: requirements/docs.lock
	$(PYTHON) -m venv .venv-docs
	.venv-docs/bin/pip install $(PIP_FLAGS) --require-hashes -r requirements/docs.lock
	@touch $@

docs: .venv-docs/.ready  ## build the pages of docs/ as a site with search in site/; a warning fails
	.venv-docs/bin/properdocs build --strict -f mkdocs.yml

audit: $(VENV)/.ready  ## look for known faults in the pinned packages; warns, or fails with STRICT=1; needs the network and uv
	@uvx pip-audit --require-hashes --disable-pip --requirement requirements/alerts.lock \
	  --requirement requirements/postgres.lock $(if $(STRICT),,|| echo "audit: see above; nothing was changed")

build: $(VENV)/.ready  ## build the wheel and the source archive in dist/
	$(BIN)/hatchling build -d dist

release: $(VENV)/.ready  ## say what keeps this version from being published; else build it
	@$(BIN)/python -m tools.release
	@$(MAKE) build

# The wheel is built in an environment of its own, so that nothing that only builds is installed.
.venv-build/.ready: requirements/build.lock
	$(PYTHON) -m venv .venv-build
	.venv-build/bin/pip install $(PIP_FLAGS) --require-hashes -r requirements/build.lock
	@touch $@

# Both hold the Python that runs this, with its libraries, for the distribution that they were built on.
deb: build/wheel  ## build a Debian package with its own Python in dist/
	$(PYTHON) packaging/build.py deb build/wheel/specter_tui-*.whl

archive: build/wheel  ## build the same as a folder in a tar archive, to be unpacked anywhere
	$(PYTHON) packaging/build.py archive build/wheel/specter_tui-*.whl

.PHONY: build/wheel
build/wheel: .venv-build/.ready
	rm -rf build/wheel
	.venv-build/bin/pip wheel $(PIP_FLAGS) --no-deps --no-build-isolation -w build/wheel .

# The pure parts of the suite: rules, forms, settings, both clients, the sandbox, the command line.
PURE := tests/abicart tests/config tests/planning tests/sandbox tests/specter tests/text tests/cli/test_imports.py tests/cli/test_demo.py

ranges:  ## try the lowest and the highest packages that pyproject.toml allows (needs the network and uv)
	for end in lowest-direct highest; do \
	  $(PYTHON) -m venv .venv-$$end && uv pip install --quiet --python .venv-$$end/bin/python --resolution $$end \
	    -r pyproject.toml --extra alerts --extra postgres --group build --group dev && \
	  .venv-$$end/bin/python -m pytest -m "not timing" $(PURE) || exit 1; done

install: build/wheel  ## put the command into PREFIX/bin (default: ~/.local/bin); ALERTS=1, POSTGRES=1 with what these need
	$(PYTHON) -m venv $(INSTALLED)
	$(INSTALLED)/bin/pip install $(PIP_FLAGS) --require-hashes -r requirements/runtime.lock \
	  $(if $(ALERTS),-r requirements/alerts.lock) $(if $(POSTGRES),-r requirements/postgres.lock)
	$(INSTALLED)/bin/pip install $(PIP_FLAGS) --no-deps --no-index --force-reinstall build/wheel/specter_tui-*.whl
	mkdir -p $(PREFIX)/bin
	ln -sf $(INSTALLED)/bin/specter-tui $(PREFIX)/bin/specter-tui
	@echo "Installed $(PREFIX)/bin/specter-tui"

uninstall:  ## remove what install made; settings and journals stay
	rm -rf $(INSTALLED) $(PREFIX)/bin/specter-tui

# The others are parts of the first, with its versions, so that they can be installed together.
RESOLVE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command 'make lock'
COMPILE := $(RESOLVE) pyproject.toml

lock:  ## write the pinned lists anew from pyproject.toml (needs uv)
	$(COMPILE) --extra alerts --extra postgres --group build --group dev -o requirements/dev.lock
	$(COMPILE) -c requirements/dev.lock -o requirements/runtime.lock
	$(COMPILE) -c requirements/dev.lock --extra alerts -o requirements/alerts.lock
	$(COMPILE) -c requirements/dev.lock --extra postgres -o requirements/postgres.lock
	$(RESOLVE) -c requirements/dev.lock --group build -o requirements/build.lock
	$(RESOLVE) --group docs -o requirements/docs.lock

clean:  ## remove the environment and what the tools left
	rm -rf $(VENV) .venv-build .venv-docs .venv-lowest-direct .venv-highest site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist *.egg-info
