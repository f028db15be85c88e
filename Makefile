# One page of commands; `make help` lists them.
CITY ?= khmelnytskyi
PORT ?= 8000
STAGE ?= staging
PYTHON ?= python3
BIN := .venv/bin

export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help run logs reset replay letters check format test test-moto test-deep bench package deploy venv venv-run
.DEFAULT_GOAL := help

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  Cities: $$(ls -d chalicelib/cities/*/ | xargs -n 1 basename | grep -v '^_' | xargs)"

run: venv-run ## Run a city on this machine: make run CITY=kryvyi-rih PORT=8100
	@$(BIN)/python -m infra.local_cloud --city $(CITY) --port $(PORT)

logs: venv-run ## Print what a running city's functions logged: make logs CITY=… WORD=…
	@$(BIN)/python -m infra.logs --city $(CITY) --word "$(WORD)"

reset: venv-run ## Remove what a city on this machine has stored: make reset CITY=…
	@$(BIN)/python -m infra.local_cloud --city $(CITY) --reset

replay: venv-run ## Bring dead letters back to their queues: make replay CITY=… [OPTIONS="--stage production"]
	@$(BIN)/python -m infra.replay --city $(CITY) $(OPTIONS)

letters: venv-run ## Write every notice as a page to look at: make letters CITY=…
	@$(BIN)/python -m infra.letters --city $(CITY)

check: venv ## Lint, types, layers and architecture, in seconds
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@if [ -d tests/architecture ]; then $(BIN)/pytest -q tests/architecture; fi

format: venv ## Bring the code into the common form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Both processes must collect the same tests in the same order, whatever sets they come from.
test: export PYTHONHASHSEED := 0
test: venv ## Run every test but those of `make check`, the browser's too, in two processes
	@$(BIN)/python -m infra.browser
	@$(BIN)/pytest -m "not deep" --ignore tests/architecture -n 2 --dist loadscope --no-loadscope-reorder --durations=5

test-moto: venv ## Prove the core in process, without local cloud, Node or browser
	@$(BIN)/pytest -m "not e2e and not deep" --ignore tests/e2e --ignore tests/infra

test-deep: venv ## Run the long searches
	@$(BIN)/pytest -m deep

bench: venv package ## Print the table of costs: calls, units, CPU time, sizes
	@$(BIN)/python -m benchmarks

package: venv-run ## Make the template, the code and the layer that AWS gets
	@$(BIN)/python -m infra.build

deploy: venv-run ## Deploy a city to AWS: make deploy CITY=… STAGE=staging|production [OPTIONS=…]
	@$(BIN)/python -m infra.deploy --city $(CITY) --stage $(STAGE) $(OPTIONS)

venv: ## Make the environment for tests and tools
	@$(PYTHON) infra/environment.py dev

venv-run:
	@$(PYTHON) infra/environment.py run
