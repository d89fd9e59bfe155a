# From a fresh clone, with only Python 3.11 (or newer) and make:
#   make run     install, ingest the sample pages into ./data, ask the warehouse some questions
#   make test    the fast tests;   make slow: the others (kill, wheel, …)
#   make lint    ruff and mypy --strict
#   make bench   a page's cost beside other parsers; speed and memory through the real flow (N="500 5000")
#   make bench-scale   Dask workers, the load step alone, a million reports to query: hours; SCALE="--documents 2000 …"
#   make bench-audit   audit, reuse and publishing of N reports' facts (N="10000 100000")
#   make ablation   what each group of rules contributes on the labelled pages

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
N ?= 500 5000
# Two test processes, each with whole files: what a file sets up is set up once.
PYTEST = $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: vendor run test slow lint format bench bench-scale bench-audit ablation install

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,ocr,dask,s3,postgres]'
	@touch $@

run: $(INSTALLED)
	$(BIN)/gongkai ingest seeds/sample
	$(BIN)/gongkai sql "SELECT year, form, agency, fact_count FROM reports ORDER BY year"
	$(BIN)/gongkai sql "SELECT agency, year, label_zh, value, unit, origin FROM headline ORDER BY agency, year, evidence_start LIMIT 12"

test: $(INSTALLED)
	$(PYTEST) -m "not slow"

slow: $(INSTALLED)
	$(PYTEST) -m slow

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,ocr,dask,s3,postgres,bench]'
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.formats
	$(BIN)/python -m bench.ingest $(N)

bench-scale: $(INSTALLED)
	$(BIN)/python -m bench.scale $(SCALE)

bench-audit: $(INSTALLED)
	$(BIN)/python -m bench.audit $(if $(filter-out file,$(origin N)),$(N))

ablation: $(INSTALLED)
	$(BIN)/python -m bench.ablation

# The explorer's DuckDB for browsers, main thread: made from npm packages of fixed versions, kept in the repository.
vendor:
	d=$$(mktemp -d) && cd $$d && npm install --silent --no-audit --ignore-scripts \
	  @duckdb/duckdb-wasm@1.32.0 apache-arrow@17.0.0 esbuild@0.28.2 && \
	echo 'export { AsyncDuckDB, ConsoleLogger, VoidLogger, DuckDBDataProtocol } from "@duckdb/duckdb-wasm";' > entry.mjs && \
	npx esbuild entry.mjs --bundle --format=esm --minify --platform=browser --legal-comments=none \
	  --outfile=$(CURDIR)/warehouse/site/vendor/duckdb.js
