docker start "$NGX" >/dev/null; (sleep $((HOLD / 2 + 3)); docker stop "$NGX") >/dev/null 2>&1 &
