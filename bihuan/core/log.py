"""Log lines: one line of JSON each, control characters escaped, contact data masked."""

from __future__ import annotations

import json
import logging

from bihuan.insight.text.masking import mask


class OneLine(logging.Formatter):
    """A record as one JSON line. Whatever a message carries, phone numbers and mail addresses leave it masked."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname, "of": record.name}
        line["message"] = mask(record.getMessage())
        if record.exc_info:
            line["error"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
