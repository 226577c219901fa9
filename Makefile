# `make run` and `make test` include the set-up. `sam build` calls `build-<Function>`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CONFIGURATION := Release
FUNCTIONS := Archive Counters Rollup Anomalies Alerts Results Replicator
ARGS ?=
ANALYTICS := src/Cli/bin/$(CONFIGURATION)/net10.0/analytics

.PHONY: help run up check test local build tools native-tools browser-tools picture page-load emulators checks whitespace format lint template unit-test end-to-end-test native soak mutation bench clean

help:
	@echo 'make run [ARGS="--events 10000 --native"]  run the pipeline end to end on this machine and print a summary'
	@echo 'make up                                    run the pipeline with its live page and sample events until Ctrl-C'
	@echo 'make check                                 build, whitespace, lint and the tests that start no pipeline'
	@echo 'make test                                  the same, all of dotnet format, native executables, and all end-to-end tests'
	@echo 'make soak [EVENTS=1000000]                 a million events with a thousand faults and kills of the command and the local services'
	@echo 'make mutation AREA=Events                  mutation score of an area: Events, Streaming, Local, Alerting, Alerts or Counting'
	@echo 'make bench                                 run the benchmarks and write docs/performance.md (20 minutes on 2 cores)'
	@echo 'make build | native | whitespace | format | lint | template | clean'

run: local emulators $(if $(filter --native,$(ARGS)),native-tools)
	@$(ANALYTICS) run $(ARGS)

up: local emulators src/Dashboard/node_modules/.package-lock.json $(if $(filter --native,$(ARGS)),native-tools)
	@$(ANALYTICS) up $(if $(ARGS),$(ARGS),--rate 50)

# Missing tools are reported before anything is built.
check: tools
	@ANALYTICS_PROPERTY_CASES=1000 $(MAKE) --no-print-directory build whitespace lint unit-test

test: tools native-tools
	@$(MAKE) --no-print-directory build format lint unit-test end-to-end-test

tools:
	@eng/tools.sh

build:
	@eng/dotnet.sh build Analytics.sln -c $(CONFIGURATION) --nologo -v quiet -clp:NoSummary

# The command and the functions that a run starts by default; `analytics` builds other functions when its parameters require them.
local:
	@eng/build-local.sh Cli $(filter-out Replicator,$(FUNCTIONS))

emulators: node/emulators/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing. Install Node.js 20 or later (https://nodejs.org), which includes it.' >&2; exit 1; }
	@npm ci --prefix $* --no-audit --no-fund --loglevel=error
	@touch $@

# Code style is enforced by the build; `format` also checks the order of imports and loads each project to do so, which takes ten times as long.
whitespace:
	@dotnet format whitespace . --folder --verify-no-changes --exclude '**/node_modules/**'

format:
	@dotnet format Analytics.sln --verify-no-changes --no-restore

# Updates the generated part of template.yaml from src/Archiving/Sql/ and eng/template/dashboard.json.
template:
	@node eng/template/generate.mjs

lint: eng/checks/node_modules/.package-lock.json
	@eng/checks/run.sh

unit-test: emulators node/query/node_modules/.package-lock.json node/charts/node_modules/.package-lock.json
	@TEST_PROCESSES=0 eng/test.sh $(filter-out %/EndToEnd.Tests %/Dashboard.Tests,$(wildcard tests/*.Tests))

end-to-end-test: native emulators node/query/node_modules/.package-lock.json node/charts/node_modules/.package-lock.json src/Dashboard/node_modules/.package-lock.json browser-tools
	@ANALYTICS_NATIVE=1 eng/test.sh tests/EndToEnd.Tests tests/Dashboard.Tests

browser-tools:
	@eng/browser-tools.sh

# The screenshot of the live page in README.md.
picture: local emulators src/Dashboard/node_modules/.package-lock.json browser-tools
	@eng/picture.sh docs/live-page.png

# Measures the live page: the time until it shows events, then frames and memory at 2,000 events a second over three minutes.
page-load: local emulators src/Dashboard/node_modules/.package-lock.json browser-tools
	@node eng/page-load.mjs $(ARGS)

native-tools:
	@eng/native-tools.sh

native: native-tools
	@for function in $(FUNCTIONS); do $(MAKE) --no-print-directory build-$$function ARTIFACTS_DIR="$(CURDIR)/.analytics/build/native/$$function"; done

# The log of the run is in .analytics/soak/soak.log.
EVENTS := 1000000
soak: build native emulators
	@ANALYTICS_NATIVE=1 ANALYTICS_SOAK=$(EVENTS) dotnet test tests/EndToEnd.Tests/bin/$(CONFIGURATION)/net10.0/Analytics.EndToEnd.Tests.dll --nologo --filter FullyQualifiedName~SoakTests
	@cat .analytics/soak/soak.log

mutation:
	@test -f tests/$(AREA).Tests/stryker-config.json || { echo 'mutation: set AREA to one of $(patsubst tests/%.Tests/stryker-config.json,%,$(wildcard tests/*/stryker-config.json)).' >&2; exit 1; }
	@dotnet tool restore
	@cd tests/$(AREA).Tests && ANALYTICS_PROPERTY_CASES=20 dotnet stryker --output ../../.analytics/mutation/$(AREA)

# The comparison and the benchmarks of docs/performance.md, with the table of README.md. ARGS="comparison", "programs" or "pipeline" runs one part.
bench: native emulators bench/peers/node/node_modules/.package-lock.json
	@eng/bench.sh $(ARGS)

clean:
	@rm -rf .analytics .aws-sam out bench/peers/node/node_modules bench/peers/node/dist node/*/node_modules eng/checks/node_modules src/Dashboard/node_modules
	@find src eng/packages tests bench -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +

# Builds a function to $(ARTIFACTS_DIR): the native executable `bootstrap`, or with MANAGED=1 the .NET build that replaces it locally.
build-%:
	@test -n "$${ARTIFACTS_DIR:-}" || { echo 'build-$*: set ARTIFACTS_DIR to the output folder.' >&2; exit 1; }
	@test -f src/$*/$*.csproj || { echo 'build-$*: there is no function src/$*.' >&2; exit 1; }
	@if [ -n "$${MANAGED:-}" ]; then eng/build-managed.sh $* "$$ARTIFACTS_DIR"; else eng/build-native.sh $* "$$ARTIFACTS_DIR"; fi
