# `make run` and `make test` do all the set-up themselves. `build-<Function>` is what `sam build` calls.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CONFIGURATION := Release
FUNCTIONS := Archive Counters Alerts Results Replicator
ARGS ?=
ANALYTICS := src/Cli/bin/$(CONFIGURATION)/net10.0/analytics

.PHONY: help run up test build emulators format lint unit-test native native-test clean

help:
	@echo 'make run [ARGS="--events 10000 --native"]  the pipeline end to end on this machine, with a summary'
	@echo 'make up                                    the same, staying up'
	@echo 'make test                                  build, checks, all tests, native executables end to end'
	@echo 'make build | native | format | lint | clean'

run: build emulators $(if $(filter --native,$(ARGS)),native-tools)
	@$(ANALYTICS) run $(ARGS)

up: build emulators $(if $(filter --native,$(ARGS)),native-tools)
	@$(ANALYTICS) up $(ARGS)

test: build format lint emulators unit-test native-test

build:
	@dotnet build Analytics.sln -c $(CONFIGURATION) --nologo -v quiet -clp:NoSummary

emulators: emulators/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: install Node.js 20 or later (https://nodejs.org), which brings it.' >&2; exit 1; }
	@npm ci --prefix $* --no-audit --no-fund --loglevel=error
	@touch $@

format:
	@dotnet format Analytics.sln --verify-no-changes --no-restore

lint: checks/node_modules/.package-lock.json
	@checks/run.sh

unit-test:
	@dotnet test Analytics.sln -c $(CONFIGURATION) --no-build --nologo -m:1

native-tools:
	@eng/native-tools.sh

native: native-tools
	@for function in $(FUNCTIONS); do $(MAKE) --no-print-directory build-$$function ARTIFACTS_DIR="$(CURDIR)/.analytics/build/native/$$function"; done

native-test: native
	@ANALYTICS_NATIVE=1 dotnet test tests/EndToEnd.Tests -c $(CONFIGURATION) --no-build --nologo

clean:
	@rm -rf .analytics .aws-sam out emulators/node_modules query/node_modules charts/node_modules checks/node_modules
	@find src packages tests bench -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +

# One function into $(ARTIFACTS_DIR): the native executable `bootstrap`, or with MANAGED=1 the .NET build that stands in for it locally.
build-%:
	@test -n "$${ARTIFACTS_DIR:-}" || { echo 'build-$*: set ARTIFACTS_DIR to the folder that takes the executable.' >&2; exit 1; }
	@test -f src/$*/$*.csproj || { echo 'build-$*: there is no function src/$*.' >&2; exit 1; }
	@if [ -n "$${MANAGED:-}" ]; then eng/build-managed.sh $* "$$ARTIFACTS_DIR"; else eng/build-native.sh $* "$$ARTIFACTS_DIR"; fi
