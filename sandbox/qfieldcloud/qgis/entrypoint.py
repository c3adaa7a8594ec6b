"""A job: takes memory and time as asked, then leaves the feedback file that the worker reads."""

import json
import os
import sys
import time

memory = bytearray(int(os.environ.get("SANDBOX_JOB_MEGABYTES", "20")) << 20)
time.sleep(float(os.environ.get("SANDBOX_JOB_SECONDS", "0.5")))

feedback = {
    "feedback_version": "2.0",
    "steps": [{"id": "start_qgis_app", "returns": {"qgis_version": "3.44-sandbox"}}],
    "outputs": {},
}
with open("/io/feedback.json", "w", encoding="utf-8") as file:
    json.dump(feedback, file)
print("ok", *sys.argv[1:])
