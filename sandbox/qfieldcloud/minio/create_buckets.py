"""Makes the app's bucket once the store answers."""

import os
import sys
import time
import urllib.error
import urllib.request

from object_store import expected_authorization

LIMIT_SECONDS = 30
url = f"{os.environ['STORAGE_ENDPOINT_URL']}/{os.environ['STORAGE_BUCKET_NAME']}"
request = urllib.request.Request(url, data=b"", method="PUT", headers={"Authorization": expected_authorization()})
deadline = time.monotonic() + LIMIT_SECONDS
while time.monotonic() < deadline:
    try:
        urllib.request.urlopen(request, timeout=3).close()
        print("bucket is there")
        sys.exit(0)
    except urllib.error.HTTPError as error:
        sys.exit(f"the store refuses: {error}")
    except OSError:
        time.sleep(0.2)
sys.exit("the store does not answer")
