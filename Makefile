# What people type. `make` alone prints the list.
GATEHOUSE ?= .build/debug/gatehouse
export GATEHOUSE := $(abspath $(GATEHOUSE))

.DEFAULT_GOAL := help
.PHONY: help demo test unit journeys build release lint format bench evaluate catalogue fuzz install clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## an agent meets a policy before a real AWS IAM server (KEEP=1 leaves it running)
	@.venv/client/bin/python Demo/demo.py

test: ## everything: lint, build, unit and golden tests, journeys with real clients and servers
	@scripts/test.sh

unit: install ## the Swift tests alone (FILTER=Name for some)
	swift test $(if $(FILTER),--filter $(FILTER))

journeys: build ## the journeys alone (ONLY='-k words' or ONLY=test_iam.py for some)
	@scripts/install-system.sh --test
	@scripts/journeys.sh $(ONLY)

build: install ## the program, for development
	@swift build --product gatehouse

release: install ## the program, optimised
	@swift build -c release --product gatehouse

lint: ## check the form of all Swift sources
	@scripts/lint.sh

format: ## bring all Swift sources into that form
	swift format --in-place --recursive Package.swift Sources Tests

bench: ## measure against nginx and Envoy, and decisions against Cedar and Rego (installs them)
	@scripts/install-system.sh --bench
	@scripts/bench/run.sh
	@scripts/bench/decisions.sh
	@scripts/bench/catalogue.sh

evaluate: build ## measure verdicts on tools against labels (CATALOGUE_DATA=folder with tools.jsonl.gz and labels.tsv)
	@scripts/evaluate.sh

catalogue: build ## judge definitions anew and write the shipped catalogue (CATALOGUE_DATA=folder CATALOGUE_KEY=file)
	@scripts/catalogue.sh

fuzz: install ## feed the readers random input for a bounded time
	@scripts/fuzz.sh

install:
	@scripts/install-system.sh
	@scripts/python-env.sh

clean: ## remove what was built and the Python environments
	rm -rf .build .build-bench .build-release .venv
