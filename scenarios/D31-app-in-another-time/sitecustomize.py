"""Puts this container's Python two hours back, as a host without time service does to all of its containers."""

import datetime
import time

OFFSET = 7200
_now, _datetime = time.time, datetime.datetime


class Shifted(_datetime):
    @classmethod
    def now(cls, tz=None):
        return _datetime.now(tz) - datetime.timedelta(seconds=OFFSET)


time.time = lambda: _now() - OFFSET
datetime.datetime = Shifted
