docker restart "$NGX" >/dev/null; sleep 2
