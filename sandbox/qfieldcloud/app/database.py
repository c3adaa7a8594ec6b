"""Connections to PostgreSQL as the app's role."""

import os

import psycopg2


def connect():
    # No connect timeout: upstream runs on Django's default, and a hung database hangs it.
    return psycopg2.connect(
        dbname=os.environ["POSTGRES_DB"],
        user=os.environ["POSTGRES_USER"],
        password=os.environ["POSTGRES_PASSWORD"],
        host=os.environ["POSTGRES_HOST"],
        port=os.environ["POSTGRES_PORT"],
        application_name=os.environ.get("LOGGER_SOURCE", "app"),
    )
