"""SIGTERM for a worker: at once when idle, after the job when one runs.

A thread takes the signal, because Python's own handlers wait until a blocking call
(a hung database, a slow name look-up) comes back.
"""

import os
import signal
import threading


class Shutdown:
    def __init__(self):
        self._lock = threading.Lock()
        self._busy = False
        self.asked = False
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        threading.Thread(target=self._take_signal, daemon=True).start()

    def begin_job(self):
        """False when the worker must not take another job."""
        with self._lock:
            self._busy = not self.asked
            return self._busy

    def end_job(self):
        with self._lock:
            self._busy = False

    def _take_signal(self):
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
        with self._lock:
            self.asked = True
            if not self._busy:
                print("INFO No job is running, leaving at once", flush=True)
                os._exit(0)
        print("INFO Leaving after the running job", flush=True)
