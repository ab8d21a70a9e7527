# Two commands matter: `make film` and `make test`. Both make their own virtual environment on the first call.
# PYTHON names the interpreter (3.11 or 3.12); VENV the place of the environment.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FILM := films/mira.mp4
SECOND := films/stage.mp4
PROMPT := A woman with light skin, long red hair, no glasses, a yellow shirt, in a park. She is excited; the camera pushes in.

.PHONY: help film test lint bench clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1@/' | column -t -s '@' 2>/dev/null || grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST)

film: $(VENV)/native.stamp ## film the example twice: a drawn portrait speaks; a character that our own model makes up says the same
	@mkdir -p $(dir $(FILM))
	@$(BIN)/dramatis make examples/mira.json -o $(FILM)
	@$(BIN)/dramatis make --engine native --voice examples/mira.flac --prompt "$(PROMPT)" -o $(SECOND)
	@echo
	@echo "The films are $(FILM) and $(SECOND). Try it with your own picture and your own voice:"
	@echo
	@echo "  $(BIN)/dramatis make --portrait photo.jpg --voice speech.mp3 --prompt \"She smiles, the camera pushes in\" -o films/mine.mp4"
	@echo

test: lint ## run every check and every test
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(VENV)/dev.stamp ## check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

bench: $(VENV)/dev.stamp ## measure speed and quality on this machine
	@$(BIN)/python -m benchmarks

clean: ## remove the environment and the caches; films stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/film.stamp: constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed; install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' \
	  || { echo "Python 3.11 or 3.12 is needed, $(PYTHON) is another; name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing into $(VENV) (about 650 MB, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks its venv module; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) uninstall --yes opencv-contrib-python opencv-python 2> /dev/null || true
	@$(PIP) install --no-deps -r constraints.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/native.stamp: $(VENV)/film.stamp constraints-native.txt
	@echo "Installing PyTorch into $(VENV) (another 0.9 GB; several GB if your package index serves its CUDA build) ..."
	@$(PIP) install -r constraints-native.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/native.stamp constraints-dev.txt
	@$(PIP) install --no-deps -r constraints-dev.txt
	@touch $@
