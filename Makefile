# make demo    a site full of illustrative data on http://127.0.0.1:5000
# make test    everything the tests can prove, system packages included
# make install the virtual environment .venv, from the pinned requirements (install-server: what the site alone needs)
# make check   format, lint, types, the rules of the house that are read from its files, known faults of packages (said where they cannot be asked for)
# make format  what of it can be put right by itself
# make test-other  what may differ on a later Python (3.13, where this machine has one), without browsers and databases
# make check-pythons  the same on each of 3.11, 3.12 and 3.13 that this machine has
# make docs    the documentation as pages in both languages, in out/docs
# make bench   measurements beside an empty Flask view on the same server, with few and with 2,000 comments
#              (COMMENTS=200000: also every page of a matter with so many, on SQLite beside PostgreSQL)
# make mutants  break lines of the rules that matter, one at a time, and see whether the tests notice
# make picture  the house as its imports draw it: floors, folders, arrows, circles
# make clean   forget .venv, caches and the demo (never a real database: instance/ stays)

SHELL := /bin/sh
# A recipe's step that fails ends the target; nothing is half done and called good.
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PORT ?= 5000
# Two test processes suit two cores: with three each makes its own sites and nothing ends sooner.
# `make test WORKERS=0` runs in one, for a debugger.
WORKERS ?= 2
# make test ONLY="tests/outline -k decimal"
ONLY ?=
# The Pythons that the site runs on, and the one that is tried beside: from the system, or one that pyenv keeps.
PYTHONS := 3.11 3.12 3.13
AGAINST ?= 3.13
OTHER ?= $(shell for python in "$$(command -v python$(AGAINST))" "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$(AGAINST).*/bin/python; do \
    "$$python" -c 'import ensurepip, venv' 2>/dev/null && { echo "$$python"; break; }; done)
# Browsers, LibreOffice and PostgreSQL are the same whichever Python asks them.
ALIKE := browser or libreoffice or postgres or real or redis or slow

# What else lies in tests/house asks databases, servers and a whole site: its rules alone are read in less than a minute.
NOT_RULES := --ignore tests/house/commands --ignore tests/house/migrations --ignore tests/house/project --ignore tests/house/routes

BIN := .venv/bin
SITE := .venv/site-installed
TESTS := .venv/tests-installed
export PYTHON

.PHONY: install install-server demo test test-other check-pythons docs bench mutants picture check audit format clean

install: $(TESTS)

# A server has no use for browsers, linters and the like.
install-server: $(SITE)

# The site's own account reads what root installs, whatever umask root has.
$(BIN)/python:
	@deploy/install-system-packages site
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Consult: Python 3.11 or later is needed; $(PYTHON) is older. Name another: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	umask 022; "$(PYTHON)" -m venv .venv

$(SITE): requirements.txt | $(BIN)/python
	umask 022; $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTS): requirements-dev.txt $(SITE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The demo lives in a folder of its own and never meets a real database.
demo: export CONSULT_ENV = development
demo: export CONSULT_DEMO = 1
demo: export CONSULT_INSTANCE = $(CURDIR)/instance/demo
demo: $(SITE)
	@$(BIN)/flask --app consult demo
	@exec $(BIN)/flask --app consult run-all --port $(PORT)

# A run begins hundreds of Pythons: what one of them has compiled is there for the others.
test test-other: export PYTHONDONTWRITEBYTECODE =

# System packages come before all else: a machine that cannot have them is told so at once.
test:
	@deploy/install-system-packages tests
	@$(MAKE) --no-print-directory install
	@tests/in-memory $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ONLY)

test-other: install
ifeq ($(OTHER),)
	@echo "Consult: there is no Python $(AGAINST) on this machine; nothing is tried on it."
else
	@"$(OTHER)" -m venv .venv/other-$(AGAINST)
	@.venv/other-$(AGAINST)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@tests/in-memory .venv/other-$(AGAINST)/bin/python -m pytest -n $(WORKERS) -p no:cacheprovider -m "not ($(ALIKE))" --ignore tests/house --ignore tests/demo $(ONLY)
endif

# Every one of them that this machine has, each to its end; the worst of them counts, and those it lacks are named.
check-pythons:
	@worst=0; for version in $(PYTHONS); do \
	    echo "== Python $$version"; \
	    $(MAKE) --no-print-directory test-other AGAINST="$$version" || { worst=1; echo "Consult: it failed on Python $$version." >&2; }; \
	done; exit $$worst

docs: install
	$(BIN)/python docs/build.py

bench: install
	$(BIN)/python -m bench $(if $(COMMENTS),--comments $(COMMENTS))

mutants: install
	$(BIN)/python -m bench.mutants $(ONLY)

picture: install
	$(BIN)/python -m tests.house.picture

check: install audit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n $(WORKERS) tests/house $(NOT_RULES)

# Known faults in the pinned packages, where somebody can be asked; where not, that is said.
audit: install
	@deploy/audit

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis out build consult.egg-info instance/demo instance/demo-checkpoints
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
