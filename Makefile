# Everything runs in .venv; nothing else needs to be set up.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test coverage lint browse bench clean

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

# Three processes, because many tests wait for a clock or a server. A file is one process's, so that what its tests share
# is made once; the slow ones come first (tests/conftest.py).
test: install
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Every line and branch of the rooms that all others build on is run by a test of their own folders that says why it
# is there. Random input doesn't count: what it reaches today it may miss tomorrow. Shows everything if it fails.
PROVEN := newscrawler.text newscrawler.urls newscrawler.outcome pipelines
PROOFS := tests/text tests/pipelines tests/test_urls.py tests/test_outcome.py

coverage: install
	@out=$$(mktemp); trap 'rm -f "$$out"' EXIT; \
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal -m "not hypothesis" $(PROOFS) \
		$(PROVEN:%=--cov=%) --cov-fail-under=100 >"$$out" 2>&1 || { cat "$$out"; exit 1; }; \
	grep '^Required test coverage' "$$out"

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browse: install
	@$(BIN)/scrapy browse

bench: install
	$(BIN)/python -m tests.benchmarks.newsroom $(BENCH)

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage* data/demo
