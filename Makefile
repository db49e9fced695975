# Two commands: `make demo` to see Ramah, `make test` to check it. Everything else is `make help`.
.DEFAULT_GOAL := help
# A test run starts hundreds of processes; compiled once, each starts in two thirds of the time.
unexport PYTHONDONTWRITEBYTECODE
# In the order of their names: the longest single tests would otherwise come last, one core idle beside them.
# A worker that hung and was ended is not begun anew: it would hang at the same test.
BY_FILE = --dist loadfile --no-loadscope-reorder --max-worker-restart 0
# Browsers and another team's server have moments of their own on two cores: what fails there is begun anew once, and
# named RERUN. Everything else passes at once or fails.
ANEW = --reruns 1 -rR
.PHONY: help demo test test-medusa check soak soak-desk bench bench-desk bench-nlu lock clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## install, train if needed, start everything, print the addresses
	@scripts/setup runtime
	@exec .venv/bin/ramah demo

test: ## install what the tests need and run them all (three quarters of an hour on 2 cores)
	@scripts/setup dev
	@scripts/chromium
	@$(MAKE) --no-print-directory check
	@.venv/bin/python -m pytest -n 2 $(BY_FILE) -m "not browser and not medusa"
	@# apart: the browser's driver keeps an event loop running in its process
	@.venv/bin/python -m pytest -n 2 $(BY_FILE) $(ANEW) -m browser

test-medusa: ## the store adapter and all conversations on a real Medusa (needs Node 20 and PostgreSQL)
	@scripts/setup dev
	@scripts/postgresql
	@.venv/bin/python -m bot.medusa_store --prepare --state .ramah/test-medusa
	@.venv/bin/python -m pytest -n 2 $(BY_FILE) $(ANEW) -m medusa tests/medusa_store
	@.venv/bin/python -m pytest -n 2 $(BY_FILE) $(ANEW) --platform medusa -m medusa tests/store
	@.venv/bin/python -m pytest -n 2 --dist load $(ANEW) --store medusa tests/end_to_end

check: ## style, types and the direction of imports
	@scripts/setup dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

soak: ## the fault tests at full count; the results go into docs/soak.md
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.soak

soak-desk: ## 300 handoffs under faults; the results go into docs/soak-desk.md
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.soak_desk

bench-desk: ## from one person's send to the other's screen, beside a bare socket; docs/desk-benchmark.md
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.desk

bench: ## turn latency, growth, memory and start-up beside stock Rasa
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.turns

bench-nlu: ## how well the shop's model understands; the page is docs/nlu-benchmarks.md
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.nlu_report

lock: ## write the dependency locks anew (needs uv)
	@for kind in runtime dev; do \
		uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-emit-index-url \
			--no-emit-find-links --override requirements/left-out.txt requirements/$$kind.in \
			--output-file requirements/$$kind.txt --custom-compile-command 'make lock' $(LOCKFLAGS) || exit 1; \
	done

clean: ## forget the environment, the models and the demo's state
	@for state in .ramah .ramah/test-medusa; do \
		[ ! -d $$state/medusa ] || .venv/bin/python -m bot.medusa_store --forget --state $$state; \
	done
	@rm -rf .venv .ramah models
