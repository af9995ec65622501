# Each target is one line of `python -m workbook`, which works without make too.
# An environment that is only half made has no sign in it yet, or a lock that is not empty.
PYTHON ?= $(shell test -x .venv/bin/python && test -e .venv/requirements.txt && test ! -s .venv.lock && echo .venv/bin/python || echo python3)
STEP := $(filter step-%,$(MAKECMDGOALS))
VERB := $(filter-out step-%,$(MAKECMDGOALS))
workbook = @'$(subst ','\'',$(PYTHON))' -m workbook
# What is typed as NAME=value, and not what the environment happens to have under that name.
NAMES := $(foreach word,$(MAKEOVERRIDES),$(if $(findstring =,$(word)),$(subst :,,$(firstword $(subst =, ,$(word))))))
OPTIONS = $(foreach name,$(filter-out PYTHON,$(NAMES)),'$(name)=$(subst ','\'',$($(name)))')

# They would decide whether Python starts at all, and what `-m workbook` is.
unexport PYTHONHOME PYTHONSAFEPATH

.PHONY: menu help start run test diff check watch hint solve saved restore walkthrough site notes pages gate lint format bench matrix

menu:
	$(workbook) $(OPTIONS)

help start run test diff check watch hint solve saved restore walkthrough site notes pages gate lint format bench matrix:
	$(workbook) $(STEP) $@ $(OPTIONS)

# A step alone shows its card; before a verb, it is the verb that acts.
step-%:
	$(if $(VERB),@:,$(workbook) $@ $(OPTIONS))

.DEFAULT:
	$(workbook) $(STEP) $@
