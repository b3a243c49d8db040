# Everything a developer types. `make` alone lists it.
SHELL := bash
.DEFAULT_GOAL := help

# The demo tells how long it took from here, installing included.
FLUX_STARTED_AT := $(shell date +%s)
export FLUX_STARTED_AT

# Node 24 of the dev dependencies comes first, as in npm scripts; signals reach it without npm in between.
node := PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node
modules := node_modules/.package-lock.json

.PHONY: help demo test check setup topics format clean doctor doctor-servers

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: doctor-servers $(modules) ## Run the whole of Flux on http://localhost:8080 (PORT=… KAFKA_PORT=… LIVE=1); Ctrl-C ends it
	@$(node) scripts/src/demo.ts

test: doctor $(modules) ## Run every test: check, integration on real Kafka and Valkey, browser journeys
	@$(node) scripts/src/test.ts

check: $(modules) ## Check types, lint, unused code and units (no servers, under a minute)
	@npm run --silent check

setup: doctor $(modules) ## Install everything that the other targets need
	@$(node) scripts/src/setup.ts

topics: $(modules) ## Create the topics that are missing on KAFKA_BROKERS (localhost:9092)
	@$(node) scripts/src/topics.ts

format: $(modules) ## Format and fix what can be fixed
	@npm run --silent format

clean: ## Remove what was installed and built here (not the servers in the user's cache folder)
	rm -rf node_modules .flux coverage frontend/dist
	find . -name '*.tsbuildinfo' -not -path './.git/*' -delete

doctor: ## Say what is missing on this machine, and install it as root on Debian
	@scripts/doctor.sh all

doctor-servers:
	@scripts/doctor.sh servers

$(modules): package-lock.json
	npm ci --prefer-offline --no-progress --loglevel=error
	@touch $@
