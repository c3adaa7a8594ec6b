docker stop "$NGX" >/dev/null; docker stop "$APP" >/dev/null
