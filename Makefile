# `make` lists what there is. Nothing here is needed to build: `swift build` and `swift test` work as in any package.

SWIFT   ?= swift
PREFIX  ?= /usr/local
DESTDIR ?=
BENCH   ?= $(shell find Benchmarks -maxdepth 1 -type f -perm -u+x -printf '%f ')

SOURCES := Package.swift Sources commands Tests
STRICT  := --explicit-target-dependency-import-check error
# Coverage needs other object files than a plain build; in a folder of their own neither build spoils the other.
TESTS   := --scratch-path .build-test --enable-code-coverage
# All tests at once would share two cores, and each would take longer than its time limit.
WIDTH   := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
TSAN    := --scratch-path .build-tsan --sanitize thread

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo run build test tests coverage tsan fuzz lint format bench install clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## install the Debian packages that are missing, check Swift
	@deploy/setup

demo: setup ## the bot on a stand-in world, chat in this terminal
	@test -x .build/debug/tipline || echo "First build: about four minutes on two cores, seconds from then on."
	@$(SWIFT) build --product tipline
	@.build/debug/tipline demo

run: setup ## the bot, configured by .env
	@$(SWIFT) build --product tipline
	@.build/debug/tipline run

build: ## everything, strictly: a warning or an import across the house is an error
	$(SWIFT) build $(STRICT)

test: setup lint tests ## what .ci/run runs: setup, lint, strict build, all tests

tests:
	@echo "== Build, strictly (first time: about eight minutes on two cores)"
	$(SWIFT) build --build-tests $(TESTS) $(STRICT)
	@echo "== Test"
	$(WIDTH) $(SWIFT) test --skip-build $(TESTS)

coverage: ## lines covered, by file, of the last `make test`
	@deploy/coverage .build-test

tsan: ## the rooms with C in them under the thread sanitizer
	$(SWIFT) test $(TSAN) --filter '(Curl|Thread|Doorbell|Redis|Shared|SQLite|Ledger|Cache|Limit)'

fuzz: ## a million hostile inputs through the trace parser and the reports (FUZZ=1000 for fewer)
	$(SWIFT) build --configuration release --product Fuzz
	.build/release/Fuzz $(or $(FUZZ),1000000) Tests/AdapterTests

lint: ## format and shape, without changing anything
	@echo "== Lint"
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	@bash -n .ci/run deploy/setup deploy/coverage Tests/Helpers/GuidedFuzz/run
	@if command -v node >/dev/null; then node --check deploy/ecosystem.config.js; fi

format: ## put the sources into shape
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: ## what Benchmarks/ measures; BENCH=http for one
	@for script in $(BENCH); do echo "== $$script"; Benchmarks/$$script || exit 1; done

install: ## release build into PREFIX (/usr/local), with runbooks and systemd units
	$(SWIFT) build --configuration release --static-swift-stdlib --product tipline
	install -D -m 755 .build/release/tipline $(DESTDIR)$(PREFIX)/bin/tipline
	install -d $(DESTDIR)$(PREFIX)/share/tipline/runbooks $(DESTDIR)$(PREFIX)/lib/systemd/system
	find runbooks -name '*.md' -exec install -m 644 -t $(DESTDIR)$(PREFIX)/share/tipline/runbooks {} +
	for unit in deploy/*.service deploy/*.timer; do \
		sed 's|/usr/local/|$(PREFIX)/|' $$unit > $(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit#deploy/}; done
	test -e $(DESTDIR)/etc/tipline/tipline.env || install -D -m 600 deploy/tipline.env $(DESTDIR)/etc/tipline/tipline.env
	@echo "Installed. Fill in $(DESTDIR)/etc/tipline/tipline.env, then: systemctl enable --now tipline"

clean: ## remove all that was built
	rm -rf .build .build-test .build-tsan
