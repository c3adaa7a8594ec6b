docker start "$NGX" >/dev/null; wait_for is 200 site
