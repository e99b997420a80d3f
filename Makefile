# make demo and make test do all set-up themselves. Plain enough for GNU make 3.81, which macOS ships.
.PHONY: help demo test lint types contracts words catalogues campaign campaign-faults campaign-fuzz campaign-live hazards bench lock wheel clean ready ready-test

PYTHON_IN_VENV = .venv/bin/python
JOBS ?= 2
# A file of tests stays in one process, so that what its tests share is made once.
BY_FILE = --dist loadfile --no-loadscope-reorder
LOCALE = src/uitknop/locale

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 - \2/p' Makefile

demo: ready catalogues ## the app on a made-up person of several months; it opens in the browser
	@.venv/bin/uitknop demo

test: ready-test catalogues lint types ## every check and every test, as the continuous integration does
	UITKNOP_CHROMIUM="$$(cat .venv/set-up-chromium)" $(PYTHON_IN_VENV) -m pytest -n $(JOBS) $(BY_FILE)

lint: ready-test ## style, and who may import whom
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .
	.venv/bin/lint-imports

types: ready-test ## mypy --strict
	$(PYTHON_IN_VENV) -m mypy

contracts: ready-test ## write the import contracts of pyproject.toml from the table in docs/house.md
	$(PYTHON_IN_VENV) scripts/contracts.py --write

words: ready-test ## collect the sentences of the code into the catalogues of both languages
	$(PYTHON_IN_VENV) scripts/words.py
	@$(MAKE) --no-print-directory catalogues

catalogues: ready
	@$(PYTHON_IN_VENV) hatch_build.py

campaign: ready-test catalogues ## the tests with laws, on far more examples (about half an hour)
	UITKNOP_CHROMIUM="$$(cat .venv/set-up-chromium)" HYPOTHESIS_PROFILE=campaign \
		$(PYTHON_IN_VENV) -m pytest -n $(JOBS)

campaign-faults: ready-test catalogues ## kills, torn logs, full disks and write errors against the person's file (about four minutes)
	$(PYTHON_IN_VENV) tests/store/faults.py --scale 10

campaign-fuzz: ready-test catalogues ## a hundred thousand changed files through every importer (about forty minutes; Linux)
	$(PYTHON_IN_VENV) scripts/fuzz.py --mutants 100000 --jobs $(JOBS)
	$(PYTHON_IN_VENV) scripts/fuzz_guided.py --runs 50000

campaign-live: ready-test catalogues ## a strap over fifty lost connections, and the API asked anything (some minutes)
	UITKNOP_CHROMIUM="$$(cat .venv/set-up-chromium)" $(PYTHON_IN_VENV) scripts/live_path.py

hazards: ready-test catalogues ## what might do harm, each with the tests against it and how they went
	UITKNOP_CHROMIUM="$$(cat .venv/set-up-chromium)" $(PYTHON_IN_VENV) scripts/hazards.py --jobs $(JOBS)

bench: ready-test catalogues ## speed and memory on this machine, printed
	$(PYTHON_IN_VENV) benchmarks/speed.py

lock: ready-test ## newest versions of all dependencies, pinned with their hashes
	.venv/bin/uv pip compile pyproject.toml --group build -o requirements.txt --upgrade \
		--universal --python-version 3.11 --generate-hashes --no-header --quiet
	.venv/bin/uv pip compile pyproject.toml --group dev -o requirements-dev.txt -c requirements.txt --upgrade \
		--universal --python-version 3.11 --generate-hashes --no-header --quiet

wheel: ready-test ## dist/uitknop-*.whl
	$(PYTHON_IN_VENV) -m hatchling build -t wheel

clean: ## take away what was made: .venv, caches, dist
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	find $(LOCALE) -name '*.mo' -exec rm -f {} + 2>/dev/null || true

ready:
	@scripts/set-up run

ready-test:
	@scripts/set-up test
