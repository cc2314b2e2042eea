# What people and CI run. Everything lands in .venv; nothing outside the checkout is changed but
# system packages, and those only where apt may be used.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help setup demo run test check soak bench translations clean

help:  ## show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: $(VENV)/base  ## the program in .venv, without its compiled extra
demo: $(VENV)/base  ## a sample call becomes a grounded note, in the terminal
	@$(BIN)/granola-like demo
run: $(VENV)/window  ## the window
	@$(BIN)/python -m granola_like_ui
test: $(VENV)/dev  ## all tests but the long ones
	$(BIN)/python -m pytest -q -m "not soak"
soak: $(VENV)/dev  ## the long tests
	$(BIN)/python -m pytest -q -m soak --timeout 3600
check: $(VENV)/dev  ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
bench: $(VENV)/dev  ## every benchmark, one after the other
	set -e; for one in $$(grep -l __main__ benchmarks/*.py); do \
		echo "== $$one"; $(BIN)/python -m benchmarks.$$(basename $$one .py); done
translations: $(VENV)/dev  ## collect the window's strings for Qt Linguist
	PATH="$(CURDIR)/$(BIN):$$PATH" ui/granola_like_ui/translations/renew.sh
clean:  ## remove the environment
	rm -rf $(VENV)

$(VENV)/base: requirements/base.txt pyproject.toml packaging/system_packages.sh
	@PYTHON=$(PYTHON) sh packaging/system_packages.sh base
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages…"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/window: $(VENV)/base requirements/window.txt
	@PYTHON=$(PYTHON) sh packaging/system_packages.sh window
	@echo "Installing the window…"
	@$(PIP) --require-hashes -r requirements/window.txt
	@touch $@

$(VENV)/dev: $(VENV)/base requirements/dev.txt
	@PYTHON=$(PYTHON) sh packaging/system_packages.sh dev
	@echo "Installing what tests need; llama-cpp-python compiles for some minutes the first time…"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
