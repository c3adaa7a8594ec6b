"""Makes the app's bucket once the store answers."""

import os
import sys
import time
import urllib.error

import s3

LIMIT_SECONDS = 30
deadline = time.monotonic() + LIMIT_SECONDS
while time.monotonic() < deadline:
    try:
        s3.request("PUT", os.environ["STORAGE_BUCKET_NAME"], b"", timeout=3)
        print("bucket is there")
        sys.exit(0)
    except urllib.error.HTTPError as error:
        sys.exit(f"the store refuses: {error}")
    except OSError:
        time.sleep(0.2)
sys.exit("the store does not answer")
