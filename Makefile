# Two commands: `make demo` to see Ramah, `make test` to check it. Everything else is `make help`.
.DEFAULT_GOAL := help
.PHONY: help demo test check soak bench bench-nlu lock clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## install, train if needed, start everything, print the addresses
	@scripts/setup runtime
	@exec .venv/bin/ramah demo

test: ## install what the tests need and run them all (at most 20 minutes on 2 cores)
	@scripts/setup dev
	@scripts/chromium
	@$(MAKE) --no-print-directory check
	@.venv/bin/python -m pytest -n 2 --dist loadfile -m "not browser"
	@# apart: the browser's driver keeps an event loop running in its process
	@.venv/bin/python -m pytest -n 2 --dist loadfile -m browser

check: ## style, types and the direction of imports
	@scripts/setup dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

soak: ## the fault tests at full count; the results go into docs/soak.md
	@scripts/setup dev
	@.venv/bin/python -m benchmarks.soak

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
	@rm -rf .venv .ramah models
