"""The object store's bucket, asked with the app's credentials."""

import base64
import os
import urllib.request

TIMEOUT_SECONDS = 10


def head_bucket():
    request("HEAD", os.environ["STORAGE_BUCKET_NAME"])


def request(method, path, body=None):
    credentials = f"{os.environ['STORAGE_ACCESS_KEY_ID']}:{os.environ['STORAGE_SECRET_ACCESS_KEY']}"
    call = urllib.request.Request(
        f"{os.environ['STORAGE_ENDPOINT_URL']}/{path}",
        data=body,
        method=method,
        headers={"Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()},
    )
    with urllib.request.urlopen(call, timeout=TIMEOUT_SECONDS) as response:
        return response.read()
