# In a fresh clone each of these first makes .venv and installs into it; later runs start at once.
.PHONY: run test check format

run:
	@scripts/setup
	@.venv/bin/floor demo

test:
	@scripts/setup test
	@.venv/bin/python -m pytest $(TESTS)

check:
	@scripts/setup test
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy assistant store tests
	@.venv/bin/python scripts/complexity.py

format:
	@scripts/setup test
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
