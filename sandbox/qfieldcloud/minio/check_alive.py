"""The container's health check."""

import urllib.request

urllib.request.urlopen("http://127.0.0.1:9000/minio/health/live", timeout=3).close()
