# Everything runs in .venv; nothing else needs to be set up.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test lint browse bench clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("newscrawler needs Python 3.11 or newer, this is %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Installing into .venv (a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@# setuptools warns of every editable installation; there is nothing to do about it
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install
	@$(BIN)/scrapy demo

# One process a core, four at most: the whole suite in two thirds of the time on two cores.
test: install
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browse: install
	@$(BIN)/scrapy browse

bench: install
	$(BIN)/python -m tests.benchmarks.speed

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache data/demo
