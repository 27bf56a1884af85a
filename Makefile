# Everything runs from here; `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export HOST ?= 127.0.0.1
export PORT ?= 5005
export ACTION_PORT ?= 5055
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore
export TQDM_DISABLE := 1

UV := .tools/bin/uv
PY := .venv/bin/python
UNIT_TESTS := $(PY) -m pytest -q -n auto -m
UNITS := not model and not server

.PHONY: help run shell test check lint train validate evaluate evaluate-safety check-accuracy unanswered inbox \
        messenger-profile bench-understanding bench-flat bench-crowd bench-processes purge rotate-keys \
        screenshots audit bench fuzz setup encoder clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# -- setting up ------------------------------------------------------------------------------

setup: .venv/.synced encoder ## tools environment, Python 3.10, locked dependencies, encoder

# Made outside the folder: .python-version would hide a python3 that pyenv knows by another name.
$(UV):
	@echo "Making the tools environment (.tools) ..."
	@cd / && python3 -m venv "$(CURDIR)/.tools"
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.synced: pyproject.toml uv.lock | $(UV)
	@echo "Installing the locked dependencies (.venv) ..."
	@$(UV) sync --locked --compile-bytecode
	@touch $@

encoder: .venv/.synced ## the ONNX sentence encoder, from the packaged weights
	@$(PY) -m assistant.nlu.encoder.build

train: setup ## train the model when the data changed
	@$(PY) -m assistant.training

# -- using -----------------------------------------------------------------------------------

run: train ## serve on http://localhost:5005
	@mkdir -p var
	@echo "Starting on http://$(HOST):$(PORT) (Ctrl-C stops) ..."
	@exec .venv/bin/supervisord --nodaemon --silent --configuration supervisord.conf

shell: train ## talk to the assistant on this terminal
	@exec $(PY) -m assistant.shell

inbox: setup ## contact requests: make inbox, make inbox ARGS="show CODE"
	@$(PY) -m actions.inbox $(ARGS)

purge: setup ## delete what is older than content/clinic.yml allows
	@$(PY) -m actions.inbox purge
	@$(PY) -m assistant.stores.purge

rotate-keys: setup ## encrypt requests and waiting messages with the first key
	@$(PY) -m actions.inbox reseal
	@$(PY) -m assistant.channels.queue.rotate

messenger-profile: setup ## set the greeting, Get started and menu of the Messenger page
	@$(PY) -m assistant.channels.messenger.profile

# -- judging ---------------------------------------------------------------------------------

evaluate evaluate-safety check-accuracy unanswered: export ENCODER_THREADS := $(shell nproc)

validate: setup ## check content and data, by file and line
	@$(PY) -m assistant.content.validate --rasa

evaluate: train ## QUESTIONS=<tsv> OUT=<dir>, or COMPOUND=<tsv>, FOLLOWUPS=<tsv>
	@$(PY) -m evaluation.evaluate $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(if $(COMPOUND),--compound "$(COMPOUND)") $(if $(FOLLOWUPS),--follow-ups "$(FOLLOWUPS)") $(if $(OUT),--out "$(OUT)")

evaluate-safety: train ## MESSAGES=<tsv> OUT=<dir>
	@$(PY) -m evaluation.safety $(if $(MESSAGES),--messages "$(MESSAGES)") $(if $(OUT),--out "$(OUT)")

check-accuracy: evaluate ## fail when accuracy fell by more than a point
	@$(PY) -m evaluation.baseline

unanswered: train ## what visitors asked in vain, ready for data/nlu.yml
	@$(PY) -m evaluation.unanswered $(ARGS)

bench: train ## speed beside Rasa's default configuration
	@$(PY) -m bench.performance $(ARGS)

bench-understanding: setup ## BENCHMARKS=<folder>: compare methods (an hour or more)
	@$(PY) -m bench.understanding $(if $(BENCHMARKS),--benchmarks "$(BENCHMARKS)") $(ARGS)

bench-flat: train ## turns 1-10 against turns 191-200 of a conversation
	@$(PY) -m bench.flat $(ARGS)

bench-crowd: train ## 200 visitors at once, alone and beside a silent action server and huge messages
	@$(PY) -m bench.crowd $(ARGS)

bench-processes: train ## answers a second with one process and with two, behind nginx
	@$(PY) -m bench.processes $(ARGS)

check: lint ## lint, types and the unit tests that are quick
	@$(UNIT_TESTS) "$(UNITS) and not slow"

lint: setup ## style and types
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy assistant actions evaluation bench

audit: setup ## look the locked packages up among known vulnerabilities
	@.ci/audit

screenshots: train ## pictures of the chat, into docs/screenshots
	@SCREENSHOTS=docs/screenshots $(PY) -m pytest -q tests/browser/test_screenshots.py

test: train ## every test
	@$(UNIT_TESTS) "$(UNITS)"
	@$(PY) -m pytest -m "model or server"

fuzz: setup ## FUZZ_EXAMPLES=1250: that many malformed inputs for each of eight webhooks
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-60} $(PY) -m pytest tests/fuzz

clean: ## remove what can be made again
	rm -rf .venv .tools models .rasa var/encoder.* var/trained.json
