# Everything lives in dev.py, so that a machine without make loses nothing.
PYTHON ?= python3

.PHONY: run test build lock
run test build lock:
	@$(PYTHON) dev.py $@
