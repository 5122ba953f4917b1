# Everything lives in dev.py and tools, so that a machine without make loses nothing.
PYTHON ?= python3

.PHONY: run test build lock
run test build:
	@$(PYTHON) dev.py $@

lock:
	@$(PYTHON) tools/lock.py
