"""The object store's bucket, asked with the app's credentials."""

import os

import s3


def head_bucket():
    s3.request("HEAD", os.environ["STORAGE_BUCKET_NAME"])
