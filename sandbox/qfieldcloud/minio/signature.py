"""AWS Signature Version 4 in the Authorization header, checked as S3 does it.

Says None for a good signature, else S3's error code: AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed.
"""

import datetime
import hashlib
import hmac
import re
import urllib.parse

SKEW_SECONDS = 900
HEADER = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/s3/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$"
)


def refusal(method, target, headers, body, access_key, secret_key):
    match = HEADER.match(headers.get("Authorization") or "")
    if match is None:
        return "AccessDenied"
    key, date, region, signed, signature = match.groups()
    if key != access_key:
        return "InvalidAccessKeyId"
    stamp = headers.get("x-amz-date") or ""
    try:
        at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        return "AccessDenied"
    if abs((datetime.datetime.now(datetime.timezone.utc) - at).total_seconds()) > SKEW_SECONDS:
        return "RequestTimeTooSkewed"
    payload = headers.get("x-amz-content-sha256") or ""
    if payload != "UNSIGNED-PAYLOAD" and payload != hashlib.sha256(body).hexdigest():
        return "SignatureDoesNotMatch"
    expected = _sign(secret_key, date, region, stamp, _canonical(method, target, headers, signed.split(";"), payload))
    return None if hmac.compare_digest(expected, signature) else "SignatureDoesNotMatch"


def _canonical(method, target, headers, signed, payload):
    path, _, query = target.partition("?")
    pairs = sorted(
        (urllib.parse.quote(name, safe="-_.~"), urllib.parse.quote(value, safe="-_.~"))
        for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True)
    )
    lines = "".join(f"{name}:{' '.join((headers.get(name) or '').split())}\n" for name in signed)
    canonical_path = urllib.parse.quote(urllib.parse.unquote(path), safe="/-_.~")
    return "\n".join([method, canonical_path, "&".join(f"{n}={v}" for n, v in pairs), lines, ";".join(signed), payload])


def _sign(secret_key, date, region, stamp, canonical):
    key = ("AWS4" + secret_key).encode()
    for part in (date, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    scope = f"{date}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
