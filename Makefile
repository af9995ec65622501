# Each target is one line of `python -m workbook`, which works without make too.
# An environment that is only half made has no sign in it yet, or a lock that is not empty.
PYTHON ?= $(shell test -x .venv/bin/python && test -e .venv/requirements.txt && test ! -s .venv.lock && echo .venv/bin/python || echo python3)
STEP := $(filter step-%,$(MAKECMDGOALS))
VERB := $(filter-out step-%,$(MAKECMDGOALS))
workbook = @$(PYTHON) -m workbook
# An option counts when it is typed, not when the environment happens to have a variable of that name.
option = $(if $(filter command,$(origin $(1))),--$(2) '$($(1))')
flag = $(if $(filter command,$(origin $(1))),--$(2))

# They would decide whether Python starts at all, and what `-m workbook` is.
unexport PYTHONHOME PYTHONSAFEPATH

.PHONY: menu help start run test diff check watch hint solve saved restore walkthrough notes gate lint format bench matrix

menu:
	$(workbook)

run:
	$(workbook) $(STEP) run $(call option,PORT,port) $(call option,HOST,host) $(call option,SERVERS,servers) $(call option,LAYER,layer)

test:
	$(workbook) $(STEP) test $(call option,LAYER,layer)

diff:
	$(workbook) $(STEP) diff $(call option,FROM,from) $(call option,TO,to)

start:
	$(workbook) $(STEP) start

check:
	$(workbook) $(STEP) check $(call option,LAYER,layer) $(call flag,TRACEBACK,traceback) $(call flag,JSON,json)

watch hint solve:
	$(workbook) $(STEP) $@

saved:
	$(workbook) $(STEP) saved $(call option,KEEP,keep)

restore:
	$(workbook) $(STEP) restore $(call option,SAVE,save)

walkthrough:
	$(workbook) walkthrough $(call option,PORT,port) $(call option,HOST,host)

notes:
	$(workbook) notes $(call option,TRANSLATED,translated)

help gate lint format bench matrix:
	$(workbook) $@

# A step alone shows its card; before a verb, it is the verb that acts.
step-%:
	$(if $(VERB),@:,$(workbook) $@)

.DEFAULT:
	$(workbook) $(STEP) $@
