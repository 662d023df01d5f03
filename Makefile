# Every task of the project; `make` lists them. They use the environment the README makes.
BIN := .venv/bin

.PHONY: help environment test lint docs site golden gate raise ci bench fuzz lock

help: ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

environment: $(BIN)/pytest ## install the program and what its development needs

$(BIN)/pytest: pyproject.toml
	python3 -m venv .venv
	$(BIN)/pip install -e ".[dev]"
	@touch $@

test: environment ## run the tests
	$(BIN)/pytest

lint: environment ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/write_docs.py --check

site: environment ## build the documentation site into site/
	$(BIN)/mkdocs build -q

docs: environment ## write the generated pages anew
	$(BIN)/python tools/write_docs.py

golden: environment ## write the expected tables of tests/golden anew; read the diff before committing
	$(BIN)/pytest tests/test_golden.py --rewrite-golden

gate: environment ## hold accuracy against its floors (`make raise` after a gain)
	$(BIN)/python tests/gold/gate.py

raise: environment ## raise the floors to what is reached
	$(BIN)/python tests/gold/gate.py --raise

ci: ## all that must hold before a commit, as on a new machine
	.ci/run

bench: environment ## measure speed
	$(BIN)/python -m benchmarks

fuzz: environment ## try inputs made by chance at every door, PIPELINE_FUZZ at each (5000)
	PIPELINE_FUZZ=$${PIPELINE_FUZZ:-5000} HYPOTHESIS_PROFILE=explore $(BIN)/pytest -q -s tests/test_fuzz.py

lock: environment ## lock what the program needs, with hashes, in requirements.lock
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
