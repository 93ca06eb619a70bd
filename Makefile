# The two commands everybody needs are `make run` and `make test`; each does all the set-up it needs.
PYTHON ?= python3
BIN := .venv/bin
NODE := $(shell command -v node >/dev/null 2>&1 && echo node || echo $(BIN)/node)
PORT ?= 8000
export AUMENTA_DEBUG ?= 1
# Where it is set, every start compiles 2,000 modules anew: 16 seconds instead of 4.
unexport PYTHONDONTWRITEBYTECODE

TEMPLATES = $(shell git ls-files --cached --others --exclude-standard 'src/*.html' | xargs ls 2>/dev/null)

SETUP := .venv/.stamp src/aumenta/ui/static/built/.stamp .venv/.messages

.PHONY: wheel run test test-fast test-scripts mutants setup lint audit fuzz messages bench bench-synthesis screenshots readme-pictures clean clean-data coverage measure-tests

run: setup ## serve Aumenta with the Turin plan on http://127.0.0.1:8000
	$(BIN)/aumenta serve --prepare --port $(PORT)

setup: $(SETUP) ## everything that the other commands need

test: setup lint ## all tests, on SQLite and, where AUMENTA_TEST_POSTGRES is set, the rooms on PostgreSQL too
	$(BIN)/python tools/run_tests.py

test-fast: setup ## what needs neither a browser nor time
	$(BIN)/python -m tests.database & $(BIN)/pytest -q -n 2 -m "not browser and not slow"

test-scripts: node_modules/.stamp ## the modules of the front end, in Node's own test runner
	$(NODE) --test $(wildcard tests/frontend/*.test.js)

mutants: setup ## plant the kept faults one by one, and print which the tests notice (ONLY=area, area/name or --again)
	$(BIN)/python -m tools.mutants $(ONLY)

lint: .venv/.stamp node_modules/.stamp ## style, types and imports: ruff, djhtml, mypy, import-linter, biome
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE) node_modules/@biomejs/biome/bin/biome check --error-on-warnings

audit: setup ## known vulnerabilities, licences and a bill of materials of what is shipped; static analysis
	$(BIN)/ruff check --select S --ignore S101 src
	$(BIN)/python tools/audit.py

fuzz: setup ## 2,000 damaged files of every kind that enters anywhere, and as many for the tables; every form with every odd value
	AUMENTA_FUZZ=2000 $(BIN)/pytest -q -n 2 tests/doors/test_attack_files.py tests/core/test_tables_fuzz.py tests/doors/test_attack_every_form.py

messages: .venv/.messages ## the translations, compiled

coverage: setup ## which lines no test runs, as pages in var/coverage
	$(BIN)/pytest -q -n 2 --cov=aumenta --cov-report=html:var/coverage --cov-report=term:skip-covered

measure-tests: setup ## all tests once, and what each file took of the processor: make test-fast leaves the slow ones out
	AUMENTA_MEASURE_TESTS=1 $(BIN)/pytest -q -n 2 --dist worksteal

bench: setup ## every measured figure, printed; nothing is asserted here
	$(BIN)/python -m benchmarks.run

bench-synthesis: setup ## the figures of the synthesis alone
	$(BIN)/python -m benchmarks.bench_synthesis

screenshots: setup ## pictures of every public page, desk and phone, both languages, into var/screenshots
	$(BIN)/python tools/screenshots.py

readme-pictures: setup ## the two pictures of the README, from the demo that make run has filled
	$(BIN)/python tools/readme_pictures.py

wheel: setup ## the program as one file in dist/, with its front end and its translations
	$(BIN)/python -m hatchling build -t wheel

clean: ## what was installed and built; the data in var/ stay
	rm -rf .venv .uv node_modules src/aumenta/ui/static/built

clean-data: ## the database, uploads, mails and keys of this checkout, after a question
	@printf 'This deletes the database, uploads, mails and keys in var/. Type yes to go on: '; read answer; test "$$answer" = yes
	rm -rf var

.venv/.stamp: uv.lock pyproject.toml tools/bootstrap.py
	$(PYTHON) tools/bootstrap.py
	touch $@

node_modules/.stamp: package-lock.json package.json | .venv/.stamp
	$(PYTHON) tools/bootstrap.py npm
	touch $@

src/aumenta/ui/static/built/.stamp: node_modules/.stamp $(shell find frontend -type f 2>/dev/null)
	$(NODE) frontend/build.mjs
	touch $@

.venv/.messages: .venv/.stamp $(shell find src -name '*.po' 2>/dev/null)
	$(BIN)/python tools/compile_messages.py
	touch $@
