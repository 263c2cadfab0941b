# The commands of the project. `make demo` and `make test` need git, make and Python >= 3.11 only.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WEB_STAMP := web/node_modules/.installed

# Where this is set, every process would compile the program anew: a fifth of each start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo test check check-python check-page web format lock clean

help:
	@echo "make demo    set up, start everything, transcribe the example, stay up until Ctrl-C"
	@echo "make test    set up, check, run every test"
	@echo "make check   format, lint, types, import rules, docstrings"
	@echo "make web     build the page that ships in src/licklab/web"
	@echo "make format  let ruff and prettier rewrite the code"
	@echo "make lock    resolve the locked requirements again"

setup: $(STAMP)

# requirements-dev.lock holds all of requirements.lock and of requirements-piano.lock, at the same
# versions.
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
$(STAMP): requirements-uv.lock requirements-dev.lock pyproject.toml
	@echo "Setting up $(VENV) (once, about half a minute)"
	@python=$$(scripts/find_python.sh) && { test -x $(BIN)/pip || "$$python" -m venv $(VENV); }
# What is used is compiled when it is first used: most of the packages' modules never are.
	$(PIP_INSTALL) --require-hashes -r requirements-uv.lock
# uv takes no address of a mirror from pip's configuration: where it finds nothing, pip may.
	$(BIN)/uv pip install --quiet --no-cache --no-deps --require-hashes --python $(BIN)/python -r requirements-dev.lock \
		|| $(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	$(PIP_INSTALL) --no-build-isolation --editable .
	touch $(STAMP)

demo: setup
	$(BIN)/licklab demo $(DEMO_FLAGS)

# Each process has servers of its own. The first takes the integration, which is slow, the others the
# rest and then of what is left; more than a few would want more memory than a laptop has.
SIDE_BY_SIDE = --numprocesses logical --maxprocesses 4 --durations 20
test: check
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --dist worksteal --ignore tests/e2e
# By themselves: the browser's driver keeps an event loop running in the process of its tests. Those of
# a file stay together, for they share a recording that has to be heard.
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --dist loadfile tests/e2e

# Node is a package of the development environment: who uses the product needs none.
$(WEB_STAMP): web/package-lock.json web/package.json $(STAMP)
	@echo "Setting up the page's packages (once, about half a minute)"
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel error
	touch $(WEB_STAMP)

web: $(WEB_STAMP)
	$(BIN)/python scripts/write_openapi.py web/openapi.json
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent types && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build

check: setup
	@$(MAKE) --no-print-directory --jobs 2 check-python check-page

# The routes and the commands are documented where their users read: in the API's pages and in --help.
DOCUMENTED = $$(git ls-files 'src/*.py' | grep -v '^src/licklab/cli/\|^src/licklab/service/api/')
check-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/numpydoc lint $(DOCUMENTED)
	scripts/check_docs.sh
	$(BIN)/mypy --num-workers 2

check-page: $(WEB_STAMP)
	scripts/check_page.sh

format: setup $(WEB_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent format

# --no-emit-index-url and --no-header keep registry addresses out of the lock files.
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: setup
	$(UV_COMPILE) --group setup --output-file requirements-uv.lock
	$(UV_COMPILE) pyproject.toml --group models --output-file requirements.lock
	$(UV_COMPILE) --group piano --output-file requirements-piano.lock
	$(UV_COMPILE) pyproject.toml --group models --group piano --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
