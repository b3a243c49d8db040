# Everything a developer types. `make` alone lists it.
SHELL := bash
.DEFAULT_GOAL := help

# The demo tells how long it took from here, installing included.
FLUX_STARTED_AT := $(shell date +%s)
export FLUX_STARTED_AT

# Node 24 of the dev dependencies comes first, as in npm scripts; signals reach it without npm in between.
node := PATH="$(CURDIR)/node_modules/.bin:$$PATH" exec node
modules := node_modules/.package-lock.json

# The cluster that `make up` works with, and what Kafka comes from: strimzi (its operator) or standalone (one broker).
export KAFKA_PROVIDER ?= strimzi
# The node image of kind; kind takes its own where this is empty.
export KIND_NODE_IMAGE ?=
# Prometheus and Grafana in the cluster of `make up`: none, or any word.
export OBSERVE ?=
# The tag that `make images` gives and `make up` installs.
export TAG ?= dev

# k6, which `make load` runs, and which of its scripts.
k6 := $(or $(FLUX_K6),k6)
SCRIPT ?= steady

.PHONY: help demo test check chart setup topics format clean doctor doctor-servers \
	images images-load manifests up down status secrets uninstall e2e-kind load scenarios bench fuzz observe

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: doctor-servers $(modules) ## Run the whole of Flux on http://localhost:8080 (PORT=… KAFKA_PORT=… LIVE=1); Ctrl-C ends it
	@$(node) scripts/src/demo.ts

observe: $(modules) ## Dashboards and alerts of the running demo on http://127.0.0.1:9091 (OBSERVE_PORT=… PROMETHEUS_PORT=…)
	@$(node) --disable-warning=ExperimentalWarning observability/src/observe.ts

test: doctor $(modules) ## Run every test but those of the cluster: check, charts, real Kafka and Valkey, browser
	@$(node) scripts/src/test.ts

check: $(modules) ## Check types, lint, unused code and units (no servers, under a minute)
	@npm run --silent check

chart: $(modules) ## Test the Helm charts and manifests (no cluster needed)
	@PATH="$(CURDIR)/node_modules/.bin:$$PATH" vitest run --project charts --project unit:charts

setup: doctor $(modules) ## Install everything that the other targets need
	@$(node) scripts/src/setup.ts

up: $(modules) ## Bring Flux up on a kind cluster (KAFKA_PROVIDER=standalone: no operator, OBSERVE=1: Grafana), http://localhost:8088
	@scripts/cluster/up.sh

down: ## Delete the kind cluster
	@scripts/cluster/down.sh

status: $(modules) ## Show what runs in the cluster, what is missing, and the command that mends it
	@scripts/cluster/status.sh

uninstall: $(modules) ## Take Flux out of the cluster in the right order: apps, topics and users, Kafka, operator
	@scripts/cluster/uninstall.sh

secrets: $(modules) ## Create the secrets that are missing in the cluster
	@scripts/cluster/secrets.sh

images: $(modules) ## Build every container image (TAG=dev)
	@$(node) scripts/src/images/build.ts

images-load: ## Bring the images onto the nodes of the kind cluster
	@scripts/cluster/load.sh

manifests: $(modules) ## Write k8s/overlays from the charts
	@$(node) charts/src/manifests/write.ts

e2e-kind: $(modules) ## Test on a real kind cluster: install, drain, kill, scale, upgrade, uninstall
	@$(node) scripts/src/test.ts cluster $(if $(ONTO),--onto)

load: ## Run load/k6/SCRIPT.js with k6 (SCRIPT=steady URL=http://localhost:8080 CLIENTS=200 ADDRESSES=…; docs/load.md)
	@$(k6) run --quiet $(if $(ADDRESSES),--local-ips=$(ADDRESSES)) $(addprefix -e ,$(MAKEOVERRIDES)) load/k6/$(SCRIPT).js

bench: $(modules) ## Measure the fan-out beside other servers and write docs/benchmarks.md (QUICK=1: 3 minutes, ONLY=… RUNS=3)
	@$(node) load/bench/main.ts

scenarios: $(modules) ## Bring one BFF process to its limit and judge it (ONLY="slow-readers idle" CLIENTS=…; docs/load.md)
	@$(node) load/scenarios/main.ts $(ONLY)

fuzz: $(modules) ## Send hostile input to every way into a running replica and judge it (INPUTS=1000000 SEED=… ONLY=…)
	@$(node) chaos/src/fuzz/main.ts

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
