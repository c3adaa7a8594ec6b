"""One request to the object store, signed with the stack's credentials (AWS Signature Version 4)."""

import datetime
import hashlib
import hmac
import os
import urllib.parse
import urllib.request


def request(method, path, body=None, timeout=10):
    body = body or b""
    url = urllib.parse.urlsplit(f"{os.environ['STORAGE_ENDPOINT_URL']}/{path}")
    now = datetime.datetime.now(datetime.timezone.utc)
    headers = {
        "host": url.netloc,
        "x-amz-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
    }
    call = urllib.request.Request(
        url.geturl(), data=body if method == "PUT" else None, method=method,
        headers={**headers, "Authorization": _authorization(method, url, headers, now)},
    )
    with urllib.request.urlopen(call, timeout=timeout) as response:
        return response.read()


def _authorization(method, url, headers, now):
    scope = f"{now:%Y%m%d}/{os.environ.get('STORAGE_REGION_NAME') or 'us-east-1'}/s3/aws4_request"
    signed = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join([method, urllib.parse.quote(url.path, safe="/-_.~"), url.query, lines, signed, headers["x-amz-content-sha256"]])
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + os.environ["STORAGE_SECRET_ACCESS_KEY"]).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return f"AWS4-HMAC-SHA256 Credential={os.environ['STORAGE_ACCESS_KEY_ID']}/{scope}, SignedHeaders={signed}, Signature={signature}"
