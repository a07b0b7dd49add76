# Two commands do everything: `make book` and `make test`. `make help` lists the others.

# The first Python of at least 3.11 that really runs (a version manager may offer one that does not).
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$python && break; done)
# Where .venv and _build are made, if not here: make book BOOK_FOLDER=/a/folder/of/yours
BOOK_FOLDER ?=
export BOOK_FOLDER
RUN := $(if $(BOOK_FOLDER),"$(BOOK_FOLDER)/.venv/bin/python",.venv/bin/python)

.DEFAULT_GOAL := help
.PHONY: help environment book preview test proof serve notebooks translations bench judges browsers mutants \
	versions pdf epub course release lock

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 20

environment:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { echo "This book needs Python 3.11 or later, and $(or $(PYTHON),the one that was looked for) is none: install it, or name one with 'make PYTHON=/path/to/python3 …'."; exit 1; }
	@"$(PYTHON)" -m explorable.book.environment

book: environment ## build the book as HTML into _build/html, executing what changed
	@$(RUN) -m explorable build

preview: environment ## show a page and follow what is saved (make preview PAGE=chapters/forward)
	@$(RUN) -m explorable preview $(PAGE) $(if $(PORT),--port=$(PORT))

test: book ## check all but what takes long: style, types, imports, units, notebooks, pages in a browser
	@$(RUN) -m tools.check

proof: book ## the tests that `make test` leaves out, for they take long
	@$(RUN) -m pytest -q -n 2 --dist loadfile -m proof

serve: environment ## open the notebooks in JupyterLab (make serve PORT=9000, if you like)
	@$(RUN) -m jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/chapters \
		$(if $(PORT),--port=$(PORT)) $(if $(filter 0,$(shell id -u)),--allow-root)

notebooks: environment ## execute all notebooks again and normalise them
	@$(RUN) -m explorable notebooks

translations: environment ## extract what is to be translated and update the Chinese catalogues
	@$(RUN) -m explorable translations

bench: environment ## measure kernels, explorers, pages and builds, in one table
	@$(RUN) -m benchmarks

judges: environment ## compare the library with PyTorch and scikit-learn
	@$(RUN) -m pytest -q tests/outside

browsers: book ## open the book in Firefox and in WebKit too (needs both, and xvfb)
	@$(RUN) -m pytest -q tests/browsers

mutants: environment ## break the code in every small way and count what the tests notice (hours)
	@$(RUN) -m tests.mutants

versions: environment ## test with the oldest and newest dependencies and Pythons (needs uv; half an hour)
	@$(RUN) -m tests.versions

pdf: book ## print both editions, or a chapter (make pdf CHAPTER=forward, or zh/forward)
ifdef CHAPTER
	@$(RUN) -m explorable pdf --chapter=$(CHAPTER)
else
	@$(RUN) -m explorable pdf
	@$(RUN) -m explorable pdf --language zh
endif

epub: book ## write the book for readers of EPUBs, and its Chinese edition
	@$(RUN) -m explorable epub
	@$(RUN) -m explorable epub --language zh

course: book ## make what a course needs: sheets, plans and figures, in both languages
	@$(RUN) -m explorable course

release: pdf epub course ## gather in _build/release what a tag publishes
	@$(RUN) -m tools.release

RESOLVE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

lock: ## resolve requirements.in, and Binder's in the same versions (needs uv)
	@$(RESOLVE) requirements.in -o requirements.txt
	@$(RESOLVE) .binder/requirements.in -c requirements.txt -o .binder/requirements.txt
